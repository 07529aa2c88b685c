"""Documents into sheets: the tables of a text, what stands between them, and which belong together."""
