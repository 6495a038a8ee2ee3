ALTER TABLE listings ADD COLUMN rule TEXT;

UPDATE listings SET rule = reason;

ALTER TABLE listings ALTER COLUMN rule SET NOT NULL;

ALTER TABLE listings ALTER COLUMN effective_at DROP NOT NULL;

ALTER TABLE listings ADD COLUMN suspended_at TIMESTAMPTZ;
