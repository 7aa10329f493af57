"""Is this pitch true: claims recomputed, held against each other and against data."""
