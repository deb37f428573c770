-- Times for people are milliseconds since 1970 (UTC). Leases and heartbeats are nanoseconds of CLOCK_MONOTONIC,
-- and mean something only beside the silo's boot id.

CREATE TABLE schema_version (
    version    INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE silos (
    incarnation   TEXT    PRIMARY KEY,      -- random per start: the owner's token in sweeps and trials
    name          TEXT    NOT NULL,
    host          TEXT    NOT NULL,
    boot_id       TEXT    NOT NULL,
    pid_namespace TEXT    NOT NULL,
    pid           INTEGER NOT NULL,
    start_time    INTEGER NOT NULL,
    slots         INTEGER NOT NULL,
    labels        TEXT    NOT NULL DEFAULT '[]',
    registered_at INTEGER NOT NULL,
    heartbeat     INTEGER NOT NULL,
    lease_until   INTEGER
) STRICT, WITHOUT ROWID;

-- Ids are never used again (AUTOINCREMENT): a late write for something deleted must not hit its successor.
CREATE TABLE sweeps (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    name           TEXT    NOT NULL UNIQUE,
    state          INTEGER NOT NULL,
    state_reason   TEXT    NOT NULL DEFAULT '',
    spec           TEXT    NOT NULL,
    spec_file      TEXT    NOT NULL,
    seed           INTEGER NOT NULL,
    search_version INTEGER NOT NULL,
    maximize       INTEGER NOT NULL,            -- the goal of the first objective
    inputs         TEXT    NOT NULL,
    term           INTEGER NOT NULL DEFAULT 0,  -- the coordinator's fencing token
    owner          TEXT,
    lease_until    INTEGER,
    priority       INTEGER NOT NULL DEFAULT 0,
    slot_limit     INTEGER,
    requires       TEXT    NOT NULL DEFAULT '[]',
    created_at     INTEGER NOT NULL,
    finished_at    INTEGER
) STRICT;

CREATE INDEX sweeps_owner ON sweeps (owner) WHERE owner IS NOT NULL;

CREATE TABLE trials (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    sweep_id         INTEGER NOT NULL REFERENCES sweeps (id),
    number           INTEGER NOT NULL,
    replicate        INTEGER NOT NULL,
    state            INTEGER NOT NULL DEFAULT 0,
    reason           TEXT    NOT NULL DEFAULT '',
    attempt          INTEGER NOT NULL DEFAULT 0,   -- the owner's fencing token
    owner            TEXT,
    lease_until      INTEGER,
    deaths           INTEGER NOT NULL DEFAULT 0,   -- proved deaths of its hosts without progress
    progressed       INTEGER NOT NULL DEFAULT 0,   -- whether this attempt made a checkpoint durable
    granted          INTEGER NOT NULL,
    resource         INTEGER NOT NULL DEFAULT 0,
    rank_resource    INTEGER NOT NULL DEFAULT 0,
    rank_cost        REAL    NOT NULL DEFAULT 9e999, -- the first objective, less is better; infinite when there is no value
    rank_group       INTEGER NOT NULL AS (CASE WHEN state = 3 THEN 0 WHEN state IN (0, 1, 2, 4) THEN 1 ELSE 2 END) VIRTUAL,
    objectives       TEXT    NOT NULL DEFAULT '[]',
    seconds          REAL    NOT NULL DEFAULT 0,
    numerics_profile TEXT    NOT NULL DEFAULT '',
    virtual_time     REAL    NOT NULL,             -- of its suggestion; later decisions have rows of their own
    last_seen        INTEGER NOT NULL,
    claimed_at       INTEGER,
    finished_at      INTEGER,
    test_metrics     TEXT,
    parameters       TEXT    NOT NULL,
    UNIQUE (sweep_id, number, replicate)
) STRICT;

-- Small, whatever the number of trials that are over. A query must spell the WHERE out to use one.
CREATE INDEX trials_waiting ON trials (sweep_id, number, replicate) WHERE state = 0;
CREATE INDEX trials_running ON trials (owner) WHERE state = 1;

-- The ranking in its order; the trailing state lets the counts of a sweep be read from the index alone.
CREATE INDEX trials_ranking ON trials (sweep_id, rank_group, rank_resource DESC, rank_cost, number, replicate, state);

CREATE TABLE reports (
    trial_id      INTEGER NOT NULL REFERENCES trials (id),
    step          INTEGER NOT NULL,
    attempt       INTEGER NOT NULL,
    objectives    TEXT    NOT NULL,
    metrics       TEXT    NOT NULL,
    learning_rate REAL,
    seconds       REAL    NOT NULL,
    PRIMARY KEY (trial_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoints (
    id         INTEGER PRIMARY KEY,
    trial_id   INTEGER NOT NULL REFERENCES trials (id),
    epoch      INTEGER NOT NULL,
    step       INTEGER NOT NULL,
    attempt    INTEGER NOT NULL,
    kept       INTEGER NOT NULL DEFAULT 0,   -- 1: stays when a newer one is written
    size       INTEGER NOT NULL,
    file       TEXT,                         -- relative to the artifacts folder; null when the content is in chunks
    created_at INTEGER NOT NULL,
    UNIQUE (trial_id, epoch, step)
) STRICT;

CREATE TABLE checkpoint_chunks (
    checkpoint_id INTEGER NOT NULL REFERENCES checkpoints (id),
    chunk         INTEGER NOT NULL,
    content       BLOB    NOT NULL,
    UNIQUE (checkpoint_id, chunk)
) STRICT;

-- A coordinator's words on trials that existed already; a suggestion's are in the trial's row.
CREATE TABLE decisions (
    id           INTEGER PRIMARY KEY,
    sweep_id     INTEGER NOT NULL REFERENCES sweeps (id),
    trial_id     INTEGER NOT NULL REFERENCES trials (id),
    from_state   INTEGER NOT NULL,
    to_state     INTEGER NOT NULL,
    granted      INTEGER NOT NULL,
    virtual_time REAL    NOT NULL,
    last_seen    INTEGER NOT NULL
) STRICT;

CREATE INDEX decisions_sweep ON decisions (sweep_id, id);

CREATE TABLE events (
    id       INTEGER PRIMARY KEY,
    sweep_id INTEGER NOT NULL REFERENCES sweeps (id),
    number   INTEGER,
    at       INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    silo     TEXT    NOT NULL,
    text     TEXT    NOT NULL
) STRICT;

CREATE INDEX events_sweep ON events (sweep_id, id);
