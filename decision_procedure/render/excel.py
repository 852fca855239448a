"""A workbook of many reports: 问题汇总, 问题清单, 材料清单, 提示, 年度统计. Nothing is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from urllib.parse import quote

from openpyxl import Workbook

from decision_procedure.exchange.findings import FindingsView as Listed
from decision_procedure.exchange.findings import advice_of, left_over, report_findings
from decision_procedure.law.applicable import Law
from decision_procedure.law.articles import by_instrument
from decision_procedure.model.acts.deciding import DecisionTaken
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.vocabulary import label
from decision_procedure.render.evidencing import evidence_of
from decision_procedure.render.excel_cells import CellGrid, Value, opened, saved
from decision_procedure.render.text.view import View
from decision_procedure.results.findings import Finding
from decision_procedure.results.known_law import law_of
from decision_procedure.results.problems import Problem, problems
from decision_procedure.results.report import Report, Verdict
from decision_procedure.results.severity import FACES
from decision_procedure.wording import Words, say

PROBLEMS = ("title", "severity", "sentence", "article", "asked", "unit", "cure", "file")
FINDINGS = (
    "severity", "sentence", "article", "act", "unit", "cure", "requirement", "date", "person", "fact", "evidence", "doubt",
    "judged", "waiver", "counts", "problem", "record", "title", "file", "line", "duty", "fingerprint",
)  # fmt: skip
_PRINTED = 6  # of these, the ones that a sheet of A4 has room for
MATERIALS = ("title", "step", "kind", "state", "present", "asked_by", "file")
ADVICE = ("title", "advised", "advice_text", "fingerprint", "file", "line")
_PROBLEM_WIDTHS = (22, 11, 54, 32, 8, 20, 34, 16)
_FINDING_WIDTHS = (11, 56, 28, 20, 20, 34, 34, 12, 30, 50, 28, 40, 40, 24, 8, 8, 24, 30, 30, 7, 16, 34)
_MATERIAL_WIDTHS = (32, 16, 22, 16, 44, 60, 30)
_ADVICE_WIDTHS = (32, 24, 80, 34, 30, 7)
_LONGEST_ADDRESS = 2_000  # Excel reads 2,079 characters
_FILE = FINDINGS.index("file")
_ADOPTING = ("adopt", "adopt_with_changes")


def book(
    reports: Iterable[tuple[str, Report]],
    view_of: Callable[[Report], View],
    law: Law | None,
    listed: Listed,
    link: Callable[[str], str] | None = None,
) -> bytes:
    """Return the workbook; reports are let go one by one. `link` gives the address of a file (None: `address_of`).

    `law` None: each report by the law it was checked against.
    """
    with opened() as workbook:
        return _filled(workbook, reports, view_of, law, listed, link or address_of)


def _filled(
    workbook: Workbook,
    reports: Iterable[tuple[str, Report]],
    view_of: Callable[[Report], View],
    law: Law | None,
    listed: Listed,
    link: Callable[[str], str],
) -> bytes:
    lang = listed.lang

    def grid(name: str, heads: Sequence[str], widths: Sequence[int], printed: int | None = None) -> CellGrid:
        titles = [say(f"workbook.{head}", lang) for head in heads]
        return CellGrid(workbook, say(f"workbook.{name}", lang), titles, widths, printed)

    told = grid("problems", PROBLEMS, _PROBLEM_WIDTHS)
    found = grid("findings", FINDINGS, _FINDING_WIDTHS, _PRINTED)
    papers = grid("materials", MATERIALS, _MATERIAL_WIDTHS)
    cited = grid("advice", ADVICE, _ADVICE_WIDTHS)
    statistics, day = _Statistics(lang), ""
    for file, report in reports:
        view, address = view_of(report), link(file)
        listed_here = list(report_findings(file, report, listed))
        number_of: dict[str, int] = {}
        for number, problem in enumerate(by_face(listed_here), 1):
            told.add(_problem_row(problem, view))
            number_of |= {finding.fingerprint: number for finding in problem.findings}
        if listed_here:
            told.add(
                [
                    report.title,
                    say("workbook.in_all", lang),
                    counted(listed_here, lang),
                    "",
                    len(listed_here),
                    "",
                    "",
                    file,
                ]
            )
        for finding in listed_here:
            cell = (_FILE, address) if 0 < len(address) <= _LONGEST_ADDRESS else None
            found.add(_finding_row(finding, view, lang, number_of[finding.fingerprint]), link=cell)
        for row in _material_rows(file, view, evidence_of(law_of(report, law))):
            papers.add(row)
        for advised in advice_of(file, view.report, listed):
            kind = label("advice", advised.kind, lang)
            cited.add(
                [advised.title, kind, advised.text, advised.fingerprint, file, advised.cell or advised.line]
            )
        statistics.add(view)
        day = max(day, report.as_of)
    for finding in left_over(listed):
        found.add(_finding_row(finding, None, lang, None))
    for sheet in (told, found, papers, cited):
        sheet.end()
    statistics.write(workbook)
    return saved(workbook, say("workbook.findings", lang), day or "1980-01-01")


def by_face(findings: Sequence[Finding]) -> Iterator[Problem]:
    """Yield findings as problems, the gravest name first."""
    for face in FACES:
        yield from problems(item for item in findings if item.face == face)


def counted(findings: Sequence[Finding], lang: str) -> str:
    """Return how many findings there are of each name, and how many problems those are where that is fewer."""
    words, parts = Words(lang, "workbook"), []
    for face in FACES:
        of_face = [item for item in findings if item.face == face]
        if of_face:
            springs = len(problems(of_face))
            both = words.say("demands_and_problems", asked=len(of_face), found=springs)
            parts.append(
                f"{label('face', face, lang)} {len(of_face)}{words.aside(both if springs < len(of_face) else '')}"
            )
    return words.series(parts)


def _problem_row(problem: Problem, view: View) -> list[Value]:
    """Return a problem in one row: what tells of all its findings, and all their articles."""
    lang, first, words = view.lang, problem.first, Words(view.lang)
    cited = by_instrument(
        (
            (item.instrument.text(lang), item.article.text(lang))
            for item in problem.findings
            if item.duty is not None
        ),
        lang,
    )
    articles = [f"{title} {listed}" for title, listed in cited.items()]
    units = dict.fromkeys(unit for item in problem.findings for unit in view.units(item))
    cures = dict.fromkeys(
        item.cure.text(lang) for item in problem.findings if item.in_full and item.duty is not None
    )
    heading = first.said.text(lang) if first.duty is None else first.heading(lang)
    return [
        view.report.title, label("face", first.face, lang), heading, words.series(articles), len(problem.findings),
        words.listed(units), words.series(cures), first.file,
    ]  # fmt: skip


def address_of(file: str) -> str:
    """Return the address of a file: relative to the workbook, or whole where the path is."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix() if file else "", errors="replace")


