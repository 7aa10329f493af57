"""Workbooks: sheets of a page, and live sheets with formulas, one file per report."""
