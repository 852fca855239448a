"""Every output of a report, each as one text: what a test of something new is run on."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable, Mapping

import decision_procedure as dp
from decision_procedure.exchange.findings import FindingsView
from decision_procedure.exchange.writers import WRITERS
from decision_procedure.render.office import PAPERS
from decision_procedure.trails.matrix import matrix


def unzipped(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = (archive.read(name).decode("utf-8", "replace") for name in sorted(archive.namelist()))
        return html.unescape("".join(parts))


def pictures(found: dp.Report, lang: str) -> str:
    drawn = {"status": found, "timeline": found, "trail": dp.trail(found), "procedure": found}
    return "".join("".join(dp.diagram(item, kind=kind, lang=lang).svgs()) for kind, item in drawn.items())


OUTPUTS: Mapping[str, Callable[[dp.Report, str], str]] = {
    "text": lambda found, lang: dp.as_text(found, lang=lang),
    "html": lambda found, lang: dp.as_html(found, lang=lang),
    "word": lambda found, lang: "".join(
        unzipped(dp.as_word(found, paper=name, lang=lang)) for name in PAPERS[:-1]
    ),
    "sheet": lambda found, lang: unzipped(dp.as_review_sheet(found, lang=lang)),
    "excel": lambda found, lang: unzipped(dp.as_excel([("a.yaml", found)], lang=lang)),
    "trail": lambda found, lang: dp.trail(found).text(lang),
    "matrix": lambda found, lang: matrix(found, dp.procedure(found.decision, found.law)).text(lang),
    "pictures": pictures,
    **{
        form: lambda found, lang, form=form: "".join(
            WRITERS[form]([("a.yaml", found)], FindingsView(lang=lang))
        )
        for form in WRITERS
    },
}
