"""Dependencies: each with its bounds, its licence in the table, and the oldest versions at hand for a run of the tests."""

from __future__ import annotations

import pytest
from packaging.requirements import Requirement

from tools import dependencies


def test_every_requirement_names_a_lowest_version_and_a_major_version_that_is_too_new() -> None:
    assert dependencies.unbounded() == []


@pytest.mark.parametrize("item", sorted(set(dependencies.required())))
def test_what_is_oldest_is_allowed_and_the_next_major_version_is_not(item: str) -> None:
    wanted = Requirement(item)
    (version,) = {
        line.partition("==")[2] for line in dependencies.oldest() if line.startswith(f"{wanted.name}==")
    }
    bounds = {bound.operator: bound.version for bound in wanted.specifier}

    assert wanted.specifier.contains(version)
    assert bounds.keys() in ({"=="}, {">=", "<"})
    assert not wanted.specifier.contains(bounds.get("<", "9999"))


def test_every_direct_dependency_of_a_user_is_in_the_table_of_licences() -> None:
    names = {
        dependencies.canonical(Requirement(item).name)
        for item in dependencies.required(dependencies.DISTRIBUTED)
    }

    assert names <= dependencies.listed().keys()


def test_what_is_installed_has_the_licence_that_the_table_says() -> None:
    assert list(dependencies.differences(unlisted=False)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MIT License", {"MIT"}), ("BSD License", {"BSD"}), ("Apache-2.0 OR BSD-3-Clause", {"Apache", "BSD"}),
        ("lGPLv3", {"GPL"}), ("Mozilla Public License 2.0 (MPL 2.0)", {"MPL"}), ("none declared", set()), ("MIT-0", {"MIT"}),
    ],
)  # fmt: skip
def test_licences_are_compared_by_their_families(text: str, expected: set[str]) -> None:
    assert dependencies.families(text) == expected


def test_the_commands_print_and_tell_by_their_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dependencies.main(["oldest"]) == 0
    assert "pydantic==2.11" in capsys.readouterr().out.splitlines()

    monkeypatch.setattr(dependencies, "installed", lambda: {"pydantic": "GPL-3.0", "other": ""})

    assert dependencies.main(["licences"]) == 1
    assert "other: not in dependencies.md" in capsys.readouterr().out
    assert dependencies.main([]) == 2
