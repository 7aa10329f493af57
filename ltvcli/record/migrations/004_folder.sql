-- The folder in which a run read its files, whose recorded paths may be relative; '' if unknown.
ALTER TABLE runs ADD COLUMN folder TEXT NOT NULL DEFAULT '';
