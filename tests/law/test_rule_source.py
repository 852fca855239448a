"""What the law asks is read off parsed conditions in one place; nobody else reads the text of a rule."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import decision_procedure
from decision_procedure.checking.compiled import required_by
from decision_procedure.checking.governing import governing
from decision_procedure.checking.requirements import need_of, steps_of
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.demands import Period, Triggers, kinds_before, periods, thresholds, triggers
from decision_procedure.law.language import parsed, with_words
from decision_procedure.law.pack import Duty
from decision_procedure.model.kinds import SHIPPED

PACKAGE = Path(decision_procedure.__file__).parent
READERS = {"law", "ruletests"}
CONDITIONS = {"when", "require", "judge"}
TEXTS = {
    "render/rules/duties.py": "prints the conditions of a duty, as written and in the words of `law.saying`",
}
PARSERS = {
    ("render/rules/sheet.py", "told_parts"): "the one function that says a condition of the law in words",
    ("assessing/formula.py", "ast"): "formulas of points, which are no conditions of a duty",
    ("__init__.py", "ast"): "the stub that declares the public names",
}


@cache
def nodes() -> list[tuple[str, ast.AST]]:
    """Return every node of every module but those that may read conditions, with the place of the module."""
    return [
        (file.relative_to(PACKAGE).as_posix(), node)
        for file in sorted(PACKAGE.rglob("*.py"))
        if file.relative_to(PACKAGE).parts[0] not in READERS
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
    ]


def test_nobody_but_the_law_and_its_tests_reads_conditions_of_a_duty_as_text() -> None:
    found = {
        place
        for place, node in nodes()
        if isinstance(node, ast.Attribute) and node.attr in CONDITIONS
        if ast.unparse(node.value).endswith(("duty", "adapted", "edge"))
    }

    assert found == set(TEXTS)


def test_nobody_but_the_law_and_its_tests_parses_conditions() -> None:
    found = {
        (place, name.name)
        for place, node in nodes()
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
        if name.name in ("ast", "parsed", "compile_condition", "compile_part", "told_parts")
    }

    assert found == set(PARSERS)


NOT_DECLARED = {
    "comp-ogi.OGI-26-absent": "says when a publication is overdue; cn-713.32a demands it",
    "dz-2022.30.1-absent": "says the same of the decision",
}


def test_a_duty_on_the_whole_decision_that_looks_for_its_own_step_says_that_it_requires_it() -> None:
    packs = standard_law().packs
    steps = {step.id: step for pack in packs for step in pack.file.steps}
    declared = required_by(steps, packs)
    silent = {
        rule.id
        for pack in packs
        for rule in pack.rules
        if rule.duty in pack.file.duties and rule.duty.per == "decision" and rule.duty.effect != "practice"
        if rule.duty.force not in ("may", "principle") and steps[rule.duty.step].at is None
        if rule.duty.requires_step is None and rule.id not in declared[rule.duty.step]
        if steps[rule.duty.step].kinds[0] in kinds_asked(rule.duty)
    }

    assert silent == set(NOT_DECLARED)


def kinds_asked(duty: Duty) -> Iterator[object]:
    for node in ast.walk(parsed(duty.require)):
        match node:
            case ast.Call(ast.Name("held" | "acts"), kinds):
                yield from (kind.value for kind in kinds if isinstance(kind, ast.Constant))


@pytest.mark.parametrize("source", [("441223", date(2016, 9, 1)), ("441223", date(2024, 9, 1))])
def test_a_picture_of_the_law_draws_as_needed_what_is_declared_as_required(source: tuple[str, date]) -> None:
    law = governing(source, standard_law())
    packs = [item.pack for item in law.instruments]
    declared = required_by(law.procedure.steps, packs)

    for name, step in steps_of(law).items():
        required = [
            rule.duty
            for pack in packs
            for rule in pack.rules
            if rule.id in declared[name] and rule.id not in law.replaced
        ]
        assert step.need == need_of(required), name


def duty(**changes: object) -> Duty:
    sample = next(duty for pack in standard_law().packs for duty in pack.file.duties if duty.params)
    return sample.model_copy(update={"when": None, "per": ("hearing",), **changes})


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (None, Triggers()),
        ("traits.professional", Triggers(("professional",))),
        ("not traits.withheld_lawfully", Triggers()),
        ("not (traits.professional or traits.wide_concern)", Triggers()),
        ("not (not traits.professional)", Triggers(("professional",))),
        ("decision.matter_class == 'plan' or traits.professional", Triggers(("professional",), ("plan",))),
        ("held('hearing', 'filing') and not held('decision')", Triggers(held=("hearing", "filing"))),
        ("decision.matter_class != 'plan'", Triggers()),
    ],
)
def test_a_duty_depends_on_what_its_trigger_asks_for_not_on_what_lifts_it(
    when: str | None, expected: Triggers
) -> None:
    found = triggers(duty(when=when))

    assert found == expected
    assert need_of([duty(when=when)]) == ("conditional" if any(expected) else "mandatory")


def test_triggers_are_told_in_both_languages_acts_by_the_step_that_they_are() -> None:
    steps = governing(("420222", date(2024, 9, 1)), standard_law()).procedure.steps
    heard = Triggers(("professional",), ("plan",), steps["public_participation"].kinds)

    told = heard.said(steps, SHIPPED)

    assert [item.zh for item in told] == ["专业性技术性较强", "经济社会发展重要规划", "已进行公众参与"]
    assert told[-1].en == "Public participation held"


@pytest.mark.parametrize(
    ("require", "before"),
    [
        ("held('hearing', 'filing')", ()),
        ("any_of(acts('hearing'), it.kind == 'x')", ()),
        ("any_of(acts('hearing'), same_round() and before(it.date, act.begun))", ("hearing",)),
        ("any_of(acts('hearing'), before(act.begun, it.date))", ()),
        ("last_opinion('legality_review', it.form == 'review_opinion')", ("legality_review",)),
    ],
)
def test_only_acts_that_a_duty_wants_before_the_act_tested_give_an_order(
    require: str, before: tuple[str, ...]
) -> None:
    assert kinds_before(duty(require=require)) == before


@pytest.mark.parametrize(
    ("require", "expected"),
    [
        ("days(act.start, act.end) >= params.n", [("听证会", "at_least")]),
        ("lead_days(act.notice_date, act.date) >= params.n", [("公告", "lead")]),
        ("workdays(act.sent, first_meeting()) >= params.n", [("送审至集体讨论", "at_least")]),
        ("workdays(act.sent, act.done) <= params.n", [("送审至听证会", "within")]),
        ("act.attended >= 8", []),
        ("workdays_within(act.sent, act.done, 3) or act.attended >= params.n", [("出席人数", "at_least")]),
        ("act.postponed or (first_known(act.applicants >= params.m, True) and act.attended >= params.n)", [("出席人数", "at_least")]),
    ],
)  # fmt: skip
def test_a_number_says_what_it_counts_and_how(require: str, expected: list[tuple[str, str]]) -> None:
    found = thresholds(duty(require=require), SHIPPED)

    assert [(what.zh, sign) for what, sign, _ in found] == expected
    assert {param for *_, param in found} <= {"n"}


@pytest.mark.parametrize(
    ("require", "expected"),
    [
        ("days(act.start, act.end) >= params.n", [Period("days", "start", "end", "n")]),
        ("workdays(act.sent, first_meeting()) >= params.n or act.public", [Period("workdays", "sent", None, "n")]),
        ("any_of(acts('deliberation'), workdays(act.sent, it.date) >= params.n)", [Period("workdays", "sent", None, "n")]),
        ("days(act.start, act.end) <= params.n", []),
        ("first_date(act.start, act.end) >= params.n", []),
        ("days(act.start, act.end) >= 30", []),
        ("any_of(acts('hearing'), days(it.start, it.end) >= params.n)", []),
    ],
)  # fmt: skip
def test_a_least_span_runs_from_a_day_of_the_act_to_another_or_to_the_meeting(
    require: str, expected: list[Period]
) -> None:
    assert list(periods(duty(require=require))) == expected


def test_words_in_a_condition_are_changed_and_nothing_else() -> None:
    text = """act.kind in ["甲", '乙'] and act.days >= 30"""

    assert (
        with_words(text, lambda word: f"{word}'某") == 'act.kind in ["甲\'某", "乙\'某"] and act.days >= 30'
    )
