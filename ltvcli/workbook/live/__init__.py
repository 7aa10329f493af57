"""Live sheets, one file per kind of report: `add(book)` lays out formulas and checks."""
