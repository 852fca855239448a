"""Everything in a bag is bound by its receipt: what was touched shows, though every manifest was made anew."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import bagit
import pytest
from conftest import DAY, record
from receipts.form_1 import bag_of_form_1
from typer.testing import CliRunner

import decision_procedure as dp
from decision_procedure.cli.main import app
from decision_procedure.keeping.archive import read_bag
from decision_procedure.keeping.ledger.store import Ledger
from decision_procedure.keeping.receipts.checks import check_lines
from decision_procedure.keeping.receipts.digests import Digest
from decision_procedure.keeping.receipts.ed25519 import ed25519_signer, ed25519_verifier
from decision_procedure.keeping.receipts.forms import Dossier

ON = date(2024, 10, 1)
SIGNER, PUBLIC = ed25519_signer(bytes(range(32)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signed bag with one document whose sha256 the record states and one whose it does not."""
    folder = tmp_path_factory.mktemp("bag")
    (folder / "目录.pdf").write_bytes("目录全文".encode())
    (folder / "调研.docx").write_bytes("调研报告全文".encode())
    data = record("示例县-全部合规")
    data["documents"][0] |= {
        "location": "目录.pdf",
        "sha256": hashlib.sha256("目录全文".encode()).hexdigest(),
    }
    data["documents"][2] |= {"location": "调研.docx"}
    report = dp.check(dp.parse_decision(json.dumps(data)), as_of=DAY)
    dp.archive(report, folder / "bag", bagged_on=ON, documents=folder, signer=SIGNER, key=PUBLIC)
    return folder / "bag"


@pytest.fixture
def bag(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "bag"))


def remanifest(bag: Path) -> None:
    """Make every manifest and the size anew, so that the bag is a valid one of whatever is in it."""
    payload = [path.relative_to(bag) for path in (bag / "data").rglob("*") if path.is_file()]
    payload.sort(key=lambda path: path.parts)
    lines = (bag / "bag-info.txt").read_text("utf-8").splitlines()
    octets = sum((bag / path).stat().st_size for path in payload)
    lines[-1] = f"Payload-Oxum: {octets}.{len(payload)}"
    (bag / "bag-info.txt").write_text("\n".join([*lines, ""]), "utf-8")
    tagged = [
        Path(name) for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt")
    ]
    for kind, paths in (("manifest", payload), ("tagmanifest", tagged)):
        for algorithm in ("sha256", "sha512"):
            found = [
                f"{hashlib.new(algorithm, (bag / path).read_bytes()).hexdigest()}  {path.as_posix()}\n"
                for path in paths
            ]
            (bag / f"{kind}-{algorithm}.txt").write_text("".join(found), "utf-8")
    bagit.Bag(str(bag)).validate()


def relist(bag: Path) -> None:
    """Make the list of contents anew as well: all that a forger can who lets the receipt stand."""
    data = bag / "data"
    contents = json.loads((data / "contents.json").read_text("utf-8"))
    names = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    contents["files"] = {
        name: {
            kind: hashlib.new(kind, (data / name).read_bytes()).hexdigest() for kind in ("sha256", "sha512")
        }
        for name in sorted(names - {"contents.json", "receipt.json", "signature.json", "nonce.json"})
    }
    text = json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (data / "contents.json").write_text(text, "utf-8")


def document(bag: Path, suffix: str) -> Path:
    return next((bag / "data" / "documents").glob(f"*.{suffix}"))


def swap_page(bag: Path) -> None:
    page = bag / "data" / "report" / "report.zh.html"
    page.write_text(page.read_text("utf-8").replace("合规", "不合规"), "utf-8")


def swap_text(bag: Path) -> None:
    (bag / "data" / "report" / "report.zh.txt").write_text("全部合规\n", "utf-8")


def swap_trail(bag: Path) -> None:
    (bag / "data" / "report" / "trail.json").write_text("{}", "utf-8")


def drop_page(bag: Path) -> None:
    (bag / "data" / "report" / "report.en.html").unlink()


