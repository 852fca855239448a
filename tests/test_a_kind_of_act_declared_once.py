"""A kind of act that only its class declares: every output takes it, and its references are checked like any other's."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest
from conftest import DAY, record, report
from outputs import OUTPUTS

import decision_procedure as dp
from decision_procedure.model.acts import ACT_CLASSES, Act
from decision_procedure.model.base import IDENTIFIER, ActRef, Identifier, Part, PersonRef, UnitRef
from decision_procedure.model.consistency import disagreements
from decision_procedure.model.dates import PartialDate
from decision_procedure.model.decision import Decision
from decision_procedure.model.parts import parts_of
from decision_procedure.model.references import lists_of, references_of
from decision_procedure.render.text.names import Names


class Witness(Part):
    """A member of the throw-away kind."""

    who: PersonRef | None = None
    sent_by: UnitRef | None = None


class Inspection(Act):
    """现场踏勘: a kind of act that nothing but this class knows."""

    kind: Literal["site_inspection"] = "site_inspection"
    inspectors: tuple[PersonRef, ...] = ()
    host: UnitRef | None = None
    after: ActRef | None = None
    pointer: Identifier | None = None
    witnesses: tuple[Witness, ...] = ()


def decision_with(**fields: Any) -> Decision:
    """The record of many breaches with an act of the throw-away kind."""
    plain = report(record("示例县-多处不合规")).decision
    act = Inspection(**{"id": "look", "date": PartialDate.on(DAY.replace(month=3, day=8)), **fields})
    return plain.model_copy(update={"acts": (*plain.acts, act)})


GOOD: dict[str, Any] = {
    "unit": "zj", "by": ("p-zj",), "inspectors": ("p-chief", "p-vice"), "host": "cz", "after": "comment",
    "pointer": "zj", "witnesses": (Witness(who="p-cz", sent_by="cz"),),
}  # fmt: skip


# That the throw-away class is not among those of a record is no fault of what is tested here.
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings:UserWarning")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", OUTPUTS)
def test_every_output_takes_a_kind_of_act_without_a_label(form: str, lang: str) -> None:
    found = dp.check(decision_with(**GOOD), as_of=DAY)

    text = OUTPUTS[form](found, lang)

    assert text
    if form in ("html", "json", "ocel"):
        assert "site_inspection" in text


def test_the_checks_of_other_acts_stay_as_they_are() -> None:
    plain, more = report(record("示例县-多处不合规")), dp.check(decision_with(**GOOD), as_of=DAY)

    assert [(item.duty, item.act, item.outcome) for item in more.verdicts] == [
        (item.duty, item.act, item.outcome) for item in plain.verdicts
    ]


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings:UserWarning")
@pytest.mark.parametrize("date", [None, PartialDate.on(DAY.replace(year=2030)), PartialDate.on(DAY)])
@pytest.mark.parametrize("held", [True, False, None])
def test_such_an_act_may_be_undated_planned_denied_or_announced(
    held: bool | None, date: PartialDate | None
) -> None:
    found = dp.check(decision_with(held=held, date=date), as_of=DAY)

    for form in ("html", "text", "pictures", "ocel"):
        assert OUTPUTS[form](found, "zh")


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"unit": "nobody"}, ("unit",)),
        ({"by": ("p-zj", "nobody")}, ("by", 1)),
        ({"documents": ("none",)}, ("documents", 0)),
        ({"draft": "v99"}, ("draft",)),
        ({"inspectors": ("p-chief", "zj")}, ("inspectors", 1)),  # a unit is no person
        ({"host": "p-chief"}, ("host",)),  # nor a person a unit
        ({"host": "elsewhere"}, ("host",)),
        ({"after": "never"}, ("after",)),
        ({"pointer": "nothing"}, ("pointer",)),
        ({"witnesses": (Witness(who="nobody"),)}, ("witnesses", 0, "who")),
        ({"witnesses": (Witness(), Witness(sent_by="p-cz"))}, ("witnesses", 1, "sent_by")),
    ],
)
def test_what_such_an_act_refers_to_must_be_in_the_record(
    fields: dict[str, Any], path: tuple[str | int, ...]
) -> None:
    decision = decision_with(**{**GOOD, **fields})

    found = disagreements(decision, list(parts_of(decision)))

    assert [item.path for item in found] == [("acts", len(decision.acts) - 1, *path)]


def test_a_record_whose_references_are_all_there_agrees_with_itself() -> None:
    decision = decision_with(**GOOD)

    assert disagreements(decision, list(parts_of(decision))) == ()


def test_what_such_an_act_names_is_told_by_name() -> None:
    names = Names(decision_with(**GOOD), "zh")

    assert names.value(["p-chief", "p-vice"], ("look", "inspectors")) == "甲、乙"
    assert names.value("cz", ("look", "host")) == "示例县财政局"


@pytest.mark.parametrize("kind", sorted(ACT_CLASSES))
def test_every_identifier_of_the_kinds_that_ship_says_what_it_names(kind: str) -> None:
    model = ACT_CLASSES[kind]

    for part in (model, *lists_of(model).values()):
        assert {target for _, target in references_of(part)} <= {
            "units",
            "people",
            "documents",
            "drafts",
            "acts",
        }
    assert dict(references_of(model)).items() >= {
        "unit": "units", "by": "people", "documents": "documents", "draft": "drafts", "for_": "acts",
    }.items()  # fmt: skip


def test_no_identifier_of_the_record_itself_is_without_what_it_names() -> None:
    def models(kind: Any, seen: set[Any]) -> None:
        if isinstance(kind, type) and issubclass(kind, Part) and kind not in seen:
            seen.add(kind)
            for field in kind.model_fields.values():
                models(field.annotation, seen)
        for part in getattr(kind, "__args__", ()):
            models(part, seen)

    seen: set[Any] = set()
    models(Decision, seen)

    assert len(seen) > 40
    assert {target for model in seen for _, target in references_of(model)} <= {
        "units", "people", "documents", "drafts", "acts",
    }  # fmt: skip


def test_the_files_of_the_model_declare_no_reference_as_a_bare_identifier() -> None:
    for file in sorted(Path(dp.__file__).parent.joinpath("model").rglob("*.py")):
        for line in file.read_text(encoding="utf-8").splitlines():
            assert ": Identifier" not in line or line.strip().startswith("id: Identifier"), (file.name, line)
    assert IDENTIFIER
