"""The ledger on the command line: `ledger append|verify|prove|show`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated

import typer

from decision_procedure.cli.dossiers import read_dossier
from decision_procedure.cli.options import LANG, LangOption
from decision_procedure.errors import Fault, UnusableArgument, UnusableInput
from decision_procedure.keeping.ledger.examining import Checkpoint
from decision_procedure.keeping.ledger.store import Ledger
from decision_procedure.keeping.receipts.forms import Receipt
from decision_procedure.sources import label_of, read_file, read_json
from decision_procedure.sources.characters import plain, spelt

_CHECKPOINT = re.compile(r"(\d{1,15}):([0-9a-f]{64})")
Folder = Annotated[Path, typer.Argument(help="核查登记簿文件夹 the ledger's folder")]
Receipts = Annotated[
    list[Path],
    typer.Argument(help="回执、卷宗或者归档包 receipts, dossiers or folders of bags", readable=False),
]
Kept = Annotated[
    list[str] | None,
    typer.Option("--kept", help="另行保存的 条数：树根 size:root kept elsewhere; may be repeated"),
]


def append(
    folder: Folder,
    receipts: Receipts,
    new: Annotated[bool, typer.Option("--new", help="新建核查登记簿 begin a ledger")] = False,
) -> None:
    """登记回执 Add receipts, all or none; prints the new size and root, to be kept elsewhere."""
    entries = _entries(receipts)
    ledger = Ledger(folder)
    if new:
        ledger.create()
    typer.echo(ledger.append(entries).text())


def verify(folder: Folder, kept: Kept = None, lang: LangOption = LANG) -> None:
    """核验核查登记簿 Read every entry against every hash. Exit 0: nothing was changed; 1: what and where."""
    ledger = Ledger(folder)
    checkpoint, damages = ledger.verify(_checkpoints(kept))
    for damage in damages:
        typer.echo(plain(damage.fault(str(ledger.file)).text(lang)))
    if damages:
        raise typer.Exit(1)
    typer.echo(checkpoint.text())


def show(
    folder: Folder,
    first: Annotated[int, typer.Argument(help="第几条，从 1 起 the entry, from 1")],
    last: Annotated[int | None, typer.Argument(help="至第几条 up to this entry")] = None,
    kept: Kept = None,
) -> None:
    """显示回执 Print receipts, one a line, after the whole ledger was verified."""
    for entry in Ledger(folder).entries(first, first if last is None else last, _checkpoints(kept)):
        typer.echo(spelt(entry.decode("utf-8", "backslashreplace")))


def find(folder: Folder, receipts: Receipts, kept: Kept = None) -> None:
    """查找回执 Print which entry each receipt is, after the whole ledger was verified. Exit 1: one is none."""
    wanted = _entries(receipts)
    ledger = Ledger(folder)
    size = ledger.checkpoint(_checkpoints(kept)).size
    entries = ledger.entries(1, size) if size else []
    numbers = {entry: number for number, entry in reversed([*enumerate(entries, 1)])}
    for path, entry in zip(receipts, wanted, strict=True):
        typer.echo(plain(f"{numbers.get(entry, '∅')} {label_of(path)}"))
    if not numbers.keys() >= {*wanted}:
        raise typer.Exit(1)


def prove(
    folder: Folder,
    entry: Annotated[
        int | None, typer.Option("--entry", help="证明此条在核查登记簿内 that this entry is in it")
    ] = None,
    since: Annotated[
        int | None, typer.Option("--since", help="证明自此条数只增 that it only grew since")
    ] = None,
    size: Annotated[
        int | None, typer.Option("--size", help="核查登记簿条数，默认全部 for this size (default all)")
    ] = None,
) -> None:
    """出具证明 Print an inclusion or a consistency proof (RFC 6962) as JSON."""
    if (entry is None) == (since is None):
        raise UnusableArgument("--entry 与 --since 二选一 give either --entry or --since")
    ledger = Ledger(folder)
    proof: dict[str, object]
    if entry is not None:
        tree, leaf, path = ledger.inclusion(entry, size)
        proof = {"entry": entry, "leaf": leaf.hex()}
    else:
        before, tree, path = ledger.consistency(since or 0, size)
        proof = {"since": before.size, "since_root": before.root.hex()}
    proof |= {"size": tree.size, "root": tree.root.hex(), "proof": [part.hex() for part in path]}
    typer.echo(json.dumps(proof, indent=1))


def _entries(paths: list[Path]) -> list[bytes]:
    entries: list[bytes] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            entries.append(_receipt(path).to_bytes())
        except UnusableInput as error:
            faults.extend(error.faults)
    if faults:
        raise UnusableInput(faults)
    return entries


def _receipt(path: Path) -> Receipt:
    if path.is_dir():
        return read_dossier(path).receipt
    text = read_file(path)
    data = read_json(text, label_of(path)).data
    if isinstance(data, dict) and "receipt" in data:
        return read_dossier(path).receipt
    return Receipt.from_json(text, label_of(path))


def _checkpoints(texts: list[str] | None) -> list[Checkpoint]:
    found = []
    for text in texts or ():
        match = _CHECKPOINT.fullmatch(text)
        if match is None:
            raise UnusableArgument("--kept 应为 条数:64 位十六进制 should be size:64 hexadecimal digits")
        found.append(Checkpoint(int(match[1]), bytes.fromhex(match[2])))
    return found
