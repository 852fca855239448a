"""A decision's file for the archive: a BagIt bag (RFC 8493) of receipt, record, law, report and documents.

`data/contents.json` lists every other file of the payload, and the receipt in the bag binds that list: who signs
the receipt or enters it in a ledger vouches for the whole bag. The tag files follow from the payload and are
written here, in version 1.0 of the format; `bagit` writes 0.97 and changes the working folder of the process. It
judges every bag, before a new one appears under its name and whenever one is read.
"""

from __future__ import annotations

import hashlib
import logging
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from pathlib import Path, PureWindowsPath
from types import ModuleType
from typing import Annotated, Any

from pydantic import ConfigDict, StringConstraints, TypeAdapter

from decision_procedure.errors import Fault, UnusableArgument, UnusableInput
from decision_procedure.keeping.papers import (
    FOLDER,
    Absent,
    Found,
    absent_among,
    documents_of,
    hash_of,
    located,
    misindexed,
    stored,
)
from decision_procedure.keeping.receipts.canonical import canonical_json
from decision_procedure.keeping.receipts.checks import Check
from decision_procedure.keeping.receipts.digests import Digest, Hex64
from decision_procedure.keeping.receipts.forms import Day, Dossier, Receipt, Short, read_form
from decision_procedure.keeping.receipts.materials import package_version
from decision_procedure.keeping.receipts.sealing import Seal, with_contents
from decision_procedure.keeping.receipts.signing import Signature
from decision_procedure.sources import read_file, read_json
from decision_procedure.sources.faults import MAX_BYTES, shown

_ABSENT = (
    "归档需要安装附加组件 archiving needs the extra `archive`: pip install 'decision-procedure[archive]'"
)
_ALGORITHMS = ("sha256", "sha512")
_DEEPEST = 20
_INFO = re.compile(r"Bag-Software-Agent: (?P<software>.*)\nBagging-Date: (?P<day>.*)\n")

Hashes = dict[str, dict[str, str]]
"""The hashes of each file of a payload, by its path in `data/` and the name of the algorithm."""


@dataclass(frozen=True)
class Contents:
    """The list of the files in a bag, and what its tag files say beside it."""

    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)

    bagged_on: Day
    software: Short
    files: Mapping[str, Mapping[str, Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64}){1,2}$")]]]


@dataclass(frozen=True, eq=False)
class Bag(Dossier):
    """The dossier in a bag; `parts` says what of the bag was verified beside it, and what not."""

    parts: tuple[Check, ...] = ()

    def _beside(self) -> tuple[Check, ...]:
        return self.parts


def write_bag(
    dossier: Dossier,
    folder: Path,
    *,
    documents: Path | None,
    formats: Mapping[str, bytes],
    bagged_on: date,
    how: Seal | None = None,
) -> tuple[Absent, ...]:
    """Write a bag at `folder`, which must not exist; it appears whole or not at all. Return what is not in it.

    `formats` are further forms of the report, by plain file name. `documents` is the folder that locations in the
    record start from; None: no document is looked for. Documents are stored under their SHA-256, and
    `data/documents.json` says which is which, and which were not found: those with a location in the record are
    returned, but for addresses on the web, which are never looked for. The receipt in the bag is that of the
    dossier and binds every file of the bag as well; it is signed as `how` says, since a signature of the dossier
    is of another receipt; None: unsigned. Raises UnusableArgument when the folder exists or the dossier is altered,
    incomplete or of form 1, or a name among `formats` leads elsewhere, UnusableInput for every location that leads out of `documents`, is no plain file, or
    holds another document than the record says.
    """
    library = _library()
    if folder.exists() or folder.is_symlink():
        raise UnusableArgument(f"目标已存在 there is something already at {folder}")
    kept = {check.what: check.state for check in dossier.checks()}
    if not kept["record"] == kept["report"] == kept["law"] == "verified":
        raise UnusableArgument(
            "卷宗不完整或者与回执不符 the dossier is incomplete or does not fit its receipt"
        )
    if odd := [name for name in formats if PureWindowsPath(name).name != name or name in ("", ".", "..")]:
        raise UnusableArgument(f"不是文件名 no name of a file: {', '.join(shown(name) for name in odd)}")
    if dossier.nonce is None:
        raise UnusableArgument(
            "第 1 版的回执不能约束归档包 a receipt of form 1 cannot bind a bag: seal the report anew"
        )
    found = located(documents_of(dossier.record or ""), documents)
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".bag-", dir=folder.parent))
    try:
        _write_payload(staging / "data", dossier, found, formats)
        _write_seal(staging / "data", dossier, bagged_on, how or Seal())
        _close(staging)
        _validate(library, staging)
        staging.rename(folder)
    except OSError as error:
        raise UnusableArgument(f"无法写入 cannot write {folder}: {error.strerror}") from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return tuple(absent_among(found, documents))