def _finding_row(finding: Finding, view: View | None, lang: str, problem: int | None) -> list[Value]:
    """Return a row; `view` None: of what is on no report, but on a whole run. `problem` counts within a record."""
    about = (
        {"fact": finding.said.text(lang)} if finding.duty is None or view is None else _about(view, finding)
    )
    texts: dict[str, Value] = {
        **about,
        "severity": label("face", finding.face, lang),
        "problem": problem,
        "duty": finding.rule,
        "fingerprint": finding.fingerprint,
        "counts": say("workbook.yes" if finding.fails else "workbook.no", lang),
        "waiver": _waiver(finding, lang),
        "judged": finding.answer.text(lang) if finding.answer else "",
        "record": finding.record,
        "title": finding.title,
        "file": finding.file,
        "line": finding.cell or finding.line,
        "doubt": finding.doubt.text(lang),
    }
    return [texts.get(name, "") for name in FINDINGS]


def _about(view: View, finding: Finding) -> dict[str, str]:
    """Return what a verdict says, by column."""
    lang, names = view.lang, view.names
    between = say("glossary.semicolon", lang)
    acting = [names.unit(finding.unit)] if finding.unit else []
    people = (view.holder(holder) for holder in finding.holders if holder.person is not None)
    return {
        "sentence": finding.sentence(lang),
        "requirement": finding.requirement.text(lang),
        "article": f"{finding.instrument.text(lang)} {finding.article.text(lang)}",
        "act": names.act(finding.act) if finding.act else say("workbook.decision", lang),
        "date": finding.date or "",
        "unit": between.join(view.units(finding) or acting) or finding.role.text(lang),
        "person": between.join(dict.fromkeys(people)),
        "fact": between.join(finding.evidence(lang).decided),
        "evidence": between.join(map(names.document, finding.documents)),
        "cure": finding.cure.text(lang) if finding.in_full else "",
    }


