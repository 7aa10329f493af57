"""The steps in order, one file per question, each with `run`. Nothing is computed here."""