def read_bag(folder: Path) -> Bag:
    """Return the dossier in a bag, after every file was held against the manifests and the receipt.

    What was verified, and what not, say its `checks`: in a bag of form 1 nothing binds the other forms of the report
    and the documents whose hash the record does not state. Raises UnusableInput for a bag that is incomplete,
    changed, or holds a file that nothing accounts for, a link, a name that is no text, or files to be fetched.
    """
    library = _library()
    _refuse_strange(folder)
    _validate(library, folder)
    data = folder / "data"
    receipt = Receipt.from_json(read_file(data / "receipt.json"), "receipt.json")
    dossier = Dossier(
        receipt=receipt,
        record=read_file(data / "record.json"),
        report=read_file(data / "report.json"),
        rules={name: read_file(data / "rules" / name) for name in receipt.rules},
        signature=_read(data / "signature.json", TypeAdapter(Signature)),
        nonce=None if receipt.form == 1 else _read(data / "nonce.json", TypeAdapter(Hex64)),
        kind="decision-procedure/dossier/1" if receipt.form == 1 else "decision-procedure/dossier/2",
    )
    documents, hashes = documents_of(dossier.record or ""), _hashes(data)
    index = read_json(read_file(data / "documents.json"), "documents.json").data
    wrong = {*dossier.altered(), *_rewritten(data, dossier)}
    wrong |= {*misindexed(documents, index, {name: found["sha256"] for name, found in hashes.items()})}
    if not wrong:
        made = _made_of_form_1(folder) if receipt.form == 1 else _contents(data)
        files = {entry["file"] for entry in index if entry["kept"]}
        wrong |= {*_unaccounted(dossier, made, hashes, files), *_mistagged(folder, receipt, made, hashes)}
    if wrong:
        zh, en = "与回执或者案卷的指纹不符", "does not fit the fingerprint in the receipt or the record"
        raise UnusableInput(Fault(str(folder), None, shown(name), zh, en) for name in wrong)
    return Bag(**vars(dossier), parts=tuple(_parts(receipt, documents, index)))


def _parts(receipt: Receipt, documents: list[dict[str, Any]], index: list[dict[str, Any]]) -> Iterator[Check]:
    yield Check("manifests", "verified")
    if receipt.form > 1:
        yield Check("contents", "verified")
        return
    stated = {"sha256" in document for document, entry in zip(documents, index, strict=True) if entry["kept"]}
    if True in stated:
        yield Check("documents", "verified")
    if False in stated:
        yield Check("unhashed", "unchecked")
    yield Check("pages", "unchecked")


def _read(file: Path, form: TypeAdapter[Any]) -> Any:
    return read_form(read_file(file), file.name, form) if file.exists() else None


def _contents(data: Path) -> Contents:
    return read_form(read_file(data / "contents.json"), "contents.json", _contents_form())


@lru_cache(maxsize=1)
def _contents_form() -> TypeAdapter[Contents]:
    return TypeAdapter(Contents)


