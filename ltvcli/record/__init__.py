"""The history: recorded runs in one SQLite file that is only appended to.

`history_file` opens it, `runs` adds and lists runs, `alerts` keeps what rules of `ltv check` came
to. `packing` turns facts into bytes, `settings_then` settings into JSON; both read them again.

To change the tables, add `migrations/NNN_what.sql` with the next number, and never edit an older
one: files in the world were written by it. A file of a user is brought up to date when it is next
written to, one migration in one transaction, after a copy of it was made beside it.
"""
