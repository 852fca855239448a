"""The archive: a whole bag or none, and no bag believed that was touched."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import bagit
import pytest
from conftest import DAY

import decision_procedure as dp
from decision_procedure.errors import UnusableArgument, UnusableInput
from decision_procedure.keeping import archive as archiving
from decision_procedure.keeping.archive import read_bag
from decision_procedure.keeping.receipts.ed25519 import ed25519_signer, ed25519_verifier
from decision_procedure.keeping.receipts.forms import Dossier
from decision_procedure.keeping.receipts.signing import signature_holds

ON = date(2024, 10, 1)
NOTICE = "征求意见公告全文".encode()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "材料"
    (folder / "公告").mkdir(parents=True)
    (folder / "公告" / "征求 意见%0A.pdf").write_bytes(NOTICE)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return folder


def with_documents(clean: dict[str, Any], **changes: Any) -> dp.Report:
    data = copy.deepcopy(clean)
    data["documents"][0] |= {
        "location": "公告/征求 意见%0A.pdf",
        "sha256": hashlib.sha256(NOTICE).hexdigest(),
    } | changes
    data["documents"][1] |= {"location": "https://example.invalid/a.html"}
    data["documents"][2] |= {"location": "not/there.docx"}
    return dp.check(dp.parse_decision(json.dumps(data)), as_of=DAY)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_bag_holds_record_law_report_receipt_and_the_documents_found(
    clean: dict[str, Any], papers: Path, tmp_path: Path
) -> None:
    report = with_documents(clean)

    dp.archive(report, tmp_path / "bag", bagged_on=ON, documents=papers, formats={"report.txt": b"report"})

    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert bag.info["Bagging-Date"] == "2024-10-01"
    assert (tmp_path / "bag" / "bagit.txt").read_text().startswith("BagIt-Version: 1.0\n")
    data = tmp_path / "bag" / "data"
    index = {
        entry["id"]: entry for entry in json.loads((data / "documents.json").read_text(encoding="utf-8"))
    }
    kept = [entry for entry in index.values() if entry["kept"]]
    assert [(data / entry["file"]).read_bytes() for entry in kept] == [NOTICE]
    assert {path.name for path in (data / "report").iterdir()} == {
        "report.en.html",
        "report.en.txt",
        "report.txt",
        "report.zh.html",
        "report.zh.txt",
        "trail.en.txt",
        "trail.json",
        "trail.zh.txt",
    }
    assert (data / "rules" / "cn" / "cn-713.yaml").is_file()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".bag-")]


def test_a_bag_gives_back_its_dossier_and_replays(
    clean: dict[str, Any], papers: Path, tmp_path: Path
) -> None:
    report = with_documents(clean)
    dp.archive(report, tmp_path / "bag", bagged_on=ON, documents=papers)

    dossier = read_bag(tmp_path / "bag")

    sealed = dp.seal(report, nonce=dossier.nonce)
    assert replace(dossier.receipt, contents=None) == sealed.receipt
    assert (dossier.record, dossier.report, dossier.rules) == (sealed.record, sealed.report, sealed.rules)
    assert Dossier.from_json(dossier.to_json()) == dossier
    assert dp.replay(dossier).faithful


def test_a_signature_is_made_of_the_receipt_that_binds_the_bag_and_travels_in_it(
    clean: dict[str, Any], tmp_path: Path
) -> None:
    signer, public = ed25519_signer(bytes(range(32)))

    dp.archive(with_documents(clean), tmp_path / "bag", bagged_on=ON, signer=signer, key=public)

    bag = read_bag(tmp_path / "bag")
    assert bag.receipt.contents is not None
    assert bag.signature is not None
    assert signature_holds(bag.signature, bag.receipt.to_bytes(), ed25519_verifier(public))


def test_the_same_archive_is_the_same_to_the_byte(
    clean: dict[str, Any], papers: Path, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        dp.archive(with_documents(clean), tmp_path / name, bagged_on=ON, documents=papers, nonce="0" * 64)

    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize(
    "location",
    [
        "../secret.txt",
        "公告/../../secret.txt",
        "..\\secret.txt",
        "/etc/passwd",
        "C:\\secret.txt",
        "\\\\host\\x",
        "link",
        "公告",
    ],
)
def test_a_location_that_leads_elsewhere_is_refused_and_nothing_is_written(
    location: str, clean: dict[str, Any], papers: Path, tmp_path: Path
) -> None:
    (papers / "link").symlink_to(tmp_path / "secret.txt")
    before = sorted(path.name for path in tmp_path.iterdir())

    with pytest.raises(UnusableInput) as caught:
        dp.archive(with_documents(clean, location=location), tmp_path / "bag", bagged_on=ON, documents=papers)

    assert "documents[d-cat].location" in caught.value.text("zh")
    assert "secret" not in caught.value.text("zh")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_document_other_than_the_record_says_is_refused(
    clean: dict[str, Any], papers: Path, tmp_path: Path
) -> None:
    with pytest.raises(UnusableInput, match="sha256"):
        dp.archive(with_documents(clean, sha256="0" * 64), tmp_path / "bag", bagged_on=ON, documents=papers)

    assert not (tmp_path / "bag").exists()


def test_nothing_is_written_over_something(clean: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()

    with pytest.raises(UnusableArgument):
        dp.archive(with_documents(clean), tmp_path / "bag", bagged_on=ON)

    assert list((tmp_path / "bag").iterdir()) == []


def test_a_failure_on_the_way_leaves_nothing(
    clean: dict[str, Any], papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    report, before = with_documents(clean), sorted(path.name for path in tmp_path.iterdir())
    monkeypatch.setattr(archiving, "_tags", full)

    with pytest.raises(UnusableArgument, match="No space left"):
        dp.archive(report, tmp_path / "bag", bagged_on=ON, documents=papers)

    assert sorted(path.name for path in tmp_path.iterdir()) == before


# How the manifests are made anew is in test_bags_bound.py.


def change_a_byte(bag: Path) -> None:
    report = bag / "data" / "report.json"
    report.write_bytes(report.read_bytes().replace(b"satisfied", b"violated_", 1))


def add_a_file(bag: Path) -> None:
    (bag / "data" / "extra.txt").write_text("extra", encoding="utf-8")


def remove_a_file(bag: Path) -> None:
    (bag / "data" / "rules" / "register.yaml").unlink()


def link_out(bag: Path) -> None:
    (bag / "data" / "link").symlink_to("/etc/hostname")


def ask_for_a_fetch(bag: Path) -> None:
    (bag / "fetch.txt").write_text("https://example.invalid/x 1 data/x\n", encoding="utf-8")


def point_the_manifest_outside(bag: Path) -> None:
    (bag.parent / "bag2").mkdir()
    (bag.parent / "bag2" / "x").write_bytes(b"")
    with (bag / "manifest-sha256.txt").open("a") as manifest:
        manifest.write(f"{hashlib.sha256(b'').hexdigest()}  ../bag2/x\n")
    (bag / "manifest-sha512.txt").unlink()
    for path in bag.glob("tagmanifest-*"):
        path.unlink()


def empty_the_folder(bag: Path) -> None:
    for path in bag.iterdir():
        if path.is_file():
            path.unlink()


@pytest.mark.parametrize(
    "touch",
    [
        change_a_byte,
        add_a_file,
        remove_a_file,
        link_out,
        ask_for_a_fetch,
        point_the_manifest_outside,
        empty_the_folder,
    ],
)
def test_a_bag_that_was_touched_is_unusable_input(
    touch: Any, clean: dict[str, Any], papers: Path, tmp_path: Path
) -> None:
    dp.archive(with_documents(clean), tmp_path / "bag", bagged_on=ON, documents=papers)
    touch(tmp_path / "bag")

    with pytest.raises(UnusableInput):
        read_bag(tmp_path / "bag")


def test_the_working_folder_stays_and_no_file_name_is_logged(
    clean: dict[str, Any], papers: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = Path.cwd()
    dp.archive(with_documents(clean), tmp_path / "bag", bagged_on=ON, documents=papers)
    change_a_byte(tmp_path / "bag")

    with pytest.raises(UnusableInput):
        read_bag(tmp_path / "bag")

    assert Path.cwd() == before
    assert caplog.text == ""


def test_without_the_library_archiving_names_the_extra(
    clean: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "bagit", None)

    with pytest.raises(UnusableArgument, match=r"\[archive\]"):
        dp.archive(with_documents(clean), tmp_path / "bag", bagged_on=ON)

    assert list(tmp_path.iterdir()) == []


def test_documents_with_a_location_that_are_not_in_the_bag_are_returned_and_addresses_are_not(
    clean: dict[str, Any], papers: Path, tmp_path: Path
) -> None:
    absent = dp.archive(with_documents(clean), tmp_path / "bag", bagged_on=ON, documents=papers)

    assert [(item.document, item.location) for item in absent] == [("d-res", "not/there.docx")]
    assert "材料文件夹中没有此文件" in absent[0].text("zh")
    assert "no such file" in absent[0].text("en")


def test_without_a_folder_of_documents_every_document_with_a_location_is_told(
    clean: dict[str, Any], tmp_path: Path
) -> None:
    absent = dp.archive(with_documents(clean), tmp_path / "bag", bagged_on=ON)

    assert [item.document for item in absent] == ["d-cat", "d-res"]
    assert all("没有给出材料文件夹" in item.text("zh") for item in absent)


NAMES = ["cafe\u0301.pdf", "\u1112\u1161\u11ab\u1100\u1173\u11af.pdf", "Å/é.pdf", "公告/ü.pdf"]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize(("written", "stored"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_file_whose_name_differs_in_its_unicode_form_only_is_absent_and_said_to_be_that(
    name: str, written: Any, stored: Any, clean: dict[str, Any], tmp_path: Path
) -> None:
    folder = tmp_path / "材料"
    file = folder / unicodedata.normalize(stored, name)
    file.parent.mkdir(parents=True)
    file.write_bytes(NOTICE)
    clean["documents"][0]["location"] = unicodedata.normalize(written, name)
    report = dp.check(dp.parse_decision(json.dumps(clean)), as_of=DAY)

    (absent,) = dp.archive(report, tmp_path / "bag", bagged_on=ON, documents=folder)

    assert absent.document == "d-cat"
    assert "编码形式不同" in absent.text("zh")
    assert "another Unicode form" in absent.text("en")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_whose_name_is_written_as_in_the_record_is_in_the_bag(
    form: Any, clean: dict[str, Any], tmp_path: Path
) -> None:
    folder, name = tmp_path / "材料", unicodedata.normalize(form, "café.pdf")
    folder.mkdir()
    (folder / name).write_bytes(NOTICE)
    clean["documents"][0]["location"] = name
    report = dp.check(dp.parse_decision(json.dumps(clean)), as_of=DAY)

    assert dp.archive(report, tmp_path / "bag", bagged_on=ON, documents=folder) == ()


def test_a_location_in_the_line_about_it_cannot_hide_what_the_line_says(
    clean: dict[str, Any], tmp_path: Path
) -> None:
    clean["documents"][0]["location"] = "\u202efdp.\n::error::"

    (absent,) = dp.archive(
        dp.check(dp.parse_decision(json.dumps(clean)), as_of=DAY), tmp_path / "bag", bagged_on=ON
    )

    assert absent.text().isprintable()


def name_in_another_coding(data: Path, coding: str, written: str) -> None:
    """Add a file whose name is no UTF-8 and list it in manifests of a coding that can write such a name."""
    Path(os.fsdecode(os.fsencode(data) + b"/\xff")).write_bytes(b"")
    tag = data.parent / "bagit.txt"
    tag.write_text(tag.read_text("utf-8").replace("UTF-8", coding), "utf-8")
    for algorithm in ("sha256", "sha512"):
        manifest = data.parent / f"manifest-{algorithm}.txt"
        line = f"{hashlib.new(algorithm).hexdigest()}  data/{written}\n"
        manifest.write_text(manifest.read_text("utf-8") + line, "utf-8")
        (data.parent / f"tagmanifest-{algorithm}.txt").unlink()
    info = data.parent / "bag-info.txt"
    kept = [line for line in info.read_text("utf-8").splitlines() if not line.startswith("Payload-Oxum")]
    info.write_text("\n".join([*kept, ""]), "utf-8")


@pytest.mark.parametrize(
    "touch",
    [
        lambda data: data.joinpath(*"d" * 30).mkdir(parents=True),
        lambda data: data.parent.joinpath(*"d" * 30).mkdir(parents=True),
        lambda data: Path(os.fsdecode(os.fsencode(data) + b"/\xff")).write_bytes(b""),
        lambda data: name_in_another_coding(data, "UTF-7", "+3P8-"),
        lambda data: name_in_another_coding(data, "raw_unicode_escape", "\\udcff"),
    ],
    ids=["deep", "deep beside the payload", "no UTF-8", "in UTF-7", "in escapes"],
)
def test_a_bag_with_a_name_that_is_no_text_or_folders_too_deep_is_refused(
    touch: Callable[[Path], None], clean: dict[str, Any], papers: Path, tmp_path: Path
) -> None:
    dp.archive(with_documents(clean), tmp_path / "bag", bagged_on=ON, documents=papers)
    touch(tmp_path / "bag" / "data")

    with pytest.raises(UnusableInput, match="names not in UTF-8"):
        read_bag(tmp_path / "bag")


@pytest.mark.parametrize("name", ["", ".", "..", "../record.json", "../../../x", "a/b", "a\\b", "/x", "C:x"])
def test_a_form_of_the_report_stays_in_its_folder(name: str, clean: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(UnusableArgument, match="no name of a file"):
        dp.archive(with_documents(clean), tmp_path / "bag", bagged_on=ON, formats={name: b"x"})

    assert list(tmp_path.iterdir()) == []