def _waiver(finding: Finding, lang: str) -> str:
    waiver = finding.waiver
    if waiver is not None:
        return " ".join(
            part for part in (waiver.waiver, waiver.approver, waiver.date, waiver.expires) if part
        )
    return (
        say("workbook.waived", lang)
        if finding.waived
        else say("workbook.accepted", lang)
        if finding.accepted
        else ""
    )


def _material_rows(file: str, view: View, evidence: Mapping[str, tuple[str, ...]]) -> Iterator[list[Value]]:
    lang, report, names = view.lang, view.report, view.names
    between = say("glossary.semicolon", lang)
    present: dict[str, list[str]] = {}
    for document in report.decision.documents:
        present.setdefault(document.kind, []).append(names.document(document.id))
    asked: dict[tuple[str, str], dict[str, list[Verdict]]] = {}
    for verdict in report.verdicts:
        if verdict.outcome != "not_applicable":
            step = report.duties[verdict.duty].step or ""
            for kind in evidence.get(verdict.duty, ()):
                asked.setdefault((step, kind), {}).setdefault(verdict.duty, []).append(verdict)
    for (step, kind), duties in asked.items():
        cited = by_instrument(
            (
                (report.duties[duty].instrument.text(lang), names.article(report.duties[duty].article))
                for duty in duties
            ),
            lang,
        )
        others = all(any(other in present for other in evidence[duty]) for duty in duties)
        pending = all(item.outcome == "pending" for items in duties.values() for item in items)
        state = "there" if kind in present else "other" if others else "not_due" if pending else "unseen"
        yield [
            report.title, view.step(step), kinds_of(type(report.decision)).document_name(kind, lang), say(f"workbook.{state}", lang),
            between.join(present.get(kind, ())), between.join(f"{title} {listed}" for title, listed in cited.items()), file,
        ]  # fmt: skip


class _Statistics:
    """Counts verdicts by year, unit, step and outcome; its size does not grow with the number of reports."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._counts: dict[tuple[str, str, str], Counter[str]] = {}
        self._records: Counter[tuple[str, str, str]] = Counter()

    def add(self, view: View) -> None:
        """Count a report."""
        report = view.report
        lead = report.decision.lead_unit
        unit = view.names.unit(lead) if lead else say("workbook.unstated", self._lang)
        year = _year(report) or say("workbook.unstated", self._lang)
        seen = set()
        for verdict in report.told:
            step = report.duties[verdict.duty].step
            name = say("workbook.scope", self._lang) if step is None else view.step(step)
            self._counts.setdefault((year, unit, name), Counter())[verdict.face] += 1
            seen.add((year, unit, name))
        self._records.update(seen)

    def write(self, workbook: Workbook) -> None:
        """Write one row for each year, unit and step, and the total."""
        lang = self._lang
        heads = [say(f"workbook.{name}", lang) for name in ("year", "unit", "step", "records")]
        heads += [label("face", name, lang) for name in FACES]
        grid = CellGrid(
            workbook, say("workbook.statistics", lang), heads, (10, 28, 20, 9, *(11,) * len(FACES))
        )
        total: Counter[str] = Counter()
        for key in sorted(self._counts):
            counts = self._counts[key]
            total.update(counts)
            grid.add([*key, self._records[key], *(counts[name] for name in FACES)])
        grid.end()
        grid.add([say("workbook.total", lang), "", "", None, *(total[name] for name in FACES)])


def _year(report: Report) -> str:
    """Return the year of the decision, otherwise that of the catalogue; empty when neither is recorded.

    Of several decisions the last that adopts counts, otherwise the last; one still planned is none.
    """
    taken = [
        act
        for act in report.decision.acts
        if isinstance(act, DecisionTaken) and act.held and act.date is not None and act.id not in report.plans
    ]
    if taken:
        last = max(taken, key=lambda act: (act.outcome in _ADOPTING, act.date.last if act.date else 0))
        return str(last.date)[:4]
    entry = report.decision.catalogue
    return str(entry.year) if entry is not None and entry.year is not None else ""
