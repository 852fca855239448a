"""The kinds of input that the library reads from outside, each with what is done with one."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import decision_procedure as dp
from decision_procedure import rules
from decision_procedure.cli.report import FORMATS
from decision_procedure.diagrams import building
from decision_procedure.errors import FaultyInput
from decision_procedure.keeping.ledger.store import Ledger
from decision_procedure.keeping.receipts.digests import Digest
from decision_procedure.law.loading import load_pack
from decision_procedure.model.keys import names_below
from decision_procedure.results.baseline import BaselineFile, accept, baseline_text
from decision_procedure.sources import read_yaml
from tools.fuzz import doors
from tools.fuzz.cases import BAD, ROOT, RUNNING, Case, Kind, commands, data_of, formed, record_text
from tools.fuzz.filled import filled
from tools.fuzz.mutation import Pool, changed, scratched, written
from tools.fuzz.records import RECORDS, in_chinese, mutated

_REPORTS = " ".join(FORMATS)
_CHECKS = formed(
    ("check", "FILE"), "json jsonl", (), ("--details", "--explain"), ("--quiet",), ("--statistics", "--lang", "en"),
    ("--assume-complete", "--lang", "en"), ("--details", "--lang", "en"),
)  # fmt: skip
_ON_RECORDS = [
    *_CHECKS, *_CHECKS,
    *formed(("report", "FILE", "--level", "pending", "--output", "out"), _REPORTS, ("--format", "html", "--lang", "en")),
    *formed(
        ("trail", "FILE"), "text json graphml prov", ("--last-gate",), ("--settle",), ("--matrix",), ("--lang", "en"),
        ("--mask",), ("--mask", "--format", "json"), ("--matrix", "--format", "csv"),
    ),
    *[("diagram", kind, "FILE", "--output", f"out.{form}", "--plain") for kind in building.KINDS for form in ("svg", "dot", "json", "mmd", "bpmn")],
    ("explain", "FILE", "cn-713.25.2a", "--steps"), ("explain", "FILE", "cn-713.15.1c", "--lang", "en"),
    ("receipt", "FILE"), ("archive", "FILE", "--output", "bag", "--documents", "."),
    ("masked", "FILE"), ("everything", "FILE"),
    *formed(("plan", "FILE", "--meetings", "每月第二个星期三"), "text json svg", ("--days", "--slip", "9", "--lang", "en"), ("--target", "2024-12-30")),
    *formed(("repair", "FILE"), "text json docx xlsx"), *formed(("ask", "FILE"), "text json docx xlsx"),
    *formed(("deadlines", "FILE"), "text json html xlsx ics"), ("new", "copy.yaml", "--from", "FILE"), ("new", "copy.xlsx", "--from", "FILE"),
    ("fmt", "FILE"), ("fmt", "FILE", "--lang", "en"),
]  # fmt: skip

# --- records --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _records() -> list[dict[str, Any]]:
    return [*RECORDS.values(), filled(), filled(lambda place: f"{place} 张三丰:", lambda name: f"{name}~1")]


@lru_cache(maxsize=1)
def _record_pool() -> Pool:
    return Pool(_records())


def _record(source: Random) -> Case:
    data = source.choice(_records())
    if source.random() < 0.4:  # still readable, whatever else is changed
        data, _ = mutated(source.choice([*RECORDS.values()]), source, source.randint(0, 6))
    data = changed(data, source, _record_pool(), source.choice((0, 1, 1, 2, 3, 8)))
    suffix = source.choice((".json", ".json", ".yaml", ".jsonl"))
    text = written(in_chinese(data) if source.random() < 0.2 else data, source, suffix)
    if suffix == ".jsonl":
        text = (text + b"\n") * source.choice((1, 2))
    file = f"案卷{suffix}"
    return Case({file: text}, commands(source, _ON_RECORDS, 3, FILE=file))


# --- waivers and baselines ------------------------------------------------------------------------------------

_ON_WAIVERS = [
    *formed(("check", "record.json", "--waivers", "FILE"), "json", (), ("--quiet",), ("--details", "--lang", "en")),
    *formed(("report", "record.json", "--waivers", "FILE", "--output", "out"), _REPORTS),
    ("waivers", "renew", "FILE", "--record", "record.json"),
]  # fmt: skip
_ON_BASELINES = [
    *formed(("report", "record.json", "--baseline", "FILE", "--output", "out"), _REPORTS),
    ("report", "record.json", "--baseline", "FILE", "--update-baseline"),
    ("waivers", "renew", "FILE", "--record", "record.json"),
]  # fmt: skip


@lru_cache(maxsize=1)
def _waivers() -> list[Any]:
    shipped = data_of(ROOT / "docs" / "waivers.yaml")
    old = {**shipped, "fingerprints": 1}
    return [shipped, old, {"schema": 1, "waivers": shipped["waivers"] * 3}]


def _waiver(source: Random) -> Case:
    data = changed(source.choice(_waivers()), source, Pool(_waivers()), source.choice((1, 1, 2, 4)))
    file = source.choice(("waivers.yaml", "waivers.json"))
    files = {file: written(data, source, Path(file).suffix), "record.json": record_text(BAD)}
    return Case(files, commands(source, _ON_WAIVERS, 2, FILE=file))


@lru_cache(maxsize=1)
def _baselines() -> list[Any]:
    report = dp.check(dp.parse_decision(record_text(BAD).decode()), as_of=date(2024, 9, 30))
    data = json.loads(baseline_text(accept(report)))
    return [data, {name: data.get(key) for name, key in names_below(BaselineFile).items() if key in data}]


def _baseline(source: Random) -> Case:
    data = changed(source.choice(_baselines()), source, Pool(_baselines()), source.choice((1, 1, 2, 4)))
    files = {"baseline.json": written(data, source, ".json"), "record.json": record_text(BAD)}
    return Case(files, commands(source, _ON_BASELINES, 2, FILE="baseline.json"))


# --- law ------------------------------------------------------------------------------------------------------

_ON_PACKS = [
    ("rules", "lint", "p/FILE"), ("rules", "test", "p/FILE"), ("rules", "coverage", "p/FILE"),
    ("rules", "list", "--rules", "p"), ("rules", "show", "fuzz", "--rules", "p"), ("rules", "lint", "p/FILE"),
    ("check", "record.json", "--rules", "p", "--details"), ("check", "record.json", "--rules", "p", "--details", "--explain"),
    ("report", "record.json", "--rules", "p", "--format", "html", "--output", "out"),
    ("report", "record.json", "--rules", "p", "--format", "docx", "--output", "out"),
    ("report", "record.json", "--rules", "p", "--format", "sarif", "--output", "out"),
    ("trail", "record.json", "--rules", "p"), ("trail", "record.json", "--rules", "p", "--mask"),
    ("diagram", "status", "record.json", "--rules", "p", "--output", "out.svg", "--plain"),
    ("diagram", "procedure", "record.json", "--rules", "p", "--output", "out.svg", "--plain"),
    ("diagram", "procedure", "record.json", "--rules", "p", "--output", "out.bpmn", "--plain"),
    ("receipt", "record.json", "--rules", "p"),
]  # fmt: skip


_PLACES = {"national": "cn", "province": "42", "city": "4202", "county": "420222"}


@lru_cache(maxsize=1)
def _packs() -> list[Any]:
    """Return the shipped instruments and those of counties, each under another name and for other places.

    Of the examples of a duty one of each list is kept: to run all of the largest is a lot of work, and no hang.
    """
    shipped = [read_yaml(rules.text(name), name).data for name in rules.instrument_names()]
    counties = [data_of(file) for file in sorted((ROOT / "docs" / "county-rules").glob("*.yaml"))]
    found: list[Any] = json.loads(json.dumps(shipped + counties * 5))
    for pack in found:
        pack["head"] |= {"id": "fuzz", "place": _PLACES[pack["head"]["level"]]}
        for part in (*pack.get("duties", ()), *pack.get("order", ())):
            examples = part.get("examples", {})
            examples |= {name: cases[:1] for name, cases in examples.items() if isinstance(cases, list)}
    return found


@lru_cache(maxsize=1)
def _pack_pool() -> Pool:
    return Pool(_packs())


def _pack(source: Random) -> Case:
    data = source.choice(_packs())
    if source.random() < 0.6:
        data = _still_loaded(data, source, source.randint(1, 12))
    else:
        data = changed(data, source, _pack_pool(), source.choice((1, 1, 2, 3)))
    record = RECORDS[source.choice(("示例县-全部合规", BAD))]
    record = {**record, "body": {**record["body"], "code": "420222"}}
    files = {"p/规定.yaml": written(data, source, ".yaml"), "record.json": json.dumps(record).encode()}
    return Case(files, commands(source, _ON_PACKS, 2, **{"p/FILE": "p/规定.yaml"}))


def _still_loaded(data: Any, source: Random, times: int) -> Any:
    """Return an instrument file with as many changes as leave it one."""
    for _ in range(times):
        other = changed(data, source, _pack_pool(), 1)
        try:
            load_pack(written(other, Random(0), ".yaml").decode("utf-8"), "fuzz.yaml")
        except (FaultyInput, UnicodeDecodeError):
            continue
        data = other
    return data


# --- receipts, bags, ledgers ----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _dossiers() -> list[Any]:
    names = (BAD, RUNNING)
    records = [dp.parse_decision(json.dumps(RECORDS[name], ensure_ascii=False)) for name in names]
    return [json.loads(dp.seal(dp.check(record, as_of=date(2024, 9, 30))).to_json()) for record in records]


@lru_cache(maxsize=1)
def _inner_pool() -> Pool:
    return Pool([json.loads(dossier[name]) for dossier in _dossiers() for name in ("record", "report")])


def _forged(data: dict[str, Any], source: Random) -> dict[str, Any]:
    """Return a dossier in which one of its texts was changed, mostly with the fingerprint that then fits."""
    data = json.loads(json.dumps(data))
    name = source.choice(("record", "report", "rules"))
    if name == "rules":
        file = source.choice([*data["rules"]])
        holder, place, digests = data["rules"], file, data["receipt"]["rules"]
        text = scratched(holder[file].encode(), source).decode("utf-8", "replace")
    else:
        holder, place, digests = data, name, data["receipt"]
        inner = changed(json.loads(data[name]), source, _inner_pool(), source.choice((1, 2, 4)))
        text = written(inner, source, ".json").decode("utf-8", "replace")
    holder[place] = text
    if source.random() < 0.8:
        digest = Digest.of(text.encode())
        digests[place] = {"sha256": digest.sha256, "sm3": digest.sm3}
    return data


def _dossier(source: Random) -> Case:
    data = source.choice(_dossiers())
    if source.random() < 0.6:
        data = _forged(data, source)
    else:
        slim = {**data, "rules": dict(source.sample(sorted(data["rules"].items()), 2))}
        data = changed(slim, source, Pool([slim]), source.choice((1, 1, 2, 4)))
    commands = [("replay", "卷宗.json"), ("ledger", "append", "ledger", "--new", "卷宗.json")]
    return Case({"卷宗.json": written(data, source, ".json")}, tuple(commands))


@lru_cache(maxsize=1)
def _bag_files() -> dict[str, bytes]:
    data = json.loads(record_text(BAD))
    data["documents"][0]["location"] = "草案.txt"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "草案.txt").write_text("甲", encoding="utf-8")
        report = dp.check(dp.parse_decision(json.dumps(data)), as_of=date(2024, 9, 30))
        dp.archive(report, folder / "bag", bagged_on=date(2024, 10, 1), documents=folder)
        files = sorted(file for file in (folder / "bag").rglob("*") if file.is_file())
        return {str(file.relative_to(folder / "bag")): file.read_bytes() for file in files}


_NAMES = (
    "data/x",
    "x",
    "data/rules/x.yaml",
    "data/documents/é",
    "tagmanifest-md5.txt",
    "fetch.txt",
    "data/signature.json",
)


def _bag(source: Random) -> Case:
    files = dict(_bag_files())
    for _ in range(source.choice((1, 1, 2, 3))):
        name = source.choice([*files])
        if files[name] == _bag_files().get(name) and name.endswith(".json") and source.random() < 0.7:
            data = changed(json.loads(files[name]), source, _inner_pool(), source.choice((1, 1, 2)))
            files[name] = written(data, source, ".json")
        elif source.random() < 0.2:
            del files[name]
        elif source.random() < 0.4:
            files[source.choice(_NAMES)] = files[name]
        else:
            files[name] = scratched(files[name], source)
    if source.random() < 0.7:
        _bind_again(files)
    return Case({f"bag/{name}": data for name, data in files.items()}, (("read_bag", "bag"),))


def _bind_again(files: dict[str, bytes]) -> None:
    """Make the manifests of a bag fit what is in it."""
    for algorithm in ("sha256", "sha512"):
        for manifest, inside in (
            (f"manifest-{algorithm}.txt", True),
            (f"tagmanifest-{algorithm}.txt", False),
        ):
            if manifest in files:
                lines = [
                    f"{hashlib.new(algorithm, data).hexdigest()}  {name}\n"
                    for name, data in sorted(files.items())
                    if name.startswith("data/") is inside and not name.startswith("tagmanifest")
                ]
                files[manifest] = "".join(lines).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=1)
def _ledger_file() -> tuple[str, bytes]:
    with tempfile.TemporaryDirectory() as name:
        ledger = Ledger(Path(name) / "ledger")
        ledger.create()
        ledger.append([json.dumps(dossier["receipt"]).encode() for dossier in _dossiers()])
        return ledger.file.name, ledger.file.read_bytes()


def _ledger(source: Random) -> Case:
    name, data = _ledger_file()
    receipt = json.dumps(_dossiers()[0]["receipt"]).encode()
    commands = [
        ("ledger", "verify", "ledger"), ("ledger", "show", "ledger", "1", "2"), ("ledger", "prove", "ledger", "--entry", "2"),
        ("ledger", "prove", "ledger", "--since", "1"), ("ledger", "append", "ledger", "receipt.json"),
    ]  # fmt: skip
    files = {f"ledger/{name}": scratched(data, source), "receipt.json": receipt}
    return Case(files, tuple(source.sample(commands, 3)))


KINDS: Mapping[str, Kind] = {
    name: Kind(name, make)
    for name, make in {
        "record": _record, "waiver": _waiver, "baseline": _baseline, "pack": _pack,
        "dossier": _dossier, "bag": _bag, "ledger": _ledger,
        "catalogue": doors.catalogue, "published": doors.published, "answers": doors.answers, "form": doors.form,
    }.items()
}  # fmt: skip
WARMING = Case(
    {"r.json": record_text(BAD)}, commands(Random(0), _ON_RECORDS, len(_ON_RECORDS), FILE="r.json")
)
