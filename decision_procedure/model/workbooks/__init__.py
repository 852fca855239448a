"""A record as a form in a workbook: which sheets and columns there are, and what their cells mean."""
