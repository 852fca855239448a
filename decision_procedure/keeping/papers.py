"""The documents of a record as files: found where the record says, copied under their hash, listed in an index."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict

from decision_procedure.errors import Fault, UnusableInput
from decision_procedure.model.kept import kept_data
from decision_procedure.sources.faults import shown
from decision_procedure.wording import Words

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
_INDEXED = ("id", "title", "location", "sha256")
FOLDER = "documents"

Found = tuple[dict[str, Any], Path | None]
"""A document as the record has it, and its file, None where there is none."""


class Absent(NamedTuple):
    """A document whose location the record names and that is not in the bag; `zh` and `en` say why."""

    document: str
    location: str
    zh: str
    en: str

    def text(self, lang: str = "zh") -> str:
        """Return a line for people; nothing in it hides what it says."""
        place = f"documents[{shown(self.document)}].location {shown(self.location)}"
        return f"{place}: {Words(lang).said(self)}"


def located(documents: Iterable[dict[str, Any]], root: Path | None) -> list[Found]:
    """Return each document of a record with its file. Raises UnusableInput as `archive.write_bag` says."""
    faults: list[Fault] = []
    found: list[Found] = []
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
    if file is not None and sha256 not in (None, sha256_of(file)):
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


def absent_among(found: Iterable[Found], root: Path | None) -> Iterator[Absent]:
    """Yield each document with a location in the record, no address on the web, that has no file."""
    for document, file in found:
        location = document.get("location")
        if file is None and location is not None and "://" not in location:
            yield Absent(document["id"], location, *_why(location, root))


def _why(location: str, root: Path | None) -> tuple[str, str]:
    if root is None:
        return "未入包：没有给出材料文件夹", "not in the bag: no folder of documents was given"
    if _in_another_form(location, root):
        return (
            "未入包：该处的文件名与案卷所写字形相同而编码形式不同(NFC、NFD),请统一后重新归档",
            "not in the bag: the file there has the same name in another Unicode form (NFC, NFD): make them one",
        )
    return (
        "未入包：材料文件夹中没有此文件",
        "not in the bag: there is no such file in the folder of documents",
    )


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


def stored(document: dict[str, Any], file: Path | None, folder: Path) -> dict[str, Any]:
    """Copy a document into a folder under its hash; return its line for the index.

    Raises UnusableInput for one that changed meanwhile.
    """
    if file is None:
        return _entry(document, None, None)
    suffix = file.suffix if _SUFFIX.fullmatch(file.suffix) else ""
    copy = folder / "copying"
    shutil.copyfile(file, copy)
    digest = sha256_of(copy)
    if document.get("sha256") not in (None, digest):
        zh, en = "文件在归档过程中被改动", "the file changed while it was archived"
        raise UnusableInput([Fault("record", None, f"documents[{shown(document['id'])}].location", zh, en)])
    copy.replace(folder / f"{digest}{suffix}")
    return _entry(document, f"{FOLDER}/{digest}{suffix}", digest)


def _entry(document: dict[str, Any], file: str | None, sha256: str | None) -> dict[str, Any]:
    entry = {name: document[name] for name in _INDEXED if name in document}
    return (
        {**entry, "kept": False} if file is None else {**entry, "kept": True, "file": file, "sha256": sha256}
    )


def misindexed(documents: list[dict[str, Any]], index: Any, hashes: Mapping[str, str]) -> Iterator[str]:
    """Yield what in the index of a bag is not as `stored` writes it for the documents of the record.

    `hashes` maps each file of the bag to its SHA-256.
    """
    entries = index if isinstance(index, list) else []
    if len(entries) != len(documents) or not all(isinstance(entry, dict) for entry in entries):
        yield "documents.json"
        return
    for document, entry in zip(documents, entries, strict=True):
        file = entry.get("file")
        digest = hashes.get(file) if isinstance(file, str) else None
        is_kept = file is None or (
            digest is not None
            and PurePosixPath(file).parent == PurePosixPath(FOLDER)
            and PurePosixPath(file).stem == digest
            and document.get("sha256") in (None, digest)
        )
        if not is_kept or entry != _entry(document, file, digest):
            yield f"documents[{document['id']}]"


class _Document(BaseModel):
    """What is read of a document in a record that was kept; whatever else it holds is taken as it is."""

    model_config = ConfigDict(strict=True, extra="allow")

    id: str
    title: str | None = None
    location: str | None = None
    sha256: str | None = None


class _KeptPaper(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")

    documents: list[_Document]


def documents_of(record: str) -> list[dict[str, Any]]:
    """Return the documents of a record as it was kept, of any version. Raises UnusableInput for no record."""
    documents: list[dict[str, Any]] = kept_data(record, "record.json", _KeptPaper, ("不是案卷", "no record"))[
        "documents"
    ]
    return documents


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file."""
    return hash_of(file, "sha256")


def hash_of(file: Path, algorithm: str) -> str:
    """Return a hash of a file, by the name of its algorithm."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, algorithm).hexdigest()
