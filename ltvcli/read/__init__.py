"""Files to canonical tables: encoding, header, dialect, mapping, cleaning, reconciliation."""
