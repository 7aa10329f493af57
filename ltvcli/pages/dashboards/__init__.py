"""What a page shows at a look, one file per kind of report: `tiles` and `charts`, either optional.

`ANSWERED` is True where the tiles say all that the lines of the answer say.
"""
