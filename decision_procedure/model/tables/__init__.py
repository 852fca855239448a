"""Records read from tables by a mapping: which table holds what, and by which column its rows belong to a record."""
