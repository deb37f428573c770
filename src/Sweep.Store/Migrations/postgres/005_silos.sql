-- A lease belongs to a silo alone: what it owns, it owns as long. Labels are words with commas between them.
ALTER TABLE silos ADD COLUMN lease_ms bigint NOT NULL DEFAULT 10000;
ALTER TABLE silos ADD COLUMN labels text NOT NULL DEFAULT '';

-- Where and when a sweep's trials run.
ALTER TABLE sweeps ADD COLUMN requires text NOT NULL DEFAULT '';
ALTER TABLE sweeps ADD COLUMN poison_after integer NOT NULL DEFAULT 5;
ALTER TABLE sweeps ADD COLUMN numerics text NOT NULL DEFAULT '';

-- Why a silo leaves a sweep alone, as long as it is registered.
CREATE TABLE refusals (
    sweep_id    bigint NOT NULL REFERENCES sweeps (id),
    incarnation uuid   NOT NULL,
    reason      text   NOT NULL,
    PRIMARY KEY (sweep_id, incarnation)
);

CREATE INDEX sweeps_open ON sweeps (id) WHERE state IN (0, 1);

-- What anybody may claim, and apart from it what is claimed by who runs nothing else. NULLS FIRST tells their order from that of the unique
-- index, which holds what is over too: without it, and as long as there are no statistics, the server walks that one.
DROP INDEX trials_waiting;
CREATE INDEX trials_waiting ON trials (sweep_id, number NULLS FIRST, replicate) WHERE state = 0 AND held = 0 AND deaths < 2;
CREATE INDEX trials_suspect ON trials (sweep_id, number NULLS FIRST, replicate) WHERE state = 0 AND deaths >= 2;

DROP INDEX trials_running;
CREATE INDEX trials_running ON trials (owner, sweep_id) WHERE state = 1;
