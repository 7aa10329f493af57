-- What rules of `ltv check` came to: a row for each change of state; the last one of a rule and
-- segment holds now. `told_at` is empty until somebody was told.
CREATE TABLE states (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    rule TEXT NOT NULL,
    segment TEXT NOT NULL,
    state TEXT NOT NULL,
    since TEXT NOT NULL,
    run INTEGER REFERENCES runs (number) ON DELETE SET NULL,
    told_at TEXT
) STRICT;

CREATE INDEX states_by_rule ON states (rule, segment, number);
