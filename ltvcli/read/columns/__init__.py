"""What the columns of a sheet mean: by header, by content, by status words."""
