"""The small sums that come home from the engine, one file per kind, and what an engine offers."""
