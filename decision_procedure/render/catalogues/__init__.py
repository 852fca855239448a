"""A catalogue held against records, told: one text for every cell (`told`), placed by text, page, workbook and paper."""
