"""What the library makes of texts of a rule file may be longer than a text that is written: no error of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from county_samples import COUNTY_RULES, STRICT, county_record
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.errors import FaultyInput

GOOD = (COUNTY_RULES / STRICT).read_text(encoding="utf-8")
LONG = "长" * 2000


def with_steps(one: str, other: str, name: str) -> str:
    """Return the county's rules with two steps, one before the other, whose identifiers and name are given."""
    steps = "".join(
        f'  - {{id: {step}, name: {{zh: "{name}", en: "{name}"}}, kinds: [{kind}], phase: first, bearer: CU}}\n'
        for step, kind in ((one, "drafting"), (other, "filing"))
    )
    order = f"  - {{before: {one}, after: {other}, article: 第三条, strength: implied}}\n"
    return GOOD.replace("duties:", f"steps:\n{steps}order:\n{order}duties:", 1)


TEXTS = {
    "names of steps": with_steps("one", "two", LONG),
    "identifiers of steps": with_steps("o" * 41, "t" * 41, "环节"),
    "both": with_steps("o" * 41, "t" * 41, LONG),
    "places claimed as missing": GOOD.replace('missing: ["', f'missing: ["{LONG}", "{LONG}", "', 1),
    "many acts of an example": GOOD.replace(
        "public_comment: {start: 2024-03-01, end: 2024-04-15}",
        "public_comment: [" + ", ".join(["{}"] * 90) + "]",
    ),
    "an example that cannot be read": GOOD.replace(
        "public_comment: {start: 2024-03-01", f'public_comment: {{"{LONG}": 2024-03-01'
    ),
}


@pytest.mark.parametrize("command", ["rules lint", "rules test", "rules coverage", "check"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_long_texts_make_no_internal_error(text: str, command: str, tmp_path: Path) -> None:
    assert text != GOOD
    path = tmp_path / "rules" / "规定.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    words = (
        [str(path)]
        if command != "check"
        else [str(county_record(tmp_path)), "--rules", str(path), "--details"]
    )

    error = CliRunner().invoke(app, [*command.split(), *words]).exception

    assert error is None or isinstance(error, SystemExit | FaultyInput), error


def test_the_order_of_steps_with_long_names_is_tested(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").write_text(TEXTS["both"], encoding="utf-8")
    law = dp.load_law(tmp_path / "rules")

    report = dp.check(dp.load_decision(county_record(tmp_path)), as_of=date(2024, 9, 30), law=law)

    (duty,) = [name for name in report.duties if "order.ooo" in name]
    assert str(report.duties[duty].text.zh).count("长") == 4000