def add_page(bag: Path) -> None:
    (bag / "data" / "report" / "opinion.docx").write_bytes(b"forged")


def swap_unhashed_document(bag: Path) -> None:
    """Put another document in the place of one without sha256, under its own hash, and tell it in the index."""
    old, new = document(bag, "docx"), hashlib.sha256(b"forged").hexdigest()
    old.with_name(f"{new}.docx").write_bytes(b"forged")
    old.unlink()
    index = bag / "data" / "documents.json"
    index.write_text(index.read_text("utf-8").replace(old.stem, new), "utf-8")


def swap_hashed_document(bag: Path) -> None:
    document(bag, "pdf").write_bytes(b"forged")


def drop_documents(bag: Path) -> None:
    shutil.rmtree(bag / "data" / "documents")


def empty_index(bag: Path) -> None:
    (bag / "data" / "documents.json").write_text("[]", "utf-8")


def deny_documents(bag: Path) -> None:
    """Say that no document was found, and take them out."""
    drop_documents(bag)
    index = bag / "data" / "documents.json"
    entries = json.loads(index.read_text("utf-8"))
    for entry in entries:
        entry["kept"] = False
        entry.pop("file", None)
    index.write_text(json.dumps(entries, ensure_ascii=False, sort_keys=True, separators=(",", ":")), "utf-8")


def rename_in_index(bag: Path) -> None:
    index = bag / "data" / "documents.json"
    entries = json.loads(index.read_text("utf-8"))
    entries[0]["title"] = "另一份文件"
    index.write_text(json.dumps(entries, ensure_ascii=False, sort_keys=True, separators=(",", ":")), "utf-8")


def add_to_payload(bag: Path) -> None:
    (bag / "data" / "extra.txt").write_text("extra", "utf-8")


def add_to_documents(bag: Path) -> None:
    name = hashlib.sha256(b"extra").hexdigest()
    (bag / "data" / "documents" / f"{name}.txt").write_bytes(b"extra")


def add_rule(bag: Path) -> None:
    (bag / "data" / "rules" / "cn" / "zz.yaml").write_text("a: 1\n", "utf-8")


def add_tag(bag: Path) -> None:
    (bag / "note.txt").write_text("extra", "utf-8")


def add_folder(bag: Path) -> None:
    (bag / "data" / "某某").mkdir()


def drop_tag_manifests(bag: Path) -> None:
    for path in bag.glob("tagmanifest-*"):
        path.unlink()


def swap_record(bag: Path) -> None:
    file = bag / "data" / "record.json"
    file.write_text(file.read_text("utf-8").replace("2024-03-", "2024-02-"), "utf-8")


def mark_record(bag: Path) -> None:
    """Put a byte order mark, which reading takes away, before a text."""
    file = bag / "data" / "record.json"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())


def space_receipt(bag: Path) -> None:
    file = bag / "data" / "receipt.json"
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")


def redate(bag: Path) -> None:
    info = bag / "bag-info.txt"
    info.write_text(info.read_text("utf-8").replace("2024-10-01", "2023-10-01"), "utf-8")


def drop_nonce(bag: Path) -> None:
    (bag / "data" / "nonce.json").unlink()


def other_nonce(bag: Path) -> None:
    (bag / "data" / "nonce.json").write_text(f'"{"0" * 64}"', "utf-8")


def drop_contents(bag: Path) -> None:
    (bag / "data" / "contents.json").unlink()


