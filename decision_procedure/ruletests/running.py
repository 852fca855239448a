"""Running the examples of a pack's duties, and finding the duties that lack some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from decision_procedure.checking.caps import lasting_caps
from decision_procedure.checking.verdicts import check_decision
from decision_procedure.errors import UnusableInput
from decision_procedure.graph import Procedure
from decision_procedure.law.applicable import Law
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.law.said import Said
from decision_procedure.model.vocabulary import label
from decision_procedure.results.report import Verdict
from decision_procedure.results.severity import SEVERITY
from decision_procedure.ruletests.snippets import Claims, Snippet, laid_over, read_snippet
from decision_procedure.ruletests.truths import truths_of

SECTIONS = {
    "ok": "satisfied",
    "fail": "violated",
    "unknown": "undetermined",
    "not_applicable": "not_applicable",
    "pending": "pending",
}
OUTCOMES = (*SEVERITY, "satisfied", "not_applicable")


class Result(NamedTuple):
    """What one example came to. `name` is the duty, its list and number; `case` what it shows, None: not said.

    `verdicts` are those on every act of the snippet; `outcome` is the severest of them, empty when the
    snippet is unusable. `faults` are empty when all that the snippet claims holds.
    """

    name: str
    duty: str
    section: str
    case: Said | None
    expected: str
    outcome: str
    verdicts: tuple[Verdict, ...]
    faults: tuple[Said, ...]


class Gap(NamedTuple):
    """A list of examples that a duty lacks. `why` says why none can be given; None: one is owed."""

    duty: str
    section: str
    why: Said | None


def run_examples(
    pack: Pack, rules: Iterable[Rule] | None = None, beside: Iterable[Pack] = ()
) -> tuple[Result, ...]:
    """Return the result of every example of a pack, or of some of its rules, in the order of the file.

    `beside` are the packs among which those are found whose steps this one uses.
    """
    used = used_by(pack, beside)
    return tuple(result for rule in rules or pack.rules for result in _run(pack, rule, used))


def gaps(pack: Pack) -> tuple[Gap, ...]:
    """Return the examples that duties lack: those owed, and those that cannot be given, with the reason."""
    return tuple(gap for rule in pack.rules for gap in _gaps(pack, rule))


def worst(pack: Pack, rule: Rule) -> str:
    """Return the severest verdict that a rule's caps leave possible: `violated` or `needs_judgement`."""
    return "needs_judgement" if lasting_caps(rule) or _is_never_late(pack, rule) else "violated"


def _is_never_late(pack: Pack, rule: Rule) -> bool:
    """Say whether all that a duty can be is late, under a text that sets no number."""
    duty = rule.duty
    return (
        duty.promptly_after is not None
        and duty.deadline is None
        and rule.require.node.operator == "held"
        and not _procedure(pack).kinds_after.get(duty.step)
    )


def snippets(pack: Pack, rule: Rule) -> Iterator[tuple[str, str, Snippet | UnusableInput]]:
    """Yield every example of a rule as its name, its list and the snippet, or what makes it unusable."""
    examples = rule.duty.examples
    for section in SECTIONS:
        for index, written in enumerate(getattr(examples, section)):
            name = f"{rule.id}#{section}{index + 1}"
            try:
                yield (
                    name,
                    section,
                    read_snippet(
                        laid_over(examples.given, written),
                        name,
                        pack.head.place,
                        pack.kinds,
                        pack.head.procedure,
                    ),
                )
            except UnusableInput as error:
                yield name, section, error


def verdicts(law: Law, snippet: Snippet) -> tuple[Verdict, ...]:
    """Return the verdicts on a snippet by the duties of a law; that on its scope is not among them."""
    duties = {rule.id for pack in law.packs for rule in pack.rules}
    found = check_decision(snippet.decision, law, snippet.claims.as_of).verdicts
    return tuple(verdict for verdict in found if verdict.duty in duties)


def expected(pack: Pack, rule: Rule, section: str, claims: Claims) -> str:
    """Return the verdict that an example must come to."""
    return claims.expect or (worst(pack, rule) if section == "fail" else SECTIONS[section])


def outcome_of(found: Iterable[Verdict]) -> str:
    """Return the severest of some verdicts; empty when there are none."""
    return min((verdict.outcome for verdict in found), key=OUTCOMES.index, default="")


