-- Schedules that learn across the trials of a sweep: what an epoch taught, what a trial starts from, and whether it waits to be told.
ALTER TABLE reports ADD COLUMN experiences bytea;
ALTER TABLE trials ADD COLUMN policy bytea;
ALTER TABLE trials ADD COLUMN held smallint NOT NULL DEFAULT 0;
ALTER TABLE trials ADD COLUMN first_granted integer NOT NULL DEFAULT 0;   -- epochs granted when it was made
