"""A name in every text of record, waivers and law of a place: none is left in any byte of any masked output."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.exchange.findings import FindingsView
from decision_procedure.exchange.graphml import graphml_text
from decision_procedure.exchange.prov import prov_text
from decision_procedure.exchange.writers import WRITERS
from decision_procedure.law.loading import load_pack
from decision_procedure.masking import WITHHELD, Masked
from decision_procedure.masking.name_folding import fold
from decision_procedure.results.waivers import load_waivers
from decision_procedure.sources import read_yaml
from decision_procedure.trails.matrix import matrix
from decision_procedure.trails.questions import last_gates, settling
from decision_procedure.trails.replies import gates_text, settling_text
from tools.fuzz.filled import filled, texts

DAY = date(2024, 12, 31)
SALT = bytes(range(16))
COUNTY = Path(__file__).parents[1] / "docs" / "county-rules" / "示例县-征求意见规定.yaml"
PERSON, SECOND, EXPERT, APPROVER, GRANTER, ALONE = "张三丰", "欧阳修文", "李四光", "王五六", "赵六七", "钱"
NAMES = (PERSON, SECOND, EXPERT, APPROVER, GRANTER)
IN_RECORD = (PERSON, SECOND, EXPERT, APPROVER)  # who stands in a file of waivers is known with the file only
EVERY = "、".join(NAMES)


def data(*, ids: str = "") -> dict[str, Any]:
    """Return a record with the names in every text, and, in `ids`, what stands in every identifier."""
    found = filled(lambda place: f"{EVERY}办理{place}", lambda name: f"{ids}{name}")
    found["body"] |= {"level": "county", "code": "999901"}
    posts = found["people"][0]["posts"]
    found["people"] = [
        {"id": f"{ids}pe", "name": PERSON, "posts": posts},
        {"id": f"{SECOND}二", "name": SECOND, "posts": posts},
    ]
    for act in found["acts"]:
        for expert in act.get("experts", ()):
            del expert["person"]
            expert["name"] = EXPERT
        if act["kind"] == "public_comment":
            act |= {"start": "2024-05-01", "end": "2024-05-10"}
    found["waivers"] = [
        {"duty": "cn-713.15.1c", "authority": APPROVER, "basis": EVERY, "date": "2024-05-01"},
        {"duty": f"{EVERY}的义务", "authority": APPROVER, "basis": EVERY, "date": "2024-05-01"},
    ]
    found["traits"]["wide_reach"]["value"] = True
    return found


def law_file() -> str:
    """Return a county's rules with the names in every text that takes them."""
    found = read_yaml(COUNTY.read_text(encoding="utf-8"), COUNTY.name).data
    for place in list(_places(found)):
        inner = found
        for part in place[:-1]:
            inner = inner[part]
        old = inner[place[-1]]
        inner[place[-1]] = f"{old} {EVERY}"
        try:
            load_pack(yaml.safe_dump(found, allow_unicode=True), "rules.yaml")
        except dp.BadPack:
            inner[place[-1]] = old
    return str(yaml.safe_dump(found, allow_unicode=True))


def _places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(item, (*place, key))
    elif isinstance(value, str):
        yield place


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("masking")
    (found / "rules").mkdir()
    (found / "rules" / "rules.yaml").write_text(law_file(), encoding="utf-8")
    for name, ids in (("plain", ""), ("named", PERSON)):
        (found / f"{name}.json").write_text(json.dumps(data(ids=ids), ensure_ascii=False), encoding="utf-8")
    return found


@lru_cache
def masked(folder: Path, name: str) -> tuple[Masked, Any]:
    law = dp.load_law(folder / "rules")
    found = dp.check(dp.load_decision(folder / f"{name}.json"), as_of=DAY, law=law)
    verdict = next(
        v for v in found.verdicts if v.outcome in ("violated", "needs_judgement", "undetermined") and v.act
    )
    waiver = {
        "approver": GRANTER,
        "basis": EVERY,
        "document": EVERY,
        "date": "2024-05-01",
        "expires": "2030-01-01",
    }
    file = folder / f"{name}-waivers.json"
    waivers = [
        waiver | {"record": found.decision.id, "duty": verdict.duty, "act": verdict.act},
        waiver | {"record": found.decision.id, "duty": f"{EVERY}的义务", "act": None, "id": f"{PERSON}w"},
    ]
    file.write_text(json.dumps({"schema": 1, "waivers": waivers}, ensure_ascii=False), encoding="utf-8")
    found = dp.check(
        dp.load_decision(folder / f"{name}.json"), as_of=DAY, law=law, waivers=load_waivers(file)
    )
    assert found.waiver_notes
    assert EVERY in found.to_json()
    return dp.mask(found, salt=SALT), law


