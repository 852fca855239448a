"""Results of an assessment as text, pages, workbook and paper. Nothing is decided here."""
