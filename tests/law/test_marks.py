"""Properties over all law that ships: unverified text is never a breach, what is open says what it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decision_procedure.errors import UnusableInput
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.ruletests.running import snippets, used_by, verdicts
from decision_procedure.ruletests.snippets import Snippet

PACKS = standard_law().packs


def cases(section: str) -> Iterator[tuple[Pack, Rule, Snippet]]:
    for pack in PACKS:
        for rule in pack.rules:
            for _, listed, snippet in snippets(pack, rule):
                if listed == section and not isinstance(snippet, UnusableInput):
                    yield pack, rule, snippet


FAILING, OPEN = [*cases("fail")], [*cases("unknown")]


@settings(deadline=None)
@given(case=st.sampled_from(FAILING), mark=st.sampled_from(["R", "?", "draft"]))
def test_no_duty_with_an_unverified_mark_ever_yields_a_breach(
    case: tuple[Pack, Rule, Snippet], mark: str
) -> None:
    pack, _, snippet = case
    recalled = replace(pack, rules=tuple(replace(rule, mark=mark) for rule in pack.rules))

    found = verdicts(Law((recalled, *used_by(pack, PACKS))), snippet)

    assert found
    assert all(verdict.outcome != "violated" for verdict in found)
    assert all("mark" in verdict.caps for verdict in found if verdict.caps)


@settings(deadline=None)
@given(case=st.sampled_from(OPEN))
def test_what_is_undetermined_names_what_is_missing_or_why(case: tuple[Pack, Rule, Snippet]) -> None:
    pack, _, snippet = case

    found = verdicts(Law((pack, *used_by(pack, PACKS))), snippet)

    open_ones = [verdict for verdict in found if verdict.outcome == "undetermined"]
    assert all(verdict.missing or verdict.reasons for verdict in open_ones)


@pytest.mark.parametrize(
    ("identifier", "place"),
    [
        ("16.3b", "acts[hearing].list_published"),
        ("25.1a", "drafts[v2].materially_changed"),
        ("36.2", "acts(expert_review, risk_assessment)"),
    ],
)
def test_an_open_duty_of_the_regulation_names_the_place(identifier: str, place: str) -> None:
    named = {
        name
        for pack, rule, snippet in OPEN
        if rule.id == f"cn-713.{identifier}"
        for verdict in verdicts(Law((replace(pack, rules=(rule,)),)), snippet)
        for name in verdict.missing
    }

    assert place in named