def outputs(item: Masked, law: Any, *langs: str) -> Iterator[tuple[str, bytes]]:
    """Yield everything that can be written from a masked report in these languages."""
    report, own = item.report, item.law(law)
    trail = dp.trail(item, law)
    yield "json", report.to_json().encode()
    yield "trail.json", trail.to_json().encode()
    yield "graphml", graphml_text(trail).encode()
    yield "prov", prov_text(trail).encode()
    procedure = dp.procedure(report.decision, own)
    cells = matrix(report, procedure)
    for lang in langs:
        yield f"trail.{lang}", trail.text(lang).encode()
        yield f"matrix.{lang}", (cells.text(lang) + cells.csv(lang)).encode()
        yield (
            f"gates.{lang}",
            gates_text(last_gates(report, trail, procedure), trail, procedure, lang).encode(),
        )
        yield f"settling.{lang}", settling_text(settling(trail), trail, lang).encode()
        yield f"text.{lang}", dp.as_text(report, lang=lang, law=own).encode()
        yield f"html.{lang}", dp.as_html(report, lang=lang, law=own).encode()
        yield f"docx.{lang}", dp.as_word(report, lang=lang, law=own)
        yield f"sheet.{lang}", dp.as_review_sheet(report, lang=lang, law=own)
        yield f"xlsx.{lang}", dp.as_excel([("a.json", report)], lang=lang, law=own)
        for kind in ("status", "timeline", "procedure", "trail"):
            source = trail if kind == "trail" else report
            yield f"{kind}.{lang}", dp.diagram(source, kind=kind, lang=lang, law=own).svg.encode()
        for form, write in WRITERS.items():
            yield (
                f"{form}.{lang}",
                "".join(write([("a.json", report)], FindingsView(lang=lang, least="pending"))).encode(),
            )


