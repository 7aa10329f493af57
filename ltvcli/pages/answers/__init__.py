"""The answer of each command in at most five lines: result, interval, grade, next step.

A module per kind of report offers `answer(report)`, which returns at most four `AnswerLine`s from
the report; the next command is the fifth line.
"""
