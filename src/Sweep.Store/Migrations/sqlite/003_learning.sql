-- Schedules that learn across the trials of a sweep: what an epoch taught, what a trial starts from, and whether it waits to be told.
ALTER TABLE reports ADD COLUMN experiences BLOB;
ALTER TABLE trials ADD COLUMN policy BLOB;
ALTER TABLE trials ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
ALTER TABLE trials ADD COLUMN first_granted INTEGER NOT NULL DEFAULT 0;   -- epochs granted when it was made
