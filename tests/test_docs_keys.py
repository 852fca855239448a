"""What the documents list is what the code has: keys of rule files and snippets, kinds, formats, options."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel

from decision_procedure.cli.main import app
from decision_procedure.cli.report import FORMATS
from decision_procedure.diagrams.building import KINDS
from decision_procedure.law.head import Head
from decision_procedure.law.pack import Examples, PackFile
from decision_procedure.model.acts import ACT_CLASSES
from decision_procedure.model.traits import Traits
from decision_procedure.results.waivers import NOTES
from decision_procedure.ruletests.running import SECTIONS
from decision_procedure.ruletests.snippets import Claims, read_snippet
from decision_procedure.sources import read_yaml

DOCS = Path(__file__).parent.parent / "docs"


def cells(page: str, head: str) -> list[str]:
    """The first cells of the table of a page whose head begins with a cell."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {head} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(line.split(" | ")[0].removeprefix("| ").removesuffix(" |"))
    return rows


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]*)`", cell)


def named(cells_: list[str]) -> list[str]:
    """The keys that cells name: without an example of their value."""
    return [text.partition(":")[0].partition(" ")[0] for cell in cells_ for text in quoted(cell)]


def fields(model: type[BaseModel], seen: set[type] | None = None) -> Iterator[str]:
    """Every key of a model and of the models inside it, by its name in files."""
    seen = set() if seen is None else seen
    seen.add(model)
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in _models(field.annotation):
            if inner not in seen:
                yield from fields(inner, seen)


def _models(kind: object) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in typing.get_args(kind):
        yield from _models(part)


def test_the_claims_of_a_snippet_are_listed_and_no_others() -> None:
    assert named(cells("writing-rules.md", "键 key")) == list(Claims.model_fields)


def test_the_lists_of_examples_are_those_of_a_duty() -> None:
    found = named(cells("writing-rules.md", "列表 list"))

    assert found == list(SECTIONS)
    assert set(found) <= set(Examples.model_fields)


@pytest.mark.parametrize(
    "written", [text for cell in cells("writing-rules.md", "写法 written") for text in quoted(cell)]
)
def test_each_way_of_writing_a_snippet_can_be_read(written: str) -> None:
    inside = written.startswith("documents:")  # stands inside an act
    text = f"hearing: {{{written}}}" if inside else written

    snippet = read_snippet(read_yaml(text, "page").data, "page")

    assert snippet.decision.acts or snippet.decision.traits is not None
    (key,) = named([f"`{written}`"])
    assert inside or key in {*ACT_CLASSES, *Traits.model_fields, "complete"}


@pytest.mark.parametrize("name", named(cells("county-rules.md", "键 key")))
def test_each_key_that_the_page_on_county_rules_names_is_a_key_of_rule_files(name: str) -> None:
    head, dot, inner = name.rpartition(".")

    assert head in ("", "head")
    assert inner in (Head.model_fields if dot else set(fields(PackFile)))


@pytest.mark.parametrize(
    ("page", "head", "known"),
    [
        ("waivers.md", "规则 rule", [f"waiver.{kind}" for kind in NOTES]),
        ("diagrams.md", "图种 kind", [*KINDS]),
    ],
)  # fmt: skip
def test_a_table_lists_all_that_there_is_and_nothing_else(page: str, head: str, known: list[str]) -> None:
    assert sorted(named(cells(page, head))) == sorted(known)


@pytest.mark.parametrize("page", ["results.md", "office.md"])
def test_each_format_that_a_page_lists_is_one_of_the_command(page: str) -> None:
    found = named(cells(page, "`--format`"))

    assert found
    assert set(found) <= {*FORMATS}


def test_every_format_of_reports_is_listed_on_a_page() -> None:
    found = [name for page in ("results.md", "office.md") for name in named(cells(page, "`--format`"))]

    assert sorted(found) == sorted(FORMATS)


def test_each_option_of_check_that_the_page_lists_is_one() -> None:
    check = typer.main.get_command(app).commands["check"]  # type: ignore[attr-defined]
    known = {option for item in check.params for option in item.opts}

    found = [text for text in named(cells("command-line.md", "选项 option")) if text.startswith("--")]

    assert found
    assert set(found) <= known


def test_each_command_that_the_page_lists_is_one() -> None:
    known = typer.main.get_command(app).commands  # type: ignore[attr-defined]

    found = [quoted(cell)[0].split() for cell in cells("command-line.md", "命令 command")]

    for command in found:
        assert command[0] in known
        inner = getattr(known[command[0]], "commands", None)
        assert inner is None or command[1] in inner


KEY = re.compile(r"^\s*(?:- \{?)?([a-z_]+):", re.MULTILINE)
BLOCKS = [
    (page.name, block)
    for page in sorted(DOCS.rglob("*.md"))
    for block in re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    if "require:" in block or "examples:" in block
]


@pytest.mark.parametrize(("page", "block"), BLOCKS, ids=[name for name, _ in BLOCKS])
def test_the_keys_of_every_rule_shown_on_a_page_are_keys_of_rule_files(page: str, block: str) -> None:
    known = {*fields(PackFile), *Claims.model_fields, *ACT_CLASSES}

    assert set(KEY.findall(block)) <= known


def test_a_key_that_is_none_would_be_found() -> None:
    assert "unnamed" not in {*fields(PackFile), *Claims.model_fields}
    assert named(["`unnamed: true`"]) == ["unnamed"]
