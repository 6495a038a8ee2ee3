-- Who is signed in to the portal: the hash of the secret that the browser's cookie holds.
CREATE TABLE portal_sessions (
    secret_hash TEXT PRIMARY KEY,
    person_id TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