def _made_of_form_1(folder: Path) -> Contents:
    """Return what the tag files of a bag of form 1 say, which nothing binds."""
    found = _INFO.match(read_file(folder / "bag-info.txt"))
    return Contents(found["day"] if found else "", found["software"] if found else "", {})


def _rewritten(data: Path, dossier: Dossier) -> Iterator[str]:
    """Yield each file that is not to the byte what was read from it."""
    signature, nonce = dossier.signature, dossier.nonce
    expected = {
        "receipt.json": dossier.receipt.to_bytes(),
        "record.json": (dossier.record or "").encode("utf-8"),
        "report.json": (dossier.report or "").encode("utf-8"),
        **{f"rules/{name}": text.encode("utf-8") for name, text in dossier.rules.items()},
    }
    if signature is not None:
        expected["signature.json"] = canonical_json(asdict(signature))
    if dossier.receipt.form > 1:
        contents = read_file(data / "contents.json")
        expected["contents.json"] = contents.encode("utf-8") if dossier.fits("contents", contents) else b""
        expected["nonce.json"] = canonical_json(nonce)
    for name, content in expected.items():
        file = data / name
        if not file.exists() or file.read_bytes() != content:
            yield name


def _unaccounted(dossier: Dossier, made: Contents, hashes: Hashes, documents: set[str]) -> Iterator[str]:
    """Yield each file of a payload that nothing accounts for, is not there, or is not the one that is listed."""
    sealed = {"receipt.json", "contents.json", "nonce.json"} if dossier.receipt.form > 1 else {"receipt.json"}
    sealed |= {"signature.json"} if dossier.signature is not None else set()
    listed: Mapping[str, Any] = made.files
    if dossier.receipt.form == 1:
        fixed = {"record.json", "report.json", "documents.json", *documents}
        pages = {name for name in hashes if name.startswith("report/") and name.count("/") == 1}
        names = fixed | pages | {f"rules/{name}" for name in dossier.rules}
        listed = {name: hashes.get(name) for name in names}
    for name in sorted({*listed, *hashes} - sealed):
        if name not in listed or hashes.get(name) != listed[name]:
            yield name


def _mistagged(folder: Path, receipt: Receipt, made: Contents, hashes: Hashes) -> Iterator[str]:
    """Yield each tag file that does not follow from the payload, and each file or folder beside those there must be."""
    tags = _tags(folder, receipt, made, hashes)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted({*tags, *files} - {f"data/{name}" for name in hashes}):
        if name not in files or name not in tags or (folder / name).read_bytes() != tags[name]:
            yield name
    parents = {parent for name in files for parent in (folder / name).parents}
    for path in sorted(folder.rglob("*")):
        if path.is_dir() and path not in parents:
            yield path.relative_to(folder).as_posix()


def _write_payload(data: Path, dossier: Dossier, found: list[Found], formats: Mapping[str, bytes]) -> None:
    (data / FOLDER).mkdir(parents=True)
    entries = [stored(document, file, data / FOLDER) for document, file in found]
    files = {
        **{f"report/{name}": content for name, content in formats.items()},
        **{f"rules/{name}": text.encode("utf-8") for name, text in dossier.rules.items()},
        "record.json": (dossier.record or "").encode("utf-8"),
        "report.json": (dossier.report or "").encode("utf-8"),
        "documents.json": canonical_json(entries),
    }
    for name, content in files.items():
        target = data / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    if not any((data / FOLDER).iterdir()):
        (data / FOLDER).rmdir()


def _write_seal(data: Path, dossier: Dossier, bagged_on: date, how: Seal) -> None:
    """Write the list of the payload, the receipt that binds it, and the tag files, which follow from both."""
    made = Contents(bagged_on.isoformat(), f"decision-procedure {package_version()}", _hashes(data))
    contents = canonical_json(asdict(made))
    dossier = with_contents(dossier, contents.decode(), how)
    files = {
        "contents.json": contents,
        "nonce.json": canonical_json(dossier.nonce),
        "receipt.json": dossier.receipt.to_bytes(),
    }
    if dossier.signature is not None:
        files["signature.json"] = canonical_json(asdict(dossier.signature))
    for name, content in files.items():
        (data / name).write_bytes(content)
    for name, content in _tags(data.parent, dossier.receipt, made, _hashes(data)).items():
        (data.parent / name).write_bytes(content)


