"""Small sums that the engine returns, one file per kind, and the interface of an engine."""
