-- A lease belongs to a silo alone: what it owns, it owns as long. Labels are words with commas between them.
ALTER TABLE silos ADD COLUMN lease_ms INTEGER NOT NULL DEFAULT 10000;
ALTER TABLE silos DROP COLUMN labels;
ALTER TABLE silos ADD COLUMN labels TEXT NOT NULL DEFAULT '';
UPDATE silos SET lease_until = heartbeat + lease_ms * 1000000;
ALTER TABLE sweeps DROP COLUMN lease_until;
ALTER TABLE trials DROP COLUMN lease_until;

-- Where and when a sweep's trials run.
ALTER TABLE sweeps DROP COLUMN requires;
ALTER TABLE sweeps ADD COLUMN requires TEXT NOT NULL DEFAULT '';
ALTER TABLE sweeps ADD COLUMN poison_after INTEGER NOT NULL DEFAULT 5;
ALTER TABLE sweeps ADD COLUMN numerics TEXT NOT NULL DEFAULT '';

-- Why a silo leaves a sweep alone, as long as it is registered.
CREATE TABLE refusals (
    sweep_id    INTEGER NOT NULL REFERENCES sweeps (id),
    incarnation TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    PRIMARY KEY (sweep_id, incarnation)
) STRICT, WITHOUT ROWID;

CREATE INDEX sweeps_open ON sweeps (id) WHERE state IN (0, 1);

-- What anybody may claim, and apart from it what is claimed by who runs nothing else.
DROP INDEX trials_waiting;
CREATE INDEX trials_waiting ON trials (sweep_id, number, replicate) WHERE state = 0 AND held = 0 AND deaths < 2;
CREATE INDEX trials_suspect ON trials (sweep_id, number, replicate) WHERE state = 0 AND deaths >= 2;

DROP INDEX trials_running;
-- The trailing state lets what runs be counted from the index alone.
CREATE INDEX trials_running ON trials (owner, sweep_id, state) WHERE state = 1;