def _hashes(data: Path) -> Hashes:
    files = [path.relative_to(data) for path in data.rglob("*") if path.is_file()]
    return {
        file.as_posix(): {name: hash_of(data / file, name) for name in _ALGORITHMS}
        for file in sorted(files, key=lambda file: file.parts)
    }


def _tags(folder: Path, receipt: Receipt, made: Contents, hashes: Hashes) -> dict[str, bytes]:
    """Return the tag files of a bag, which follow from its payload and from the day and the software that made it."""
    octets = sum((folder / "data" / name).stat().st_size for name in hashes)
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": (
            f"Bag-Software-Agent: {made.software}\n"
            f"Bagging-Date: {made.bagged_on}\n"
            f"External-Identifier: sha256:{Digest.of(receipt.to_bytes()).sha256}\n"
            f"Payload-Oxum: {octets}.{len(hashes)}\n"
        ).encode(),
    }
    for algorithm in _ALGORITHMS:
        lines = {f"data/{name}": found[algorithm] for name, found in hashes.items()}
        tags[f"manifest-{algorithm}.txt"] = _manifest(lines)
    tagged = sorted(tags.items())
    for algorithm in _ALGORITHMS:
        lines = {name: hashlib.new(algorithm, content).hexdigest() for name, content in tagged}
        tags[f"tagmanifest-{algorithm}.txt"] = _manifest(lines)
    return tags


def _manifest(hashes: Mapping[str, str]) -> bytes:
    return "".join(f"{found}  {name}\n" for name, found in hashes.items()).encode("utf-8")


def _close(bag: Path) -> None:
    """Let only the owner read what is in a bag: it holds the record whole."""
    for path in (bag, *bag.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def _validate(library: ModuleType, folder: Path) -> None:
    with _quiet("bagit"):
        try:
            library.Bag(str(folder)).validate()
        except Exception as error:  # whatever a library says of a folder that somebody else made
            kind = type(error).__name__
        else:
            return
    zh, en = f"不是有效的 BagIt 包（{kind}）", f"not a valid BagIt bag ({kind})"
    raise UnusableInput([Fault(str(folder), None, "", zh, en)])


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a library from logging file names, which may hold personal data."""
    logger = logging.getLogger(name)
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _refuse_strange(folder: Path) -> None:
    """Refuse what is in no bag, before any part of it is read; whatever walks through the folder later comes to an end."""
    wrong: list[Path] = []
    ahead = [folder]
    while ahead:
        for path in ahead.pop().iterdir():
            is_folder = path.is_dir() and not path.is_symlink()
            depth = len(path.relative_to(folder).parts)
            is_file = _is_plain_file(path) and (depth > 1 or path.stat().st_size <= MAX_BYTES)
            if not (is_folder or is_file) or not _is_text(path.name) or depth > _DEEPEST:
                wrong.append(path)
            elif is_folder:
                ahead.append(path)
    if (folder / "fetch.txt").exists():
        wrong.append(folder / "fetch.txt")
    if wrong:
        zh, en = (
            f"包内不得有链接、特殊文件、待下载文件、非 UTF-8 文件名、超过 {_DEEPEST} 层的文件夹或者过大的清单",
            f"a bag must hold no links, special files, files to fetch, names not in UTF-8, more than {_DEEPEST} levels or overlong manifests",
        )
        names = sorted(path.relative_to(folder).as_posix() for path in wrong)
        raise UnusableInput(Fault(str(folder), None, shown(name), zh, en) for name in names)


def _is_plain_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _library() -> ModuleType:
    try:
        return import_module("bagit")
    except ImportError:
        raise UnusableArgument(_ABSENT) from None
