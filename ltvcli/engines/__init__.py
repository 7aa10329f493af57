"""Engines that run SQL, one per file, each with open()."""
