"""Problems: findings that spring from one fact of the record, such as three duties broken by one letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from decision_procedure.law.evidence import is_denied, kinds_listed
from decision_procedure.model.dates import is_moment
from decision_procedure.results.decisive import facts_of
from decision_procedure.results.findings import Finding
from decision_procedure.wording import LANGUAGES


@dataclass(frozen=True, slots=True)
class Problem:
    """Findings of one name (`severity.FACES`) that spring from one fact, the first of them in front.

    Those that share nothing with another are a problem by themselves.
    """

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding whose sentence tells of all."""
        return self.findings[0]


def problems(findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """Return findings as the problems that they are, in the order of the first of each.

    Two are one where what failed in both rests on one fact that is no date (dates are shared by whatever touches one
    act), or on the same facts altogether, or where one sentence says both.
    """
    groups: list[tuple[set[object], list[Finding]]] = []
    for finding in findings:
        roots = {(finding.face, root) for root in _roots(finding)}
        same = [group for group in groups if not group[0].isdisjoint(roots)]
        if not same:
            groups.append((set(roots), [finding]))
            continue
        first, *others = same
        for other in others:
            groups.remove(other)
            first[0].update(other[0])
            first[1].extend(other[1])
        first[0].update(roots)
        first[1].append(finding)
    return tuple(Problem(tuple(found)) for _, found in groups)


def scopes_apart(findings: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Return the questions whether an instrument covers the matter, asked once for all of several, and the others.

    A single one is asked as any other.
    """
    told = list(findings)
    scopes = [finding for finding in told if finding.rule.endswith(".scope")]
    if len(scopes) < 2:
        return [], told
    return scopes, [finding for finding in told if not finding.rule.endswith(".scope")]


def _roots(finding: Finding) -> Iterator[object]:
    """Yield what a finding springs from: facts that failed, all of them together, and what is said of it."""
    require = finding.trees.get("require")
    failed = [] if require is None or require.truth is not False else list(dict.fromkeys(_facts(finding)))
    yield from (fact for fact in failed if not _is_date(fact))
    if failed:
        yield frozenset(failed)
    if sentence := finding.sentence(LANGUAGES[0]):
        yield sentence


def _facts(finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield the facts that what is required failed by; that an act of a kind is on record is none."""
    for place, value in facts_of(finding.trees["require"]):
        if not (kinds_listed(place) and value):
            yield place, repr(value)


def _is_date(fact: tuple[str, str]) -> bool:
    value = fact[1].strip("'")
    return is_denied(value) or is_moment(value)


__all__ = ["Problem", "problems", "scopes_apart"]
