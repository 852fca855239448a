"""How the sheets of a form look: heads with notes, lists to choose from, cells to write in and others that are closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from decision_procedure.diagrams.metrics import width_em
from decision_procedure.forms.asking import Asking
from decision_procedure.forms.meaning import what_to_write
from decision_procedure.model.decision import Decision
from decision_procedure.model.keys import keys_of
from decision_procedure.model.kinds import Kinds
from decision_procedure.model.sorts import sort_of
from decision_procedure.model.workbooks.filling import Cells, Filling
from decision_procedure.model.workbooks.grids import first_heads, groups_of
from decision_procedure.model.workbooks.layout import OWNER, Column, FormSheet, called_by
from decision_procedure.model.workbooks.values import words_of
from decision_procedure.render.excel_cells import text_of
from decision_procedure.sources.characters import is_formula
from decision_procedure.sources.workbook import CellValue
from decision_procedure.wording import LANGUAGES, Words

MOST_ROWS = 1_000
_HEADS, _FIRST = 2, 3
_LINE, _SMALL_LINE = 15.5, 12.5  # points
_THIN = Side(style="thin", color="C3CAD2")
_BORDER = Border(_THIN, _THIN, _THIN, _THIN)
_WRAP = Alignment(vertical="top", wrap_text=True)
_MIDDLE = Alignment(vertical="center", horizontal="center", wrap_text=True)
_OPEN = Protection(locked=False)
_GREY, _BLUE, _ORANGE = (PatternFill("solid", fgColor=color) for color in ("E9EDF1", "CFE3F5", "F9DDB8"))
_BOLD, _TITLE, _SMALL = Font(bold=True), Font(bold=True, size=14), Font(size=9, color="55606B")
_LINKED = Font(color="0B5A94", underline="single")
_TAB = {"required": "2F75B5", "unknown": "F0A030", "base": "70808F"}
_WIDTHS = {"date": 13, "number": 9, "flag": 9, "choice": 16}
_RULES = ("unknown", "names", "rows", "lists", "parts", "dates", "heads", "others", "keep", "then")


@dataclass
class FormBook:
    """The workbook of a form, and the lists of words that its cells may be chosen from."""

    workbook: Workbook
    kinds: Kinds
    asking: Asking
    lang: str
    _lists: dict[tuple[str, ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = Words(self.lang, "form")
        self.index = LANGUAGES.index(self.lang)
        self.workbook.remove(self.workbook.active)  # type: ignore[arg-type]

    def choice(self, words: tuple[str, ...]) -> str:
        """Return where a list of words stands."""
        if words not in self._lists:
            letter = get_column_letter(len(self._lists) + 1)
            sheet = quote_sheetname(self.words.say("words"))
            self._lists[words] = f"{sheet}!${letter}$1:${letter}${len(words)}"
        return self._lists[words]

    def end(self) -> None:
        """Write the lists of words, out of sight."""
        sheet = self.workbook.create_sheet(self.words.say("words"))
        for column, words in enumerate(self._lists, 1):
            for row, word in enumerate(words, 1):
                put(sheet, row, column, word)
        sheet.sheet_state = "hidden"

    def need(self, sheet: FormSheet) -> str:
        """Return whether a sheet is needed: `required`, `unknown`, `optional`, or `base` for what every record has."""
        if sheet.kind is not None:
            return self.asking.needs.get(sheet.kind, "optional")
        return "optional" if sheet.path[:1] in (("waivers",), ("judgements",)) else "base"


def put(sheet: Any, row: int, column: int, value: CellValue | None, **style: Any) -> Any:
    """Write a cell: no text of a record is ever a formula."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        text = "\n".join(map(text_of, value.split("\n")))
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = is_formula(text)
    elif value is not None:
        cell.value = value
    for name, said in style.items():
        setattr(cell, name, said)
    return cell


