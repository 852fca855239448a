"""Diagrams in a Word document: a PNG that shows everywhere, and beside it the SVG that newer Word prefers."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from decision_procedure.diagrams.picture import Picture
from decision_procedure.diagrams.rendering import drawn
from decision_procedure.errors import CannotDraw
from decision_procedure.render.word.layout import TEXT_HEIGHT, TEXT_WIDTH

_EXTENSION = (
    '<a:ext xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{}"/></a:ext>'
)
_LIST = '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
_ROOM = TEXT_HEIGHT - 70  # the heading and the caption stand on the same page


def sheets_of(picture: Picture) -> Sequence[bytes]:
    """Return a PNG of each sheet of a diagram; none when this machine cannot draw one well."""
    try:
        return drawn(picture.dots, picture.sheets, "png")
    except CannotDraw:
        return ()


def add_picture(document: WordDocument, picture: Picture, images: Sequence[bytes], alt: str) -> None:
    """Add the sheets of a diagram, each as wide as the text or as high as a page allows."""
    for number, (image, svg, sheet) in enumerate(zip(images, picture.svgs(), picture.sheets, strict=True), 1):
        scale = min(TEXT_WIDTH / sheet.width, _ROOM / sheet.height, 1)
        paragraph = document.add_paragraph(style="No Spacing")
        shape = paragraph.add_run().add_picture(
            io.BytesIO(image), Pt(sheet.width * scale), Pt(sheet.height * scale)
        )
        properties = shape._inline.docPr
        properties.set("descr", alt)
        properties.set("name", f"diagram-{number}")
        _add_svg(document, shape._inline, svg, number)


def _add_svg(document: WordDocument, inline: object, svg: str, number: int) -> None:
    package = document.part.package
    part = Part(PackURI(f"/word/media/diagram{number}.svg"), "image/svg+xml", svg.encode(), package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip = next(iter(inline.iter(qn("a:blip"))))  # type: ignore[attr-defined]
    extensions = parse_xml(_LIST)
    extensions.append(parse_xml(_EXTENSION.format(relation)))
    blip.append(extensions)
