"""Where SQL runs, one per file, each with open()."""
