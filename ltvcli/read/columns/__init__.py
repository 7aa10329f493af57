"""Roles of the columns of a sheet: by header, by content, by status words."""
