"""A snippet becomes a whole record by the few rules that the documentation states."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from decision_procedure.errors import UnusableInput
from decision_procedure.model.decision import Decision
from decision_procedure.ruletests.snippets import AS_OF, DAY, laid_over, read_snippet


def decision(**written: Any) -> Decision:
    return read_snippet(written, "x").decision


def test_the_base_record_is_a_county_government_on_the_catalogue_without_acts() -> None:
    found = read_snippet({}, "x")

    assert found.decision.body.level == "county"
    assert found.decision.catalogue is not None
    assert found.decision.catalogue.listed is True
    assert found.decision.acts == ()
    assert found.claims.as_of == AS_OF


def test_an_act_may_be_a_date_a_truth_value_null_or_a_list() -> None:
    found = decision(hearing=["2024-05-01", True, False, None, {"public": True}])

    assert [(act.id, act.held, str(act.date)) for act in found.acts] == [
        ("hearing", True, "2024-05-01"),
        ("hearing2", True, "None"),
        ("hearing3", False, "None"),
        ("hearing4", None, "None"),
        ("hearing5", True, "None"),
    ]


def test_an_act_without_a_day_of_its_own_took_place_on_the_usual_day() -> None:
    found = decision(public_comment={"end": "2024-07-01"}, filing=True, deliberation={"date": None})

    assert [str(act.anchor) for act in found.acts] == [DAY, DAY, "None"]


def test_traits_completeness_and_other_keys_go_where_a_record_has_them() -> None:
    found = decision(professional=True, complete=["hearing"], drafts=[{"id": "v1"}], as_of="2024-07-01")

    assert found.traits.professional is not None
    assert found.traits.professional.value is True
    assert found.complete is not None
    assert (found.complete.kinds, str(found.complete.up_to)) == (("hearing",), "2024-07-01")
    assert found.drafts[0].id == "v1"


def test_completeness_may_be_written_out() -> None:
    found = decision(complete={"kinds": ["all"], "up_to": "2024-01-31"})

    assert found.complete is not None
    assert str(found.complete.up_to) == "2024-01-31"


def test_documents_units_and_persons_of_the_base_can_be_named() -> None:
    found = decision(deliberation={"chief": "chief", "documents": ["minutes"], "unit": "bureau"})

    assert found.acts[0].documents == ("minutes",)


def test_a_snippet_overrides_what_is_given_field_by_field_and_other_forms_as_a_whole() -> None:
    given = {"hearing": {"public": True, "date": "2024-05-20"}, "complete": ["hearing"]}

    assert laid_over(given, {"hearing": {"public": None}}) == {
        "hearing": {"public": None, "date": "2024-05-20"},
        "complete": ["hearing"],
    }
    assert laid_over(given, {"hearing": False, "complete": []}) == {"hearing": False, "complete": []}
    assert given["hearing"] == {"public": True, "date": "2024-05-20"}


def test_a_local_instrument_is_tested_on_a_body_of_its_place() -> None:
    assert read_snippet({}, "x", "44").decision.body.code == "440000"


def test_claims_are_read_apart_from_the_record() -> None:
    claims = read_snippet({"as_of": "2024-02-01", "edge": True, "caps": ["general"]}, "x").claims

    assert (claims.as_of, claims.edge, claims.caps) == (date(2024, 2, 1), True, ("general",))


@pytest.mark.parametrize(
    "written",
    [
        {"hearnig": True},
        {"hearing": {"pubic": True}},
        {"hearing": [["2024-05-01"]]},
        {"as_of": "some day"},
        {"edge": "perhaps"},
        {"expect": "invalid"},
        {"case": "one language only"},
        {"complete": "everything"},
        {"deliberation": {"chief": "nobody"}},
    ],
)
def test_a_bad_snippet_is_refused(written: dict[str, Any]) -> None:
    with pytest.raises(UnusableInput):
        read_snippet(written, "x")
