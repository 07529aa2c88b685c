"""Principle checks, one a file; see any of them for the form."""
