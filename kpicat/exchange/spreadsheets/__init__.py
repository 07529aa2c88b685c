"""Workbooks of every kind as sheets: one module a format, each with ``sheets(content, name, told)``."""
