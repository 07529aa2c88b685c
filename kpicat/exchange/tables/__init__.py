"""Tables of any file into items: grids of cells in, items and an account of every row out."""
