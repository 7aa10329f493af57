"""What is worth telling about a result, one per file, each with ABOUT and check(report).

A folder speaks about one kind of report, `any` about every kind.
"""
