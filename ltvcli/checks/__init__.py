"""What is worth telling about a result, one per file, each with ABOUT and check().

OF says what a check looks at, where that is not Report.
"""
