"""Holds a catalogue against records: which differ in what, and how far each row has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from decision_procedure.catalogues.bases import stale_bases
from decision_procedure.catalogues.comparing import (
    Pair,
    compared,
    days_late,
    planned_said,
    planned_time,
    taken_for_one,
    until,
    year_over,
)
from decision_procedure.catalogues.itself import report_of, verdicts_on
from decision_procedure.catalogues.joining import Joined, joined
from decision_procedure.catalogues.matters import MatterState, matter_of
from decision_procedure.catalogues.reconciliation import (
    KINDS,
    Discrepancy,
    DiscrepancyKind,
    Reconciliation,
    RowRef,
    RowState,
)
from decision_procedure.catalogues.telling import SURE, UNSURE, discrepancy
from decision_procedure.catalogues.versions import changes, listed_since
from decision_procedure.errors import UnusableArgument
from decision_procedure.law.applicable import Law
from decision_procedure.law.articles import article_text
from decision_procedure.model.catalogue import Catalogue, CatalogueItem
from decision_procedure.model.dates import PartialDate
from decision_procedure.results.duties import DutyInfo
from decision_procedure.results.report import Report, Verdict
from decision_procedure.results.severity import Grade
from decision_procedure.wording import Bilingual, say

STALLED_AFTER = 90
"""After how many calendar days without an act a matter is told as stalled: a hint of this library, no time of the law."""
_WHAT: Mapping[str, DiscrepancyKind] = {"party_consent": "consent", "published": "publication"}


def reconciled(
    catalogue: Catalogue,
    reports: Iterable[Report],
    law: Law,
    as_of: date,
    earlier: Sequence[Catalogue] = (),
    stalled_after: int = STALLED_AFTER,
) -> Reconciliation:
    """Return a catalogue held against the reports on its records, which are taken one by one and let go.

    `earlier` are versions of the same catalogue published before, the oldest first; `stalled_after` as for `Pair`.
    Raises UnusableArgument for a report of another day.
    """
    return held_against(catalogue, tuple(_matters(reports, as_of)), law, as_of, earlier, stalled_after)


def held_against(
    catalogue: Catalogue,
    matters: Sequence[MatterState],
    law: Law,
    as_of: date,
    earlier: Sequence[Catalogue] = (),
    stalled_after: int = STALLED_AFTER,
) -> Reconciliation:
    """Return a catalogue held against matters, what of reports as of the day is needed; the rest as for `reconciled`."""
    return _Reconciling(catalogue, matters, law, as_of, earlier, stalled_after).result()


def _matters(reports: Iterable[Report], as_of: date) -> Iterator[MatterState]:
    for report in reports:
        if report.as_of != as_of.isoformat():
            raise UnusableArgument(
                f"报告的截至日期不是 {as_of} a report is not as of {as_of}: {report.as_of} {report.title[:40]}"
            )
        yield matter_of(report)


class _Reconciling:
    def __init__(
        self,
        catalogue: Catalogue,
        matters: Sequence[MatterState],
        law: Law,
        as_of: date,
        earlier: Sequence[Catalogue],
        stalled_after: int,
    ) -> None:
        self._stalled_after = stalled_after
        self._catalogue, self._law, self._day = catalogue, law, as_of
        self._as_of = PartialDate.on(as_of)
        self._versions = (*earlier, catalogue)
        # By name, so that nothing depends on the order in which records come.
        self._joined: Joined = joined(
            catalogue, sorted(matters, key=lambda matter: (matter.ref.key, matter.item or ""))
        )
        self._refs = [
            RowRef(row, item.section, item.item, item.title) for row, item in enumerate(catalogue.items)
        ]

    def result(self) -> Reconciliation:
        found = [*self._of_versions(), *self._of_bases(), *self._of_itself(), *self._of_rows()]
        found += [*self._outside()]
        return Reconciliation(
            title=self._catalogue.title,
            issuer=self._catalogue.issuer,
            year=self._catalogue.year,
            as_of=self._as_of.text,
            rows=tuple(self._state(row, item) for row, item in enumerate(self._catalogue.items)),
            outside=tuple(matter.ref for matter in self._joined.without),
            elsewhere=tuple(matter.ref for matter in self._joined.elsewhere),
            discrepancies=tuple(sorted(found, key=_order)),
            same_units=tuple(dict.fromkeys(self._same_units())),
        )

    def _same_units(self) -> Iterator[tuple[str, str]]:
        for row, item in enumerate(self._catalogue.items):
            for matter in self._joined.of_row.get(row, ()):
                pair = taken_for_one(self._catalogue, item, matter)
                if pair is not None:
                    yield pair

    # -- the rows --------------------------------------------------------------------------------------------

    def _state(self, row: int, item: CatalogueItem) -> RowState:
        matters = self._joined.of_row.get(row, ())
        matter = min(matters, key=lambda one: one.advanced, default=None)
        plan = planned_time(self._catalogue, item)
        days = days_late(plan, matter, self._as_of)
        decided = None if matter is None or matter.stands != "decided" else matter.decided
        return RowState(
            row=self._refs[row],
            units=item.undertakers,
            planned=None if plan is None else plan.raw,
            planned_until=until(plan),
            stands="no_record" if matter is None else matter.stands,
            records=tuple(one.ref for one in matters),
            decided=None if decided is None else decided.text,
            last=None if matter is None else matter.last,
            last_day=None if matter is None or matter.last_day is None else matter.last_day.text,
            next=() if matter is None else matter.next,
            next_sure=matter is not None and matter.next_sure,
            barred=matter is not None and matter.barred,
            meeting=None if matter is None else matter.meeting,
            overdue=None if until(plan) is None else days is not None,
            days=days,
            open=None if matter is None else matter.open,
            again=row in self._joined.again,
        )

    def _of_rows(self) -> Iterator[Discrepancy]:
        possible = self._possible()
        for row, item in enumerate(self._catalogue.items):
            matters = self._joined.of_row.get(row, ())
            if row in self._joined.again:
                continue
            if not matters:
                yield from self._without_record(row, item)
            yield from possible.get(row, ())
            if len(matters) > 1:
                records = tuple(dict.fromkeys(matter.ref.title for matter in matters))
                yield discrepancy(
                    "several_records", UNSURE, self._refs[row], count=len(matters), records=records
                )
            for matter in matters:
                yield from compared(
                    Pair(
                        self._catalogue, item, self._refs[row], matter, self._as_of,
                        listed_since(self._versions, row), len(self._versions) > 1 or item.added_on is not None,
                        self._stalled_after, self._hearing(row, item),
                    )
                )  # fmt: skip

    def _hearing(self, row: int, item: CatalogueItem) -> bool | None:
        """Say whether a hearing is planned: by the row, or by the matter's place on a list of hearings; None: unstated."""
        return True if item.of_hearings or row in self._joined.heard else item.plans("hearing")

    def _without_record(self, row: int, item: CatalogueItem) -> Iterator[Discrepancy]:
        plan = planned_time(self._catalogue, item)
        days = days_late(plan, None, self._as_of)
        yield discrepancy("no_record", SURE, self._refs[row])
        if plan is not None and days is not None:
            yield discrepancy(
                "overdue", SURE, self._refs[row], None, plan.end,
                form="overdue_not_begun", planned=planned_said(plan), as_of=self._as_of, days=days,
            )  # fmt: skip
        yield from year_over(self._catalogue, item, self._refs[row], None, self._as_of)

    def _possible(self) -> Mapping[int, Sequence[Discrepancy]]:
        found: dict[int, list[Discrepancy]] = {}
        for row, matter in self._joined.possible:
            item = discrepancy("possible", UNSURE, self._refs[row], matter.ref, recorded=matter.ref.title)
            found.setdefault(row, []).append(item)
        return found

    def _outside(self) -> Iterator[Discrepancy]:
        """Yield the records of the year without a row; where rows are missing, it is not sure that there is none."""
        whole = self._catalogue.rows_complete is not False
        for matter in self._joined.without:
            kind: DiscrepancyKind = "decided_outside" if matter.stands == "decided" else "no_row"
            day = matter.decided if kind == "decided_outside" else None
            yield discrepancy(
                kind, SURE if whole else UNSURE, None, matter.ref, day,
                form=kind if whole else f"{kind}_perhaps", recorded=matter.ref.title, decided=day,
            )  # fmt: skip

    # -- the catalogue itself --------------------------------------------------------------------------------

    def _of_itself(self) -> Iterator[Discrepancy]:
        report = report_of(self._catalogue, self._law)
        for verdict in verdicts_on(report):
            if verdict.outcome in ("satisfied", "pending"):
                continue
            duty = report.duties[verdict.duty]
            for name, kind in _WHAT.items():
                stated = getattr(self._catalogue, name)
                if f"decision.catalogue.{name}" in duty.names and stated is not True:
                    yield discrepancy(
                        kind, _grade(verdict, stated),
                        form=f"{kind}_denied" if stated is False else kind,
                        law=_cited(duty),
                    )  # fmt: skip

    def _of_bases(self) -> Iterator[Discrepancy]:
        for basis in stale_bases(self._catalogue, self._law, self._day):
            row = None if basis.row is None else self._refs[basis.row]
            yield discrepancy(
                "wrong_basis" if basis.wrong else "stale_basis",
                SURE if (basis.ended and not basis.since) or basis.wrong else UNSURE,
                row,
                form=f"basis{'_succeeded' if basis.successors else ''}{'_since' if basis.since else ''}",
                said=basis.said,
                successors=basis.successors,
            )

    def _of_versions(self) -> Iterator[Discrepancy]:
        for row, item in enumerate(self._catalogue.items):
            if item.added_on is not None:
                yield discrepancy(
                    "added", SURE, self._refs[row], None, item.added_on, form="added_on", since=item.added_on
                )
        for before, after in zip(self._versions, self._versions[1:], strict=False):
            yield from self._changed(before, after)

    def _changed(self, before: Catalogue, after: Catalogue) -> Iterator[Discrepancy]:
        latest = after is self._catalogue
        day = after.published_on or after.issued
        for change in changes(before, after):
            old = change.before
            item = None if change.after is None else after.items[change.after]
            row = self._refs[change.after] if latest and change.after is not None else None
            if row is None:
                shown = item or old
                row = None if shown is None else RowRef(None, shown.section, shown.item, shown.title)
            if item is None and old is not None:
                yield discrepancy("dropped", SURE, row, None, day, version=after.title)
            elif old is None and item is not None and item.added_on is None:
                yield discrepancy("added", SURE, row, None, day, version=after.title)
            elif old is not None and item is not None:
                yield discrepancy(
                    "renamed", SURE, row, None, day, before=old.title, after=item.title, version=after.title
                )


def _grade(verdict: Verdict, stated: bool | None) -> Grade:
    """Return what the verdict counts as where the catalogue denies it; what it does not say is undetermined."""
    return (verdict.grade or SURE) if stated is False else UNSURE


def _cited(duty: DutyInfo) -> Bilingual:
    return Bilingual.by(
        lambda lang: say(
            "glossary.cited_law", lang,
            title=duty.instrument.text(lang), article=article_text(duty.article, lang),
        )
    )  # fmt: skip


def _order(item: Discrepancy) -> tuple[bool, float, int]:
    """By the place of the row, what is of no row of this version last, and of one row by kind."""
    of_all = item.row is None and item.record is None
    place = -1.0 if of_all else float("inf") if item.row is None or item.row.place is None else item.row.place
    return not of_all, place, KINDS.index(item.kind)
