"""Files to sheets: opened, decoded, cut into records, with a known header."""
