"""From a source and a kind to a picture; which sources fit which kind is decided here.

What draws a kind is loaded when one is drawn: the command line asks here for their names alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

from decision_procedure.diagrams.picture import Picture
from decision_procedure.diagrams.scene import SHEETS
from decision_procedure.errors import UnusableArgument
from decision_procedure.graph import Procedure
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.loading import Pack
from decision_procedure.model.decision import Decision
from decision_procedure.results.known_law import attach, law_of
from decision_procedure.results.report import Report
from decision_procedure.wording import check_language

if TYPE_CHECKING:
    from decision_procedure.diagrams.periods import ProcedureLaw


def build(
    source: Any,
    law: Law | None = None,
    *,
    kind: str = "status",
    lang: str = "zh",
    page: str | None = None,
    against: Any = None,
) -> Picture:
    """Return a picture; `decision_procedure.diagram` says which source each kind takes. Raises UnusableArgument.

    `law` None: that of the report, or the law that travels with the library where no report is drawn.
    """
    if kind not in KINDS:
        raise UnusableArgument(f"没有此图种 no such kind of diagram: {kind[:40]} ({', '.join(KINDS)})")
    check_language(lang)
    if page is not None and page not in SHEETS:
        raise UnusableArgument(f"没有此版面 no such page: {page[:40]} ({', '.join(SHEETS)})")
    if against is not None and kind != "procedure":
        raise UnusableArgument("只有程序图可以比较 only a procedure can be compared: against")
    found = KINDS[kind]
    if against is not None:
        return _procedure(source, law, lang, page or found.page, against)
    return found.draw(source, law, lang, page or found.page)


def procedure_law(decision: Decision, law: Law) -> ProcedureLaw:
    """Return the procedure of every instrument for the body of a record, whatever its dates."""
    from decision_procedure.diagrams.periods import ProcedureLaw

    packs = law.for_body(decision)
    return ProcedureLaw(_merged(packs), packs, decision.body.name)


def _law_of(source: Any, law: Law | None) -> Law:
    return law_of(source, law) if isinstance(source, Report) else law or standard_law()


def _procedure(source: Any, law: Law | None, lang: str, page: str, against: Any = None) -> Picture:
    from decision_procedure.checking.governing import governing
    from decision_procedure.diagrams.bpmn import bpmn_text
    from decision_procedure.diagrams.mermaid import procedure_mermaid
    from decision_procedure.diagrams.procedure import procedure_scenes

    mine = governing(source, _law_of(source, law))
    other = None if against is None else governing(against, _law_of(against, law))
    return Picture(
        procedure_scenes(mine, against=other, lang=lang, page=page),
        mermaid=lambda: procedure_mermaid(mine, lang, other),
        bpmn=lambda: bpmn_text(mine, lang),
    )


def _brief(source: Any, law: Law | None, lang: str, page: str) -> Picture:
    from decision_procedure.checking.governing import governing
    from decision_procedure.diagrams.brief_sheet import brief_scene

    known = _law_of(source, law)
    if not isinstance(source, Report):
        return Picture((brief_scene(governing(source, known), lang=lang, page=page),))
    report = attach(source, known)
    own = _procedure_of(report, law)
    return Picture((brief_scene(governing(report, known), report, own, lang=lang, page=page),))


def _status(source: Any, law: Law | None, lang: str, page: str) -> Picture:
    from decision_procedure.diagrams.mermaid import status_mermaid
    from decision_procedure.diagrams.status import status_scenes

    report = _report(source, "status")
    report = attach(report, law_of(report, law))
    procedure = _procedure_of(report, law)
    return Picture(
        status_scenes(report, procedure, lang=lang, page=page),
        mermaid=lambda: status_mermaid(report, procedure, lang),
    )


def _timeline(source: Any, law: Law | None, lang: str, page: str) -> Picture:
    from decision_procedure.diagrams.timeline import timeline_scenes

    report = _report(source, "timeline")
    return Picture(
        timeline_scenes(report, procedure_law(report.decision, law_of(report, law)), lang=lang, page=page)
    )


def _trail(source: Any, law: Law | None, lang: str, page: str) -> Picture:
    from decision_procedure.diagrams.mermaid import graph_mermaid
    from decision_procedure.diagrams.trail import trail_scenes
    from decision_procedure.trails.building import build as trail_of

    title = str(getattr(source, "title", ""))
    graph = _graph(trail_of(source, law_of(source, law)) if isinstance(source, Report) else source, "trail")
    return Picture(
        trail_scenes(graph, title=title, lang=lang, page=page),
        mermaid=lambda: graph_mermaid(graph, title, lang),
    )


def _catalogue(source: Any, law: Law | None, lang: str, page: str) -> Picture:
    from decision_procedure.diagrams.catalogue import catalogue_scenes

    reports = list(source) if isinstance(source, Sequence) else None
    if reports is None or not all(isinstance(report, Report) for report in reports):
        raise UnusableArgument("总表由多份报告画成 a catalogue is drawn of a list of reports")
    reports = [attach(report, law_of(report, law)) for report in reports]
    own = [_procedure_of(report, law) for report in reports]
    return Picture(catalogue_scenes(reports, own, lang=lang, page=page))


def _user_graph(source: Any, law: Law | None, lang: str, page: str) -> Picture:
    from decision_procedure.diagrams.mermaid import graph_mermaid
    from decision_procedure.diagrams.user_graph import graph_scenes, natural_dot

    graph = _graph(source, "graph")
    title = str(graph.graph.get("title", ""))
    return Picture(
        graph_scenes(graph, title=title, lang=lang),
        natural=natural_dot(graph, title=title, lang=lang),
        mermaid=lambda: graph_mermaid(graph, title, lang),
    )


def _report(source: Any, kind: str) -> Report:
    if not isinstance(source, Report):
        raise UnusableArgument(f"此图由报告画成 this kind is drawn of a report: {kind}")
    return source


def _procedure_of(report: Report, law: Law | None) -> Procedure:
    return _merged(law_of(report, law).for_body(report.decision))


@lru_cache(maxsize=64)
def _merged(packs: tuple[Pack, ...]) -> Procedure:
    return Procedure.of(packs)


def _graph(source: Any, kind: str) -> nx.DiGraph[Any]:
    """Return a directed graph of networkx: the source, or what its `to_networkx` or `graph` gives."""
    if hasattr(source, "to_networkx"):
        source = source.to_networkx()
    elif isinstance(source, Procedure):
        source = source.graph
    if not isinstance(source, nx.Graph):
        raise UnusableArgument(f"此图由 networkx 图画成 this kind is drawn of a networkx graph: {kind}")
    return nx.DiGraph(source)


class Kind(NamedTuple):
    """A kind of picture: from a source, law, language and page to a picture, and the page that suits it."""

    draw: Callable[[Any, Law | None, str, str], Picture]
    page: str


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "status": Kind(_status, "portrait"),
        "procedure": Kind(_procedure, "portrait"),
        "brief": Kind(_brief, "portrait"),
        "timeline": Kind(_timeline, "landscape"),
        "trail": Kind(_trail, "landscape"),
        "catalogue": Kind(_catalogue, "landscape"),
        "graph": Kind(_user_graph, "screen"),
    }
)
"""Every kind of picture by its name."""
