"""Catalogues as counties publish them, and a year's catalogue against the records of its matters."""
