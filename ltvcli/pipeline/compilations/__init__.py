"""Reports that combine several answers: one file each, with TITLE and QUESTIONS."""