def faults(section: str, wanted: str, claims: Claims, found: tuple[Verdict, ...]) -> Iterator[Said]:
    """Yield everything that an example claims and its verdicts do not bear out."""
    outcome = outcome_of(found)
    if outcome != wanted:
        yield _differs("", (wanted,), (outcome,) if outcome else ())
    if wanted not in _ALLOWED[section]:
        yield Said.made(zh=f"{section} 之下不能是 {wanted}", en=f"{wanted} does not belong under {section}")
    missing = tuple(dict.fromkeys(place for verdict in found for place in verdict.missing))
    reasons = [reason for verdict in found for reason in verdict.reasons]
    if section == "unknown" and not (missing or reasons):
        yield Said.made(zh="待定而未指明缺什么", en="open, but nothing is named as missing")
    if claims.missing is not None and missing != claims.missing:
        yield _differs("missing: ", claims.missing, missing)
    caps = tuple(dict.fromkeys(cap for verdict in found for cap in verdict.caps))
    if claims.caps is not None and caps != claims.caps:
        yield _differs("caps: ", claims.caps, caps)
    days = [verdict.elapsed for verdict in found if verdict.elapsed is not None]
    if claims.elapsed is not None and days != [claims.elapsed]:
        yield Said.made(
            zh=f"elapsed: 应为 {claims.elapsed}，得出 {days}",
            en=f"elapsed: {claims.elapsed} expected, came to {days}",
        )
    if claims.edge is not any(verdict.edges for verdict in found):
        yield Said.made(
            zh="两种算法结论是否不同，与 edge 不符", en="`edge` does not say whether the readings differ"
        )


def used_by(pack: Pack, beside: Iterable[Pack]) -> tuple[Pack, ...]:
    """Return the packs whose steps a pack uses, without their duties."""
    return tuple(replace(other, rules=()) for other in beside if other.head.id in pack.head.uses)


def only(pack: Pack, rules: Iterable[Rule], used: tuple[Pack, ...]) -> Law:
    """Return the law of a pack reduced to these rules, with the steps that it uses."""
    return Law((replace(pack, rules=tuple(rules)), *used))


@lru_cache(maxsize=8)
def _procedure(pack: Pack) -> Procedure:
    return Procedure.of((pack,))


def _run(pack: Pack, rule: Rule, used: tuple[Pack, ...]) -> Iterator[Result]:
    law = only(pack, [rule], used)
    for name, section, snippet in snippets(pack, rule):
        if isinstance(snippet, UnusableInput):
            bad = tuple(Said.made(zh=fault.text("zh"), en=fault.text("en")) for fault in snippet.faults)
            yield Result(name, rule.id, section, None, SECTIONS[section], "", (), bad)
            continue
        claims = snippet.claims
        found = verdicts(law, snippet)
        wanted = expected(pack, rule, section, claims)
        wrong = tuple(faults(section, wanted, claims, found))
        yield Result(name, rule.id, section, claims.case, wanted, outcome_of(found), found, wrong)


_ALLOWED = {section: (outcome,) for section, outcome in SECTIONS.items()} | {
    "fail": ("violated", "needs_judgement")
}


def _differs(name: str, claimed: tuple[str, ...], found: tuple[str, ...]) -> Said:
    wanted, came = _words(claimed), _words(found)
    return Said.made(
        zh=f"{name}应为 {wanted[0]}，得出 {came[0]}", en=f"{name}{wanted[1]} expected, came to {came[1]}"
    )


def _words(names: tuple[str, ...]) -> tuple[str, str]:
    zh = "、".join(label("outcome", name) for name in names)
    en = ", ".join(label("outcome", name, "en") for name in names)
    return zh or "无", en or "nothing"


def _gaps(pack: Pack, rule: Rule) -> Iterator[Gap]:
    examples = rule.duty.examples
    owed = {"ok": examples.ok, "unknown": examples.unknown}
    severest = worst(pack, rule)
    owed["fail"] = tuple(item for item in examples.fail if item.get("expect", severest) == severest)
    if rule.duty.when is not None:
        owed["not_applicable"] = examples.not_applicable
    if not rule.per:
        owed["pending"] = examples.pending
    if rule.duty.announced:
        owed["ok (announced)"] = _announced(rule, examples.ok)
        owed["unknown (announced)"] = _announced(rule, examples.unknown)
    reasons: dict[str, Said] = {}
    if False not in truths_of(rule.duty.require):
        reasons["fail"] = _NEVER_FALSE
    reasons.update((str(section), why) for section, why in examples.none.items())
    for section, given in owed.items():
        if not given:
            yield Gap(rule.id, section, reasons.get(section))


def _announced(rule: Rule, written: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Return the examples whose act is only announced."""
    whole = [(item, laid_over(rule.duty.examples.given, item)) for item in written]
    return tuple(
        item
        for item, shown in whole
        if any(
            isinstance(act := shown.get(kind), dict) and act.get("held", True) is None for kind in rule.per
        )
    )


_NEVER_FALSE = Said(
    zh="条件只会成立或者不能确定：没有文件、日期不等于没有行为",
    en="the condition is true or unknown, never false: no document or date is not yet no act",
)
