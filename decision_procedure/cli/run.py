"""One run over many records: what it needs to know at its end, never the reports."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from decision_procedure import api
from decision_procedure.cli.options import failing, stop
from decision_procedure.cli.progress import Bar
from decision_procedure.cli.records import Namesakes, Passed, files_of, records_from, records_of
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.exchange.findings import standing
from decision_procedure.model.decision import Decision
from decision_procedure.model.reading import Read
from decision_procedure.results.baseline import Accepted, accept, accepted_names, load_baseline
from decision_procedure.results.fingerprints import fingerprints, record_key
from decision_procedure.results.remarks import WaiverNote
from decision_procedure.results.report import Report
from decision_procedure.results.waivers import Run, load_waivers, severities
from decision_procedure.wording import both

if TYPE_CHECKING:
    from decision_procedure.law.applicable import Law


class Screening:
    """Checks records one by one. `waivers` and `baseline` are files (None: there is none).

    `new` holds what the findings would be accepted by where `keep_accepted`, `found` the fingerprints of each record
    where there is a baseline.
    """

    def __init__(
        self,
        day: date,
        law: Law,
        *,
        assume_complete: bool,
        waivers: Path | None,
        baseline: Path | None = None,
        keep_accepted: bool = False,
    ) -> None:
        self.law = law
        self.baseline: tuple[Accepted, ...] = () if baseline is None else load_baseline(baseline)
        self.accepted = None if baseline is None else accepted_names(self.baseline)
        self.new: list[Accepted] = []
        self.found: dict[str, frozenset[str]] = {}
        self._day, self._assume_complete, self._keep_accepted = day, assume_complete, keep_accepted
        self._waivers = Run(()) if waivers is None else Run(load_waivers(waivers), law.questions)
        self._unusable: list[UnusableInput] = []
        self._standing: set[str] = set()
        self._uncovered = False

    def reports(
        self, paths: Sequence[Path] | None, tables: Sequence[Path] | None = None, *, bar_shown: bool = True
    ) -> Iterator[tuple[Read, Report]]:
        """Yield each report with what was read; the rest as for `records`."""
        for read, decision in self.records(paths, tables, bar_shown=bar_shown):
            report = api.check(
                decision,
                as_of=self._day,
                assume_complete=self._assume_complete,
                waivers=self._waivers.waivers,
                law=self.law,
            )
            self._remember(report)
            yield read, report

    def records(
        self, paths: Sequence[Path] | None, tables: Sequence[Path] | None = None, *, bar_shown: bool = True
    ) -> Iterator[tuple[Read, Decision]]:
        """Yield each record with what was read; remember what is unusable. Catalogues in folders are passed over.

        `tables` are files of mapping and event logs. Raises UnusableArgument where there is nothing to read.
        """
        if not paths and not tables:
            raise UnusableArgument(" ".join(both("tables.no_paths")))
        gc.freeze()  # the law stays to the end: looking through it again and again takes a fifth of the time
        named = paths or ()
        files, namesakes, passed = files_of(named), Namesakes(), Passed(named)
        ways = [*((file, records_of) for file in files), *((file, records_from) for file in tables or ())]
        seen = False
        with Bar(len(ways), shown=bar_shown) as bar:
            for number, (file, read_all) in enumerate(ways):
                for read in read_all(file, self.law.models):
                    if isinstance(read.found, UnusableInput):
                        if warning := passed.warning(file, read.found):
                            bar.message(warning)
                        else:
                            self._unusable.append(read.found)
                        continue
                    seen = True
                    if warning := namesakes.warning(read, read.found):
                        bar.message(warning)
                    bar.record(number)
                    yield read, read.found
        self._unusable += () if seen or self._unusable else passed.catalogues

    def stop_if_unusable(self, lang: str) -> None:
        """End with every fault when a record could not be used."""
        if self._unusable:
            stop(self._unusable, lang)

    def left_over(self) -> tuple[WaiverNote, ...]:
        """Return what the waiver file holds that spoke of no record."""
        return self._waivers.left_over()

    def status(self, fail_on: str, *, allow_uncovered: bool) -> int:
        """Return the exit status."""
        if self._uncovered and not allow_uncovered:
            return 1
        return int(not (self._standing | severities(self.left_over())).isdisjoint(failing(fail_on)))

    def _remember(self, report: Report) -> None:
        self._waivers.add(report)
        self._standing |= standing(report, self.accepted)
        self._uncovered = self._uncovered or report.uncovered
        if self._keep_accepted:
            self.new.extend(accept(report))
        if self.baseline:
            key = record_key(report.decision)
            self.found[key] = self.found.get(key, frozenset()) | frozenset(fingerprints(report).values())
