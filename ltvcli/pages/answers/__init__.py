"""The answer of each command in at most five lines: what, how sure, grade, what to do next.

A module per kind of report offers `answer(report)`, which returns at most four `AnswerLine`s made
of what the report already holds; the command to type next is the fifth line.
"""
