UPDATE listings SET effective_at = recorded_at WHERE effective_at IS NULL;
ALTER TABLE listings ALTER COLUMN effective_at SET NOT NULL;
ALTER TABLE listings DROP COLUMN suspended_at;
ALTER TABLE listings DROP COLUMN rule;