def unbind_contents(bag: Path) -> None:
    """Put the receipt of the same report that is of no bag in the place of that of the bag."""
    file = bag / "data" / "receipt.json"
    data = json.loads(file.read_text("utf-8"))
    del data["contents"]
    file.write_text(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")), "utf-8")


TOUCHES = [
    swap_page, swap_text, swap_trail, drop_page, add_page, swap_unhashed_document, swap_hashed_document,
    drop_documents, empty_index, deny_documents, rename_in_index, add_to_payload, add_to_documents, add_rule,
    add_tag, add_folder, swap_record, mark_record, space_receipt, redate, drop_nonce, other_nonce, drop_contents,
    unbind_contents,
]  # fmt: skip
# What nothing binds in form 1, and what is only in form 2.
NOT_IN_FORM_1 = {
    swap_page, swap_text, swap_trail, drop_page, add_page, swap_unhashed_document, deny_documents, redate,
    drop_nonce, other_nonce, drop_contents, unbind_contents,
}  # fmt: skip


@pytest.mark.parametrize("touch", TOUCHES, ids=lambda touch: touch.__name__)
def test_a_bag_that_was_touched_is_refused_though_its_manifests_were_made_anew(
    touch: Callable[[Path], None], bag: Path
) -> None:
    touch(bag)
    remanifest(bag)

    with pytest.raises(dp.UnusableInput):
        read_bag(bag)


@pytest.mark.parametrize(
    "touch",
    [touch for touch in TOUCHES if touch not in (drop_contents, unbind_contents)],
    ids=lambda touch: touch.__name__,
)
def test_it_is_refused_though_the_list_of_contents_was_made_anew_too(
    touch: Callable[[Path], None], bag: Path
) -> None:
    touch(bag)
    relist(bag)
    remanifest(bag)

    with pytest.raises(dp.UnusableInput):
        read_bag(bag)


@pytest.mark.parametrize(
    "touch", [touch for touch in TOUCHES if touch not in NOT_IN_FORM_1], ids=lambda touch: touch.__name__
)
def test_a_bag_of_form_1_is_refused_for_what_can_be_seen_in_it(
    touch: Callable[[Path], None], tmp_path: Path
) -> None:
    bag = bag_of_form_1(tmp_path)
    touch(bag)
    remanifest(bag)

    with pytest.raises(dp.UnusableInput):
        read_bag(bag)


def test_a_bag_of_form_1_takes_no_file_of_form_2(tmp_path: Path) -> None:
    bag = bag_of_form_1(tmp_path)
    remanifest(bag)
    assert read_bag(bag)
    (bag / "data" / "nonce.json").write_text(f'"{"0" * 64}"', "utf-8")
    remanifest(bag)

    with pytest.raises(dp.UnusableInput, match=r"nonce\.json"):
        read_bag(bag)


def test_manifests_made_anew_of_the_same_files_are_the_same_and_without_those_of_tags_it_is_refused(
    bag: Path,
) -> None:
    remanifest(bag)
    assert read_bag(bag)

    drop_tag_manifests(bag)
    with pytest.raises(dp.UnusableInput, match="tagmanifest"):
        read_bag(bag)


def test_what_is_wrong_is_named(bag: Path) -> None:
    swap_page(bag)
    add_to_payload(bag)
    remanifest(bag)

    with pytest.raises(dp.UnusableInput) as caught:
        read_bag(bag)

    assert {"report/report.zh.html", "extra.txt"} <= {fault.key for fault in caught.value.faults}


def test_who_makes_the_receipt_anew_as_well_is_shown_by_signature_and_ledger(
    bag: Path, tmp_path: Path
) -> None:
    entered = read_bag(bag).receipt.to_bytes()
    ledger = Ledger(tmp_path / "ledger")
    ledger.create()
    ledger.append([entered])
    reseal(bag)

    forged = read_bag(bag)

    assert ("signature", "failed") in forged.checks(ed25519_verifier(PUBLIC))
    assert ledger.entries(1, 1) != [forged.receipt.to_bytes()]
    found = CliRunner().invoke(app, ["ledger", "find", str(tmp_path / "ledger"), str(bag)])
    assert (found.exit_code, found.output) == (1, f"∅ {bag}\n")
    told = CliRunner().invoke(app, ["replay", str(bag), "--public-key", PUBLIC])
    assert told.exit_code == 1
    assert "不符或者没有：签名" in told.output


def reseal(bag: Path, **texts: str) -> None:
    """Make everything anew that needs no key: texts of the payload, the list, the receipt and the manifests."""
    data = bag / "data"
    swap_page(bag)
    for name, text in texts.items():
        (data / f"{name}.json").write_text(text, "utf-8")
    relist(bag)
    receipt = json.loads((data / "receipt.json").read_text("utf-8"))
    nonce = json.loads((data / "nonce.json").read_text("utf-8"))
    for name in (*texts, "contents"):
        if name in receipt:
            digest = Digest.behind(nonce, (data / f"{name}.json").read_text("utf-8"))
            receipt[name] = {"sha256": digest.sha256, "sm3": digest.sm3}
    raw = json.dumps(receipt, sort_keys=True, separators=(",", ":")).encode()
    (data / "receipt.json").write_bytes(raw)
    info = (bag / "bag-info.txt").read_text("utf-8").splitlines()
    info[2] = f"External-Identifier: sha256:{hashlib.sha256(raw).hexdigest()}"
    (bag / "bag-info.txt").write_text("\n".join([*info, ""]), "utf-8")
    remanifest(bag)


@pytest.mark.parametrize(
    "texts",
    [
        {"record": "{}"}, {"record": "[]"}, {"record": '{"documents": 3}'}, {"record": '{"documents": [1]}'},
        {"record": '{"documents": [{"id": 1}]}'}, {"record": '{"documents": []}'}, {"record": "{"},
        {"documents": "{}"}, {"documents": "3"}, {"documents": "[1, 2]"}, {"documents": "{"},
        {"documents": '[{"id": "d-cat", "kept": true, "file": "../../etc/passwd"}]'},
        {"record": '{"documents": [{"id": "a"}]}', "documents": '[{"id": "a", "kept": true, "file": []}]'},
        {"record": '{"documents": [{"id": "a"}]}', "documents": '[{"id": "a", "kept": 1.5}]'},
    ],
    ids=str,
)  # fmt: skip
def test_a_bag_forged_with_all_its_fingerprints_is_refused_never_a_crash(
    texts: dict[str, str], bag: Path
) -> None:
    reseal(bag, **texts)

    with pytest.raises(dp.UnusableInput):
        read_bag(bag)


@pytest.mark.parametrize("name", ["nonce", "contents", "signature", "receipt"])
@pytest.mark.parametrize("text", ["{}", "3", '"x"', "[", "[[[]]]", '{"files": {}}'])
def test_a_file_of_another_form_is_refused(name: str, text: str, bag: Path) -> None:
    (bag / "data" / f"{name}.json").write_text(text, "utf-8")
    remanifest(bag)

    with pytest.raises(dp.UnusableInput):
        read_bag(bag)


def test_a_bag_says_what_was_verified_and_whether_the_signature_was(bag: Path) -> None:
    found = read_bag(bag)

    assert [*check_lines(found.checks(), "en")] == [
        "verified: the record, the report, the law, the manifests of the bag, every file of the bag",
        "not verified: the signature (no key was given), whether a ledger holds the receipt (hold it against the ledger)",
    ]
    assert ("signature", "verified") in found.checks(ed25519_verifier(PUBLIC))
    assert ("contents", "verified") in dp.replay(found).checks
    assert ("contents", "unchecked") in Dossier.from_json(found.to_json()).checks()


def test_the_command_replays_a_bag_and_enters_it_in_a_ledger(bag: Path, tmp_path: Path) -> None:
    def call(*words: object) -> Iterator[object]:
        result = CliRunner().invoke(app, [str(word) for word in words])
        yield from (result.exit_code, result.output)

    status, text = call("replay", bag, "--public-key", PUBLIC)
    entered, _ = call("ledger", "append", tmp_path / "ledger", bag, "--new")

    assert (status, entered) == (0, 0)
    assert "归档包全部文件、签名" in str(text)
    assert [*call("ledger", "find", tmp_path / "ledger", bag)] == [0, f"1 {bag}\n"]


def test_a_manifest_without_end_is_refused_unread(bag: Path) -> None:
    with (bag / "manifest-sha256.txt").open("r+b") as file:
        file.truncate(10**12)  # on the disk it takes no room

    with pytest.raises(dp.UnusableInput, match=r"manifest-sha256\.txt"):
        read_bag(bag)
