-- Which ltv.yaml a rule stands in, for how many runs in a row its condition has held, and whether
-- it fired and has not been resolved since.
ALTER TABLE states ADD COLUMN scope TEXT NOT NULL DEFAULT '';
ALTER TABLE states ADD COLUMN runs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE states ADD COLUMN alarmed INTEGER NOT NULL DEFAULT 0;

-- What channels are told of a change of state; `told_at` is empty until the channel took it.
CREATE TABLE messages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    state INTEGER NOT NULL REFERENCES states (number) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    told_at TEXT
) STRICT;

CREATE INDEX messages_to_tell ON messages (state) WHERE told_at IS NULL;
