"""The layout of official documents (GB/T 9704-2012): page, grid, fonts by role, page numbers.

28 characters of 三号 by 22 lines in 156 × 225 mm. Word processors round the grid each in its own way; an exact line of
28.95 pt and characters drawn together by a quarter of a point give 28 by 22 in all that were measured.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from decision_procedure.wording import is_chinese

CHINESE = "zh-CN"
TITLE, HEAD, SUB, BODY, FOLIO = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
_LATIN = "Times New Roman"
_INSTEAD = {
    TITLE: "FZXiaoBiaoSong-B05S,华文中宋,宋体",
    HEAD: "SimHei",
    SUB: "楷体,KaiTi",
    BODY: "仿宋,FangSong",
    FOLIO: "SimSun",
}
LINE = Pt(28.95)
_TWIPS_OF_LINE = "579"
_TIGHTER = "-5"  # twentieths of a point
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
_FORM = {"top": 22, "bottom": 22, "left": 28, "right": 26}
_TURNED = {"top": 28, "bottom": 26, "left": 35, "right": 37}
TITLE_SIZE = 22.0
TEXT_WIDTH = 442.2  # 156 mm in points
TEXT_HEIGHT = 637.8  # 225 mm
WIDE_TEXT_WIDTH = 637.8
FORM_HEIGHT = 717.1  # 253 mm


class Style(NamedTuple):
    """How one role of text looks; `size` in points, `line` None: single spacing, `indent` in characters."""

    font: str
    size: float
    line: float | None = 28.95
    indent: int = 0
    align: WD_ALIGN_PARAGRAPH | None = None
    keep: bool = False


_STYLES = {
    "Normal": Style(BODY, 16),
    "Title": Style(TITLE, TITLE_SIZE, 36, align=WD_ALIGN_PARAGRAPH.CENTER, keep=True),
    "Heading 1": Style(HEAD, 16, indent=2, keep=True),
    "Heading 2": Style(SUB, 16, indent=2, keep=True),
    # Not justified: a date that cannot break would stretch the line before it.
    "Body Text": Style(BODY, 16, indent=2),
    "Caption": Style(HEAD, 12, None, align=WD_ALIGN_PARAGRAPH.CENTER, keep=True),
    "No Spacing": Style(BODY, 10.5, None),  # cells and pictures
    "Footer": Style(FOLIO, 14, None),
}
_BENEATH = ("Default Paragraph Font", "Normal Table", "No List", "Table Grid", "Header")


def new_document(lang: str) -> WordDocument:
    """Return an empty document of one page section in this layout."""
    document = Document()
    document.core_properties.language = CHINESE if is_chinese(lang) else lang
    body = document.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    _drop_styles(document)
    for name, style in _STYLES.items():
        _set_style(document.styles[name], style, lang)
    _clear_defaults(document, lang)
    _name_fonts(document)
    document.settings.odd_and_even_pages_header_footer = True
    upright(document.sections[0])
    _number_pages(document.sections[0])
    return document


def upright(section: Section) -> None:
    """Make a section A4 upright with the margins of the standard."""
    section.orientation = WD_ORIENT.PORTRAIT
    _set_page(section, 210, 297, _MARGINS)


def as_form(section: Section) -> None:
    """Give a section the low margins of a form, which is no letter and needs the room."""
    _set_page(section, 210, 297, _FORM)


def renumbered(section: Section) -> None:
    """Let the pages of a section count from 1."""
    number = OxmlElement("w:pgNumType")
    number.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:pgMar")).addnext(number)


def turned(section: Section) -> None:
    """Make a section A4 turned on its side, the margins turned with it."""
    section.orientation = WD_ORIENT.LANDSCAPE
    _set_page(section, 297, 210, _TURNED)


def set_fonts(rpr: Any, font: str, lang: str) -> None:
    """Name a font for every script of a run property; theme fonts would win over it and are removed."""
    fonts = rpr.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    latin = font if is_chinese(lang) else _LATIN
    for script, name in (("ascii", latin), ("eastAsia", font), ("hAnsi", latin), ("cs", latin)):
        fonts.set(qn(f"w:{script}"), name)
    fonts.set(qn("w:hint"), "eastAsia")


def _drop_styles(document: WordDocument) -> None:
    """Leave out the styles of the template that nothing here uses: every paragraph looks through all of them."""
    kept = {document.styles[name].style_id for name in (*_STYLES, *_BENEATH)}
    for style in list(document.styles.element.iter(qn("w:style"))):
        if style.get(qn("w:styleId")) not in kept:
            style.getparent().remove(style)
        for link in list(style.iter(qn("w:link"))):
            style.remove(link)


def _set_page(section: Section, width: int, height: int, margins: dict[str, int]) -> None:
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side, size in margins.items():
        setattr(section, f"{side}_margin", Mm(size))
    section.header_distance, section.footer_distance = Mm(15), Mm(margins["bottom"] - 12)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for name in list(grid.attrib):
        del grid.attrib[name]
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), _TWIPS_OF_LINE)


def _set_style(word_style: Any, style: Style, lang: str) -> None:
    element = word_style.element
    for name in ("w:rPr", "w:pPr"):
        old = element.find(qn(name))
        if old is not None:
            element.remove(old)
    rpr = element.get_or_add_rPr()
    set_fonts(rpr, style.font, lang)
    word_style.font.size = Pt(style.size)
    if style.size >= 16 and is_chinese(lang):
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), _TIGHTER)
        rpr.insert_element_before(
            spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang"
        )
    layout = word_style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if style.line is not None:
        layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        layout.line_spacing = Pt(style.line)
    if style.line != LINE.pt:
        _leave_grid(element.get_or_add_pPr())  # a title of 36 points would take two lines of it
    if style.indent:
        layout.first_line_indent = Pt((style.size - 0.25) * style.indent)
    layout.alignment = style.align
    layout.keep_with_next = style.keep or None
    layout.widow_control = False  # the standard fills all 22 lines


def _leave_grid(ppr: Any) -> None:
    """Let small text stand closer than the lines of the grid."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    ppr.insert_element_before(
        off, "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:textDirection",
        "w:textAlignment", "w:outlineLvl", "w:rPr",
    )  # fmt: skip


def _clear_defaults(document: WordDocument, lang: str) -> None:
    """Take the fonts, the spacing and the language of the template out of what styles start from."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for rpr in defaults.iter(qn("w:rPr")):
        set_fonts(rpr, BODY, lang)
        for language in rpr.iter(qn("w:lang")):
            language.set(qn("w:val"), "en-US")
            language.set(qn("w:eastAsia"), "zh-CN")
    for ppr in defaults.iter(qn("w:pPr")):
        for child in list(ppr):
            ppr.remove(child)


def _name_fonts(document: WordDocument) -> None:
    """Say which fonts stand in for those of the standard, which not every machine has."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, other in _INSTEAD.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    table = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="{space}">{entries}</w:fonts>'
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = table.encode()  # python-docx has no interface for this part


def _number_pages(section: Section) -> None:
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.style = "Footer"
        paragraph.alignment = align
        one_character = Pt(14)
        paragraph.paragraph_format.left_indent = one_character
        paragraph.paragraph_format.right_indent = one_character
        paragraph.add_run("— ")
        _add_field(paragraph, "PAGE")
        paragraph.add_run(" —")


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
