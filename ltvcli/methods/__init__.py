"""Ways to value a customer, one per file, each with ABOUT, NEEDS and value()."""
