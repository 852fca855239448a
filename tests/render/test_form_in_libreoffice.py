"""The form after LibreOffice has opened and saved it: it reads back as the same record, and can still be filled in."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from office_samples import DAY, EXAMPLES, converted, needs_libreoffice

import decision_procedure as dp
from decision_procedure.forms.workbook import left_out
from decision_procedure.model.reading import shipped
from decision_procedure.sources.workbook import workbook_of


@needs_libreoffice
def test_what_libreoffice_saves_reads_back_the_same_and_stays_a_form(tmp_path: Path) -> None:
    made = dp.load_decision(EXAMPLES / "invented/示例县-全部合规.yaml")
    (saved,) = converted(tmp_path, "xlsx", "xlsx", dp.form(made, as_of=DAY).data)
    data = saved.read_bytes()

    assert list(left_out(made, workbook_of(data, "表.xlsx"), shipped)) == []
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["公开征求意见"]
    assert sheet.protection.sheet
    assert sheet["A2"].protection.locked
    assert not sheet["A3"].protection.locked
    assert sheet["A2"].comment is not None
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"list", "date"}
    assert (book["归档"].sheet_state, book["中止执行"].sheet_state) == ("visible", "hidden")
