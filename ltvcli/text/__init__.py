"""Numbers, words, layout and charts as text, for every page."""
