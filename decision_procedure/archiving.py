"""A decision's file for the archive: a BagIt bag (RFC 8493) of receipt, record, law, report and documents.

The tag files are written here, in version 1.0 of the format; `bagit` writes 0.97 and changes the working
folder of the process. It judges every bag, before a new one appears under its name and whenever one is read.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from importlib import import_module
from pathlib import Path, PureWindowsPath
from types import ModuleType
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from decision_procedure.errors import Fault, UnusableArgument, UnusableInput
from decision_procedure.receipts.canonical import canonical_json
from decision_procedure.receipts.digests import Digest
from decision_procedure.receipts.forms import Dossier, Receipt, read_form
from decision_procedure.receipts.materials import package_version
from decision_procedure.receipts.signing import Signature
from decision_procedure.sources import read_file, read_json
from decision_procedure.sources.faults import shown

_ABSENT = (
    "归档需要安装附加组件 archiving needs the extra `archive`: pip install 'decision-procedure[archive]'"
)
_ALGORITHMS = ("sha256", "sha512")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
_BLOCK = 1 << 20


class Absent(NamedTuple):
    """A document whose location the record names and that is not in the bag; `zh` and `en` say why."""

    document: str
    location: str
    zh: str
    en: str

    def text(self, lang: str = "zh") -> str:
        """Return a line for people; nothing in it hides what it says."""
        place = f"documents[{shown(self.document)}].location {shown(self.location)}"
        return f"{place}: {self.zh if lang == 'zh' else self.en}"


def write_bag(
    dossier: Dossier,
    folder: Path,
    *,
    documents: Path | None,
    formats: Mapping[str, bytes],
    bagged_on: date,
) -> tuple[Absent, ...]:
    """Write a bag at `folder`, which must not exist; it appears whole or not at all. Return what is not in it.

    `formats` are further forms of the report, by file name. `documents` is the folder that locations in the
    record start from; None: no document is looked for. Documents are stored under their SHA-256, and
    `data/documents.json` says which is which, and which were not found: those with a location in the record are
    returned, but for addresses on the web, which are never looked for. Raises UnusableArgument when the
    folder exists or the dossier is altered or incomplete, UnusableInput for every location that leads out of
    `documents`, is no plain file, or holds another document than the record says.
    """
    library = _library()
    if folder.exists() or folder.is_symlink():
        raise UnusableArgument(f"目标已存在 there is something already at {folder}")
    if dossier.record is None or dossier.report is None or any(dossier.altered()):
        raise UnusableArgument(
            "卷宗不完整或者与回执不符 the dossier is incomplete or does not fit its receipt"
        )
    found = _located(json.loads(dossier.record)["documents"], documents)
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".bag-", dir=folder.parent))
    try:
        _write_payload(staging / "data", dossier, found, formats)
        _write_tags(staging, dossier, bagged_on)
        _close(staging)
        _validate(library, staging)
        staging.rename(folder)
    except OSError as error:
        raise UnusableArgument(f"无法写入 cannot write {folder}: {error.strerror}") from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return tuple(_absent(found, documents))


def _absent(found: Iterable[tuple[dict[str, Any], Path | None]], root: Path | None) -> Iterator[Absent]:
    for document, file in found:
        location = document.get("location")
        if file is None and location is not None and "://" not in location:
            yield Absent(document["id"], location, *_why(location, root))


def _why(location: str, root: Path | None) -> tuple[str, str]:
    if root is None:
        return "未入包:没有给出材料文件夹", "not in the bag: no folder of documents was given"
    if _in_another_form(location, root):
        return (
            "未入包:该处的文件名与案卷所写字形相同而编码形式不同(NFC、NFD),请统一后重新归档",
            "not in the bag: the file there has the same name in another Unicode form (NFC, NFD): make them one",
        )
    return "未入包:材料文件夹中没有此文件", "not in the bag: there is no such file in the folder of documents"


def _in_another_form(location: str, root: Path) -> bool:
    """Say whether there is a file whose name differs from the location in its Unicode form only."""
    places = [root]
    for part in PureWindowsPath(location).parts:
        name = unicodedata.normalize("NFC", part)
        places = [
            entry
            for place in places
            if place.is_dir()
            for entry in place.iterdir()
            if unicodedata.normalize("NFC", entry.name) == name
        ]
    return any(place.is_file() for place in places)


def read_bag(folder: Path) -> Dossier:
    """Return the dossier in a bag, after every file was held against the manifests and the receipt.

    Raises UnusableInput for a bag that is incomplete, changed, or holds links or files to be fetched.
    """
    library = _library()
    _refuse_links(folder)
    bag = _validate(library, folder)
    data = folder / "data"
    receipt = Receipt.from_json(read_file(data / "receipt.json"), "receipt.json")
    dossier = Dossier(
        receipt=receipt,
        record=read_file(data / "record.json"),
        report=read_file(data / "report.json"),
        rules={name: read_file(data / "rules" / name) for name in receipt.rules},
        signature=_signature(data / "signature.json"),
    )
    wrong = list(dossier.altered())
    if not wrong:
        index = read_json(read_file(data / "documents.json"), "documents.json").data
        wrong += _misplaced(bag, json.loads(dossier.record or ""), index)
    if wrong:
        zh, en = "与回执或者案卷的指纹不符", "does not fit the fingerprint in the receipt or the record"
        raise UnusableInput(Fault(str(folder), None, shown(name), zh, en) for name in wrong)
    return dossier


def _signature(file: Path) -> Signature | None:
    return read_form(read_file(file), file.name, TypeAdapter(Signature)) if file.exists() else None


def _located(documents: list[dict[str, Any]], root: Path | None) -> list[tuple[dict[str, Any], Path | None]]:
    """Return each document of the record with its file, None where there is none."""
    faults: list[Fault] = []
    found: list[tuple[dict[str, Any], Path | None]] = []
    for document in documents:
        location, key = document.get("location"), f"documents[{shown(document['id'])}].location"
        file = None
        if root is not None and location is not None and "://" not in location:
            try:
                file = _checked(_inside(root, location), document.get("sha256"))
            except _Refused as refusal:
                faults.append(Fault("record", None, key, refusal.zh, refusal.en))
            except (OSError, RuntimeError):  # RuntimeError: links that go in a circle, before Python 3.13
                faults.append(Fault("record", None, key, "文件无法读取", "the file cannot be read"))
        found.append((document, file))
    if faults:
        raise UnusableInput(faults)
    return found


class _Refused(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def _checked(file: Path | None, sha256: str | None) -> Path | None:
    if file is not None and sha256 not in (None, _sha256(file)):
        raise _Refused("文件与案卷载明的 sha256 不符", "the file is not the one of the record's sha256")
    return file


def _inside(root: Path, location: str) -> Path | None:
    """Return the plain file at a location under `root`; None when there is nothing."""
    windows = PureWindowsPath(location)  # takes both kinds of slash for separators
    if windows.drive or windows.root or ".." in windows.parts or "\0" in location:
        raise _Refused("位置不在文件夹之内", "the location leads out of the folder")
    file = root.joinpath(*windows.parts)
    if not os.path.lexists(file):
        return None
    inside = file.resolve()
    if not inside.is_relative_to(root.resolve()):
        raise _Refused("位置不在文件夹之内", "the location leads out of the folder")
    if not inside.is_file():
        raise _Refused("此处不是文件", "what is there is no plain file")
    return inside


def _write_payload(
    data: Path,
    dossier: Dossier,
    found: list[tuple[dict[str, Any], Path | None]],
    formats: Mapping[str, bytes],
) -> None:
    (data / "documents").mkdir(parents=True)
    entries = [_stored(document, file, data / "documents") for document, file in found]
    files = {
        **{f"report/{name}": content for name, content in formats.items()},
        **{f"rules/{name}": text.encode("utf-8") for name, text in dossier.rules.items()},
        "receipt.json": dossier.receipt.to_bytes(),
        "record.json": (dossier.record or "").encode("utf-8"),
        "report.json": (dossier.report or "").encode("utf-8"),
        "documents.json": canonical_json(entries),
    }
    if dossier.signature is not None:
        files["signature.json"] = canonical_json(asdict(dossier.signature))
    for name, content in files.items():
        target = data / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    if not any((data / "documents").iterdir()):
        (data / "documents").rmdir()


def _stored(document: dict[str, Any], file: Path | None, folder: Path) -> dict[str, Any]:
    """Copy a document under its hash; return its line for the index. Refuses one that changed meanwhile."""
    entry: dict[str, Any] = {
        name: document[name] for name in ("id", "title", "location", "sha256") if name in document
    }
    if file is None:
        return {**entry, "kept": False}
    suffix = file.suffix if _SUFFIX.fullmatch(file.suffix) else ""
    copy = folder / "copying"
    shutil.copyfile(file, copy)
    digest = _sha256(copy)
    if document.get("sha256") not in (None, digest):
        zh, en = "文件在归档过程中被改动", "the file changed while it was archived"
        raise UnusableInput([Fault("record", None, f"documents[{shown(document['id'])}].location", zh, en)])
    copy.replace(folder / f"{digest}{suffix}")
    return {**entry, "kept": True, "file": f"documents/{digest}{suffix}", "sha256": digest}


def _write_tags(bag: Path, dossier: Dossier, bagged_on: date) -> None:
    payload = sorted(path for path in bag.joinpath("data").rglob("*") if path.is_file())
    octets = sum(path.stat().st_size for path in payload)
    tags = {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": (
            f"Bag-Software-Agent: decision-procedure {package_version()}\n"
            f"Bagging-Date: {bagged_on.isoformat()}\n"
            f"External-Identifier: sha256:{Digest.of(dossier.receipt.to_bytes()).sha256}\n"
            f"Payload-Oxum: {octets}.{len(payload)}\n"
        ),
    }
    for algorithm in _ALGORITHMS:
        tags[f"manifest-{algorithm}.txt"] = _manifest(bag, payload, algorithm)
    for name, text in tags.items():
        (bag / name).write_bytes(text.encode("utf-8"))
    for algorithm in _ALGORITHMS:
        text = _manifest(bag, [bag / name for name in sorted(tags)], algorithm)
        (bag / f"tagmanifest-{algorithm}.txt").write_bytes(text.encode("utf-8"))


def _close(bag: Path) -> None:
    """Let only the owner read what is in a bag: it holds the record whole."""
    for path in (bag, *bag.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def _manifest(bag: Path, files: list[Path], algorithm: str) -> str:
    return "".join(f"{_hash(file, algorithm)}  {file.relative_to(bag).as_posix()}\n" for file in files)


def _validate(library: ModuleType, folder: Path) -> Any:
    with _quiet("bagit"):
        try:
            bag = library.Bag(str(folder))
            bag.validate()
        except Exception as error:  # whatever a library says of a folder that somebody else made
            kind = type(error).__name__
        else:
            return bag
    zh, en = f"不是有效的 BagIt 包({kind})", f"not a valid BagIt bag ({kind})"
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


def _refuse_links(folder: Path) -> None:
    wrong = [path for path in folder.rglob("*") if path.is_symlink() or not (path.is_file() or path.is_dir())]
    if (folder / "fetch.txt").exists():
        wrong.append(folder / "fetch.txt")
    if wrong:
        zh, en = (
            "包内不得有链接、特殊文件或者待下载文件",
            "a bag must hold no links, special files or files to fetch",
        )
        names = sorted(path.relative_to(folder).as_posix() for path in wrong)
        raise UnusableInput(Fault(str(folder), None, shown(name), zh, en) for name in names)


def _misplaced(bag: Any, record: dict[str, Any], index: Any) -> Iterator[str]:
    """Yield each file outside the bag or not named by its hash, and each document that is not the record's."""
    hashes = {name: values.get("sha256") for name, values in bag.entries.items()}
    for name, digest in sorted(hashes.items()):
        if ".." in Path(name).parts or (name.startswith("data/documents/") and Path(name).stem != digest):
            yield name
    stated = {item["id"]: item.get("sha256") for item in record["documents"]}
    for item in index if isinstance(index, list) else [None]:
        if not isinstance(item, dict) or item.get("id") not in stated:
            yield "documents.json"
        elif item.get("kept"):
            digest = hashes.get(f"data/{item.get('file')}")
            if digest is None or stated[item["id"]] not in (None, digest):
                yield f"documents[{item['id']}]"


def _sha256(file: Path) -> str:
    return _hash(file, "sha256")


def _hash(file: Path, algorithm: str) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, algorithm).hexdigest()


def _library() -> ModuleType:
    try:
        return import_module("bagit")
    except ImportError:
        raise UnusableArgument(_ABSENT) from None
