"""Reports that are put together from several answers: one file each, with TITLE and QUESTIONS."""