def files(content: bytes) -> Iterator[str]:
    """Yield what a file holds as text, the members of an archive one by one."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield archive.read(name).decode("utf-8", "replace")
        return
    yield content.decode("utf-8")


def readings(text: str) -> Iterator[str]:
    escaped = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)
    for read in dict.fromkeys((text, unquote(text), html.unescape(text), escaped)):
        yield unicodedata.normalize("NFC", read)
        yield fold(read)


def assert_no_name(kind: str, content: bytes, names: tuple[str, ...] = NAMES) -> None:
    for text in files(content):
        for read in readings(text):
            for name in names:
                place = read.find(name)
                assert place < 0, (kind, name, read[max(0, place - 60) : place + 40])


@pytest.mark.parametrize(("name", "langs"), [("plain", ("zh", "en")), ("named", ("zh",))])
def test_no_name_is_left_in_any_byte_of_any_masked_output(
    folder: Path, name: str, langs: tuple[str, ...]
) -> None:
    item, law = masked(folder, name)

    for kind, content in outputs(item, law, *langs):
        assert_no_name(kind, content)


def test_the_same_outputs_unmasked_hold_the_names_so_that_the_search_can_fail(folder: Path) -> None:
    law = dp.load_law(folder / "rules")
    found = dp.check(dp.load_decision(folder / "plain.json"), as_of=DAY, law=law)

    kinds = [
        kind
        for kind, content in outputs(Masked(found, {}, {}), law, "zh")
        if any(PERSON in read for text in files(content) for read in readings(text))
    ]

    assert {"json", "trail.json", "trail.zh", "html.zh", "docx.zh", "xlsx.zh", "status.zh"} <= set(kinds)


@pytest.mark.parametrize("kind", ["text", "json", "graphml", "prov"])
def test_the_command_for_trails_leaves_no_name(folder: Path, kind: str) -> None:
    words = [
        "trail",
        str(folder / "plain.json"),
        "--as-of",
        "2024-12-31",
        "--rules",
        str(folder / "rules"),
        "--mask",
    ]

    assert_no_name(kind, CliRunner().invoke(app, [*words, "--format", kind]).stdout.encode(), IN_RECORD)


@pytest.mark.parametrize("kind", ["status", "timeline", "trail"])
def test_the_command_for_diagrams_leaves_no_name(folder: Path, kind: str, tmp_path: Path) -> None:
    words = [
        kind,
        str(folder / "plain.json"),
        "--as-of",
        "2024-12-31",
        "--rules",
        str(folder / "rules"),
        "--mask",
    ]

    result = CliRunner().invoke(app, ["diagram", *words, "--output", str(tmp_path / "a.svg"), "--plain"])

    assert result.exit_code == 0, result.output
    assert_no_name(kind, (tmp_path / "a.svg").read_bytes(), IN_RECORD)


def test_the_law_of_a_place_is_masked_and_keeps_its_sense(folder: Path) -> None:
    item, law = masked(folder, "plain")
    own = item.law(law)
    assert item.law(law) is own  # masked once, whoever asks

    before, after = (
        next(pack for pack in found.packs if pack.head.place == "999901") for found in (law, own)
    )

    assert not any(
        name in text for text in texts(after.source.data if after.source else {}) for name in NAMES
    )
    assert [rule.id for rule in after.rules] == [rule.id for rule in before.rules]
    assert [pack for pack in own.packs if pack.head.place != "999901"] == [
        pack for pack in law.packs if pack.head.place != "999901"
    ]


def test_law_that_names_nobody_stays_as_it_is() -> None:
    law = dp.load_law(COUNTY)
    item = dp.mask(dp.check(dp.parse_decision(json.dumps(data())), as_of=DAY, law=law))

    assert item.law(law) is law


def test_the_verdicts_are_those_of_the_unmasked_report(folder: Path) -> None:
    item, law = masked(folder, "named")
    found = dp.check(dp.load_decision(folder / "named.json"), as_of=DAY, law=law)

    assert [(v.duty, v.outcome) for v in sorted(item.report.verdicts)] == [
        (v.duty, v.outcome) for v in sorted(found.verdicts)
    ]


def test_who_granted_a_waiver_shows_as_a_pseudonym_or_as_the_unit_that_it_is(folder: Path) -> None:
    item, _ = masked(folder, "plain")
    record = data()
    record["waivers"] = [dict(record["waivers"][0], authority="示例县司法局")]
    record["units"][0]["name"] = "示例县司法局"
    unit = dp.mask(dp.check(dp.parse_decision(json.dumps(record)), as_of=DAY), salt=SALT)

    assert {waiver.authority for waiver in item.report.decision.waivers} < item.openings.keys()
    assert {opening.name for opening in item.openings.values()} >= {APPROVER, GRANTER, EXPERT}
    assert unit.report.decision.waivers[0].authority == "示例县司法局"


def test_a_waiver_of_a_known_duty_still_says_which(folder: Path) -> None:
    item, _ = masked(folder, "plain")

    assert item.report.decision.waivers[0].duty == "cn-713.15.1c"
    assert PERSON not in item.report.decision.waivers[1].duty


def test_no_fingerprint_of_unmasked_content_is_left_in_a_masked_report(folder: Path) -> None:
    law = dp.load_law(folder / "rules")
    found = dp.check(dp.load_decision(folder / "plain.json"), as_of=DAY, law=law)
    verdict = next(v for v in found.verdicts if v.outcome == "violated" and v.act)
    grant = {
        "approver": GRANTER,
        "basis": "x",
        "document": "x",
        "date": "2024-05-01",
        "expires": "2030-01-01",
    }
    record = data()
    file = folder / "unpinned.json"
    named = {"record": record["id"], "duty": verdict.duty, "act": verdict.act}
    file.write_text(json.dumps({"schema": 1, "waivers": [grant | named]}), encoding="utf-8")
    waived = dp.check(dp.load_decision(folder / "plain.json"), as_of=DAY, law=law, waivers=load_waivers(file))

    (note,) = [note for note in waived.waiver_notes if note.kind == "unpinned"]
    shown = [note for note in dp.mask(waived).report.waiver_notes if note.kind == "unpinned"]

    assert note.zh.split()[-1] not in shown[0].zh
    assert all(note.waiver != other.waiver for other in shown)


def test_a_name_of_one_character_in_a_waiver_withholds_its_texts() -> None:
    record = data()
    record["people"][0]["name"] = ALONE
    record["waivers"][0]["basis"] = f"{ALONE}县长批准"

    item = dp.mask(dp.check(dp.parse_decision(json.dumps(record)), as_of=DAY), salt=SALT)

    assert item.report.decision.waivers[0].basis == WITHHELD


@pytest.mark.parametrize(
    "identifier",
    [
        "violated",
        "chief",
        "passed",
        "direct",
        "cn-713",
        "open",
        "acts[a].x",
        "a]b",
        "x.y[0]",
        "duty",
        "waiver",
    ],
)
def test_an_identifier_that_is_a_word_of_the_library_or_a_place_does_no_harm(identifier: str) -> None:
    record = data()
    text = json.dumps(record, ensure_ascii=False)
    record = json.loads(text.replace('"pe"', json.dumps(identifier)))
    found = dp.check(dp.parse_decision(json.dumps(record)), as_of=DAY)

    item = dp.mask(found, salt=SALT)

    assert [(v.duty, v.outcome, v.act) for v in item.report.verdicts] == [
        (v.duty, v.outcome, v.act) for v in found.verdicts
    ]
    assert {c.kind for c in item.report.conclusions} == {c.kind for c in found.conclusions}
    assert dp.trail(item).to_json()