def guide(
    book: FormBook, forms: Iterable[FormSheet], filling: Filling, decision: Decision, day: date
) -> None:
    """Write what those who fill the form in have to know, and which sheets there are."""
    words, sheet = book.words, book.workbook.create_sheet(book.words.say("guide"))
    put(sheet, 1, 1, words.say("head", title=decision.title), font=_TITLE, alignment=_WRAP)
    put(
        sheet,
        2,
        1,
        words.say("made", day=day.isoformat(), body=decision.body.name),
        font=_SMALL,
        alignment=_WRAP,
    )
    row = 4
    for number, rule in enumerate(_RULES, 1):
        put(sheet, row, 1, f"{number}. {words.say(f'rule_{rule}')}", alignment=_WRAP)
        row += 1
    row += 1
    for column, name in enumerate(("sheet", "is_needed", "what"), 1):
        put(sheet, row, column, words.say(name), font=_BOLD, fill=_GREY, border=_BORDER)
    for form in forms:
        row += 1
        name, need = form.names[book.index], book.need(form)
        shown = need != "optional" or any(filling.rows(form))
        cell = put(sheet, row, 1, name, border=_BORDER)
        if shown:
            cell.hyperlink, cell.font = f"#{quote_sheetname(name)}!A1", _LINKED
        put(sheet, row, 2, words.say("unknown_need" if need == "unknown" else need), border=_BORDER)
        put(sheet, row, 3, _what(book, form), border=_BORDER)
    for column, width in enumerate((34, 22, 60), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for index in (1, 2, *range(4, 4 + len(_RULES))):
        sheet.merge_cells(start_row=index, start_column=1, end_row=index, end_column=3)
        text = str(sheet.cell(index, 1).value)
        sheet.row_dimensions[index].height = (22 if index == 1 else 16) * _lines(text, 112)
    _finish(sheet, freeze=None)


def _what(book: FormBook, form: FormSheet) -> str:
    if form.is_inner:
        return book.words.say("parts_of", act=book.kinds.name(form.kind or "", book.lang))
    return book.words.say("of_act" if form.is_act else "of_list" if form.form == "rows" else "of_card")


def sheet_of(book: FormBook, form: FormSheet, filling: Filling) -> None:
    """Write one sheet of the form, filled as the record has it."""
    sheet = book.workbook.create_sheet(form.names[book.index])
    need = book.need(form)
    sheet.sheet_properties.tabColor = _TAB.get(need)
    said = (
        ""
        if need == "base"
        else book.words.aside(book.words.say("unknown_need" if need == "unknown" else need))
    )
    put(sheet, 1, 1, f"{form.names[book.index]}{said}", font=_TITLE)
    sheet.row_dimensions[1].height = 24
    if form.form == "card":
        _card(book, sheet, form, filling)
        return
    lines = list(filling.rows(form)) if form.form == "rows" else []
    columns: list[Column | str] = [*([OWNER] if first_heads(form) else []), *form.columns]
    for number, column in enumerate(columns, 1):
        _head(book, sheet, form, number, column)
    sheet.row_dimensions[_HEADS].height = 32
    if form.form == "grid":
        _grid(book, sheet, form, filling)
    for row, line in enumerate(lines, _FIRST):
        _fill(sheet, row, columns, line)
    if need == "optional" and not lines:
        sheet.sheet_state = "hidden"
    _finish(sheet, freeze=sheet.cell(_FIRST, 2).coordinate)


def _fill(sheet: Any, row: int, columns: list[Column | str], line: Cells) -> None:
    highest = 1
    for number, column in enumerate(columns, 1):
        if isinstance(column, str) and column not in line:
            continue
        value, form = line.get(column), "General" if isinstance(column, str) else _form(column)
        style = {"alignment": _WRAP, "protection": _OPEN, "number_format": form, "border": _BORDER}
        put(sheet, row, number, value, **style)
        if isinstance(value, str):
            width = sheet.column_dimensions[get_column_letter(number)].width
            highest = max(highest, _lines(value, width))
    sheet.row_dimensions[row].height = min(400, _LINE * highest)


def _head(book: FormBook, sheet: Any, form: FormSheet, number: int, column: Column | str) -> None:
    """Write the head of a column with its note, and what its cells may hold."""
    letter = get_column_letter(number)
    dimension = sheet.column_dimensions[letter]
    dimension.protection, dimension.alignment = _OPEN, _WRAP
    if isinstance(column, str):
        put(
            sheet,
            _HEADS,
            number,
            first_heads(form)[book.index],
            font=_BOLD,
            fill=_GREY,
            alignment=_MIDDLE,
            border=_BORDER,
        )
        dimension.width = 26
        if form.form == "grid":
            dimension.protection = Protection(locked=True)
        return
    label, articles = column.labels[book.index], _articles(book, form, column)
    fill = _ORANGE if _must(column) else _BLUE if articles else _GREY
    cell = put(sheet, _HEADS, number, label, font=_BOLD, fill=fill, alignment=_MIDDLE, border=_BORDER)
    cell.protection = Protection(locked=True)
    cell.comment = _note(_hint(book, column, articles))
    dimension.width, dimension.number_format = _width(column, label), _form(column)
    _limit(book, sheet, column, f"{letter}{_FIRST}:{letter}{MOST_ROWS}")


def _card(book: FormBook, sheet: Any, form: FormSheet, filling: Filling) -> None:
    words = book.words
    for number, name in enumerate(("group", "item", "value", "hint"), 1):
        put(sheet, _HEADS, number, words.say(name), font=_BOLD, fill=_GREY, alignment=_MIDDLE, border=_BORDER)
    for row, column in enumerate(form.columns, _FIRST):
        articles = _articles(book, form, column)
        hint, value = _hint(book, column, articles), filling.line(column)
        fill = _ORANGE if _must(column) else _BLUE if articles else _GREY
        put(sheet, row, 1, groups_of(column)[book.index], border=_BORDER, alignment=_WRAP)
        put(sheet, row, 2, column.labels[book.index], font=_BOLD, fill=fill, border=_BORDER, alignment=_WRAP)
        put(
            sheet,
            row,
            3,
            value,
            border=_BORDER,
            alignment=_WRAP,
            protection=_OPEN,
            number_format=_form(column),
        )
        put(
            sheet,
            row,
            4,
            hint.replace("\n", words.say("semicolon")),
            font=_SMALL,
            border=_BORDER,
            alignment=_WRAP,
        )
        sheet.row_dimensions[row].height = max(
            _LINE * _lines(str(value or ""), 44), _SMALL_LINE * _lines(hint, 92)
        )
        _limit(book, sheet, column, f"C{row}")
    for letter, width in zip("ABCD", (16, 26, 44, 76), strict=True):
        sheet.column_dimensions[letter].width = width
    _finish(sheet, freeze="C3")


def _grid(book: FormBook, sheet: Any, form: FormSheet, filling: Filling) -> None:
    traits = book.kinds.traits
    names = sorted(traits.model_fields, key=lambda name: not book.asking.asks(f"traits.{name}.value") and not book.asking.articles(f"traits.{name}"))  # fmt: skip
    last = len(form.columns) + 2
    put(
        sheet, _HEADS, last, book.words.say("hint"), font=_BOLD, fill=_GREY, alignment=_MIDDLE, border=_BORDER
    )
    for row, name in enumerate(names, _FIRST):
        articles = book.asking.articles(f"traits.{name}")
        label = book.kinds.key_names(name, traits)[book.index]
        put(
            sheet,
            row,
            1,
            label,
            font=_BOLD,
            fill=_BLUE if articles else _GREY,
            border=_BORDER,
            alignment=_WRAP,
        )
        _fill(sheet, row, [OWNER, *form.columns], filling.trait(name, form))
        hint = book.words.say("asked_by", articles=articles) if articles else ""
        put(sheet, row, last, hint, font=_SMALL, alignment=_WRAP, border=_BORDER)
        sheet.row_dimensions[row].height = max(_LINE * _lines(label, 26), _SMALL_LINE * _lines(hint, 78))
    sheet.column_dimensions[get_column_letter(last)].width = 64


def _articles(book: FormBook, form: FormSheet, column: Column) -> str:
    if form.form == "card":
        return book.asking.articles(".".join(("decision", *form.path, *column.path[len(form.path) :])))
    if form.kind is None:
        return book.asking.articles(f"decision.{form.path[0]}.{column.name}") if form.form == "rows" else ""
    return book.asking.articles(".".join((form.kind, *form.path[1:], column.name)))


def _must(column: Column) -> bool:
    """Say whether a part of a record cannot be without a field; what it is called by stands for its identifier."""
    field = column.model.model_fields[column.name]
    return field.is_required() and not (column.name == "id" and called_by(column.model) is not None)


def _hint(book: FormBook, column: Column, articles: str) -> str:
    """Return what to write in a column: one thing a line."""
    words, key = book.words, keys_of(column.model)[column.key]
    several = sort_of(column.annotation) == "list"
    if column.refers is not None:
        listed = (
            words.say("record")
            if column.refers not in _LISTED
            else book.kinds.key_name(column.refers, book.lang)
        )
        said = [words.pair(key.hint)] if key.hint else []
        said.append(words.say("by_name", listed=listed))
        said += [words.say("may_list")] if several else []
    else:
        said = [what_to_write(column.model, column.name, book.kinds, Words(book.lang, "skeleton"))]
        said += [words.say("divided" if words_of(column) else "in_lines")] if several else []
    if _must(column):
        said.insert(0, words.say("must"))
    if articles:
        said.append(words.say("asked_by", articles=articles))
    return "\n".join(said)


_LISTED = ("units", "people", "documents", "drafts", "acts")


def _limit(book: FormBook, sheet: Any, column: Column, cells: str) -> None:
    """Let cells be chosen from a list, or be dates."""
    several = sort_of(column.annotation) == "list"
    said: Mapping[str, Any]
    if column.refers in _LISTED:
        said = {"type": "list", "formula1": _names_of(book, str(column.refers)), "showErrorMessage": False}
    elif listed := words_of(column):
        choice = book.choice(tuple(names[book.index] for names in listed.values()))
        said = {"type": "list", "formula1": f"={choice}", "showErrorMessage": not several}
    elif sort_of(column.annotation) == "date":
        said = {"type": "date", "operator": "between", "formula1": "1", "formula2": "109575", "errorStyle": "warning", "showErrorMessage": True}  # fmt: skip
    else:
        return
    rule = DataValidation(allow_blank=True, **said)
    rule.error = book.words.say("wrong_date" if said["type"] == "date" else "wrong_word")
    rule.add(cells)
    sheet.add_data_validation(rule)


def _names_of(book: FormBook, listed: str) -> str:
    """Return the formula of a list to choose from: what stands on the sheet of the units, people, documents or drafts."""
    if listed == "acts":
        names = tuple(book.kinds.name(kind, book.lang) for kind in book.kinds.acts)
        return f"={book.choice(names)}"
    sheet = quote_sheetname(book.kinds.key_name(listed, book.lang))
    return f"=OFFSET({sheet}!$A${_FIRST},0,0,MAX(1,COUNTA({sheet}!$A${_FIRST}:$A${MOST_ROWS})),1)"


def _form(column: Column) -> str:
    sort = sort_of(column.annotation)
    return "yyyy-mm-dd" if sort == "date" else "0" if sort == "number" else "@"


def _width(column: Column, label: str) -> float:
    sort = sort_of(column.annotation)
    least = 24 if sort == "list" or column.refers else _WIDTHS.get(sort, 22)
    longest = max((width_em(str(names[0])) for names in words_of(column).values()), default=0)
    widest = min(34, 2 * longest + 4) if sort in ("choice",) else 0
    return max(least, min(24, 2 * width_em(label) / 2 + 5), widest)


def _note(text: str) -> Comment:
    comment = Comment("\n".join(map(text_of, text.split("\n"))), "decision-procedure")
    comment.width, comment.height = 340, 24 + 18 * _lines(text, 46)
    return comment


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of a width."""
    return sum(max(1, -(-int(2 * width_em(line)) // max(1, int(width) - 2))) for line in text.split("\n"))


def _finish(sheet: Any, freeze: str | None) -> None:
    sheet.freeze_panes = freeze
    protection = sheet.protection
    protection.sheet = True
    for name in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows"):
        setattr(protection, name, False)
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 8, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{_HEADS}" if freeze else None


__all__ = ["FormBook", "guide", "put", "sheet_of"]
