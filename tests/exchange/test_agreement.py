"""Every format shows the same findings, is the same each time, and lets no text out unescaped."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import unicodedata
import weakref
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import HERE, HOSTILE, hostile, sample, worked, written

import decision_procedure as dp
from decision_procedure.exchange.escaping import json_text, xml_text
from decision_procedure.exchange.findings import FindingsView, findings
from decision_procedure.exchange.sarif import FINGERPRINT
from decision_procedure.exchange.writers import WRITERS
from decision_procedure.sources.characters import cell, spelt

Ids = Counter[tuple[str, str]]


def from_json(text: str) -> Ids:
    return Counter((f["rule"], f["fingerprint"]) for item in json.loads(text) for f in item["findings"])


def from_json_lines(text: str) -> Ids:
    items = [json.loads(line) for line in text.splitlines()]
    return Counter((f["rule"], f["fingerprint"]) for item in items for f in item["findings"])


def from_sarif(text: str) -> Ids:
    results = [r for r in json.loads(text)["runs"][0]["results"] if not r["ruleId"].startswith("advice.")]
    return Counter((r["ruleId"], r["partialFingerprints"][FINGERPRINT]) for r in results)


def from_junit(text: str) -> Ids:
    cases = ET.fromstring(text).iter("testcase")
    return Counter(
        (case.attrib["classname"], p.attrib["value"]) for case in cases for p in case.iter("property")
    )


def from_github(text: str) -> Ids:
    titles = re.findall(r"^::[a-z]+ .*?title=(.*?)::", text, re.MULTILINE)
    assert len(titles) == len(text.splitlines())
    return Counter(tuple(title.split(" ")) for title in titles)  # type: ignore[misc]


def from_gitlab(text: str) -> Ids:
    return Counter((item["check_name"], item["fingerprint"]) for item in json.loads(text))


def from_csv(text: str) -> Ids:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return Counter((row["rule"], row["fingerprint"]) for row in rows)


def from_ocel(text: str) -> Ids:
    found: Ids = Counter()
    for item in json.loads(text)["objects"]:
        if item["type"] == "finding":
            values = {value["name"]: value["value"] for value in item["attributes"]}
            found[values["rule"], item["id"].rpartition("/")[2]] += 1
    return found


READERS: dict[str, Callable[[str], Ids]] = {
    "json": from_json,
    "jsonl": from_json_lines,
    "sarif": from_sarif,
    "junit": from_junit,
    "github": from_github,
    "gitlab": from_gitlab,
    "csv": from_csv,
    "ocel": from_ocel,
}


def test_every_format_has_a_reader_here() -> None:
    assert set(READERS) == set(WRITERS)


@pytest.mark.parametrize("level", ["violated", "needs_judgement", "undetermined", "pending"])
def test_all_formats_show_the_same_identifiers_and_counts(level: str) -> None:
    reports, view = worked(FindingsView(least=level))
    expected = Counter((f.rule, f.fingerprint) for f in findings(reports, view))

    for form, read in READERS.items():
        assert read("".join(WRITERS[form](reports, view))) == expected, form


def test_the_findings_are_exactly_the_open_verdicts_and_the_notes() -> None:
    reports, view = worked(FindingsView(least="pending"))
    listed = list(findings(reports, view))

    verdicts = [v for _, r in reports for v in r.told if v.outcome in ("violated", "needs_judgement", "undetermined", "pending")]  # fmt: skip
    notes = [note for _, r in reports for note in r.waiver_notes]

    assert len(listed) == len(verdicts) + len(notes) + 1
    assert Counter(f.outcome for f in listed if not f.rule.startswith("waiver.")) == Counter(
        v.outcome for v in verdicts
    )


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_output_is_the_same_to_the_byte_each_time(form: str) -> None:
    assert written(form) == written(form, again=True)


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_output_is_written_as_the_reports_come(form: str) -> None:
    reports, view = worked()
    taken = 0

    def counted() -> Iterator[tuple[str, dp.Report]]:
        nonlocal taken
        for item in reports:
            taken += 1
            yield item

    chunks = WRITERS[form](counted(), view)
    for _ in range(3):
        next(chunks, None)

    assert taken < len(reports) or form == "ocel"


@pytest.mark.parametrize("form", sorted(WRITERS))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sample_report_is_written_as_it_always_was(form: str, lang: str) -> None:
    golden = HERE / "golden" / f"{lang}.{form}"

    text = "".join(WRITERS[form]([("示例县.yaml", sample())], FindingsView(lang=lang, least="pending")))

    shown = re.sub(r'"version": "\d+\.\d+\.\d+"\n', '"version": "…"\n', text)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(shown.encode())
    assert shown == golden.read_bytes().decode()


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_hostile_text_comes_out_harmless_in_every_format(form: str) -> None:
    text = "".join(WRITERS[form](hostile(), FindingsView(least="pending")))

    body = text.removeprefix("\ufeff") if form == "csv" else text
    bad = {c for c in body if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in "\r\n"}
    assert bad == set()
    assert READERS[form](text).total() > 5
    assert "]]>" not in text or form not in ("junit",)


def test_no_text_of_a_record_starts_a_workflow_command_or_a_formula() -> None:
    commands = "".join(WRITERS["github"](hostile(), FindingsView())).splitlines()
    table = "".join(WRITERS["csv"](hostile(), FindingsView()))

    assert all(re.match(r"::(error|warning|notice) file=[^:]*::", line) for line in commands)
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline="")))
    assert all(not value.startswith(tuple("=+-@\t\r")) for row in rows for value in row)
    assert any(value.startswith("'=1+1") for row in rows for value in row)


def test_json_keeps_hostile_text_to_the_letter() -> None:
    (report,) = json.loads("".join(WRITERS["json"](hostile(), FindingsView())))

    assert report["record"]["title"] == HOSTILE


@given(st.text())
def test_visible_text_is_one_line_of_printable_characters(text: str) -> None:
    shown = spelt(text)

    assert all(c.isprintable() or c in "\u3000\u00a0" for c in shown)
    assert spelt(shown) == shown


@given(st.text(st.characters(codec=None)) | st.text("\ud800\udc00\udfffa]>&<"))
def test_json_text_is_valid_unicode_and_reads_back_as_it_was(text: str) -> None:
    shown = json_text({"text": text})

    assert shown.encode()
    assert json.loads(shown)["text"] == json.loads(json.dumps(text))


@given(st.text(st.characters(codec=None)))
def test_xml_text_parses_as_content_and_as_an_attribute(text: str) -> None:
    element = ET.fromstring(f'<a b="{xml_text(text)}">{xml_text(text)}</a>')

    assert element.text in (spelt(text), None if not text else spelt(text))
    assert element.attrib["b"] == spelt(text)


@given(st.sampled_from(list("=+-@＝＋－＠\t\r")), st.text(" \u3000'", max_size=3), st.text())
def test_no_cell_starts_a_formula(sign: str, spaces: str, text: str) -> None:
    assert not cell(spaces + sign + text).lstrip(" \u3000\u00a0").startswith(tuple("=+-@＝＋－＠"))


@pytest.mark.parametrize("form", sorted(set(WRITERS) - {"ocel"}))
def test_a_report_that_was_written_is_let_go(form: str) -> None:
    source = sample()
    alive: list[weakref.ref[dp.Report]] = []

    def fresh() -> Iterator[tuple[str, dp.Report]]:
        for number in range(5):
            if number >= 2:
                assert alive[number - 2]() is None
            report = replace(source, as_of="2024-06-10")
            alive.append(weakref.ref(report))
            yield f"{number}.yaml", report
            del report

    for _ in WRITERS[form](fresh(), FindingsView()):
        pass

    assert len(alive) == 5
