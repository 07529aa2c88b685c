"""The one place of SQL: a log of changes and the table it leads to."""
