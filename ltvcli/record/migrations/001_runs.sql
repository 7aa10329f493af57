-- What was answered, and from what. AUTOINCREMENT: the number of a run that was forgotten is not
-- given to another one.
CREATE TABLE runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    fingerprint TEXT NOT NULL UNIQUE,
    recorded_at TEXT NOT NULL,
    version TEXT NOT NULL,
    command TEXT NOT NULL,
    as_of TEXT,
    inputs_hash TEXT NOT NULL,
    settings_hash TEXT NOT NULL,
    settings BLOB NOT NULL,
    document BLOB NOT NULL
) STRICT;

CREATE INDEX runs_by_command ON runs (command, recorded_at);

-- Sums that the answer was computed from: orders, subscriptions, spend.
CREATE TABLE facts (
    run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    packed BLOB NOT NULL,
    PRIMARY KEY (run, kind)
) STRICT;
