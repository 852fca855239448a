"""`rules diff` and `impact`: the law as it changes, and what that means for records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from decision_procedure import api
from decision_procedure.cli.dossiers import read_dossier
from decision_procedure.cli.law import law_of
from decision_procedure.cli.options import (
    LANG,
    AsOf,
    AssumeComplete,
    LangOption,
    Output,
    Paths,
    said_day,
    stop,
)
from decision_procedure.cli.overwriting import refuse_inputs
from decision_procedure.cli.paper import put
from decision_procedure.cli.run import Screening
from decision_procedure.cli.sink import write
from decision_procedure.errors import BadPack, FaultyInput, UnusableArgument, UnusableInput
from decision_procedure.exchange.escaping import json_text
from decision_procedure.keeping.receipts.forms import Dossier
from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.county import rule_files
from decision_procedure.law.loading import Pack, load_together
from decision_procedure.law.versions import PartChange, VersionChange, version_changes
from decision_procedure.render.rules.changes import change_lines, impact_lines
from decision_procedure.reporting.impact import impact_of
from decision_procedure.results.fingerprints import record_key
from decision_procedure.sources import files_in, label_of, read_file

ChangeForm = Literal["text", "json"]


_Form = Annotated[ChangeForm, typer.Option("--format", help="输出格式 format")]


def rules_diff(
    older: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="较早的版本：文件、文件夹或随附文件的编号 file, folder or identifier"
        ),
    ],
    newer: Annotated[
        str,
        typer.Argument(
            metavar="NEW", help="较新的版本：文件、文件夹或随附文件的编号 file, folder or identifier"
        ),
    ],
    form: _Form = "text",
    output: Output = None,
    lang: LangOption = LANG,
) -> None:
    """比较规则的两个版本：新增、删去、修改的义务 What differs between two versions of rules, duty by duty."""
    refuse_inputs([output] if output else [], [Path(older), Path(newer)])
    found = tuple(version_changes(_packs(older), _packs(newer)))
    if form == "json":
        write(json_text([_change_data(change) for change in found], 1) + "\n", output)
    else:
        put(change_lines(found, older, newer, lang), output, lang)


def _packs(named: str) -> Sequence[Pack]:
    """Return the instruments of a file or folder, or the one that ships under an identifier."""
    law, path = standard_law(), Path(named)
    known = [pack for pack in law.packs if pack.head.id == named]
    if known and not path.exists():
        return known
    files = [(label_of(file), read_file(file)) for file in rule_files(path)]
    packs, faults = load_together(files, law.packs)
    if faults:
        stop([BadPack(faults)])
    return packs


def _change_data(change: VersionChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "instrument": change.instrument,
        "duty": change.duty or None,
        "article": change.article,
        "text": change.text.model_dump(),
        "parts": [_part_data(part) for part in change.parts],
    }


def _part_data(part: PartChange) -> dict[str, Any]:
    return {
        "part": part.part,
        "was": None if part.was is None else asdict(part.was),
        "now": None if part.now is None else asdict(part.now),
    }


def impact(
    paths: Paths,
    as_of: AsOf = None,
    rules: Annotated[
        list[Path] | None,
        typer.Option(
            "--rules",
            help="新的规则：文件或者文件夹，同编号的代替现有的 the new rules, in place of those of the same identifier",
        ),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since", help="回执卷宗的文件夹：与出具时相比 a folder of dossiers: what changed since"
        ),
    ] = None,
    beside: Annotated[
        list[Path] | None,
        typer.Option("--beside", help="现行规则另有的文件夹 a folder of further rules in force today"),
    ] = None,
    form: _Form = "text",
    output: Output = None,
    lang: LangOption = LANG,
    assume_complete: AssumeComplete = False,
) -> None:
    """规则变更影响哪些案卷 Which records a change of rules, or of this program, concerns, verdict by verdict."""
    if (rules is None) == (since is None):
        raise UnusableArgument("--rules 与 --since 须择一 give either --rules or --since")
    law, day = law_of(beside), said_day(as_of)
    run = Screening(day, law, assume_complete=assume_complete, waivers=None)
    unsealed = 0
    if since is None:
        newer = api.revised_law(*(rules or ()), law=law)
        found = [
            impact_of(
                report, api.check(report.decision, as_of=day, assume_complete=assume_complete, law=newer)
            )
            for _, report in run.reports(paths)
        ]
    else:
        dossiers = _dossiers(since, law)
        keys = [record_key(decision) for _, decision in run.records(paths)]
        found = [api.impact_since(dossiers[key], law=law) for key in keys if key in dossiers]
        unsealed = len(keys) - len(found)
    run.stop_if_unusable(lang)
    if form == "json":
        write(json_text([item.to_data() for item in found], 1) + "\n", output)
    else:
        named = None if since is not None else day.isoformat()
        put(impact_lines(found, named, unsealed, lang), output, lang)


def _dossiers(folder: Path, law: Law) -> dict[str, Dossier]:
    """Return the dossiers of a folder by the key of their records, of each record the latest."""
    files, errors = files_in(folder, (".json",)), list[FaultyInput]()
    if not files:
        raise UnusableArgument(f"文件夹中没有回执卷宗 no dossier in: {folder}")
    found: dict[str, Dossier] = {}
    for file in files:
        try:
            dossier = read_dossier(file)
            key = _key(dossier, label_of(file), law)
        except FaultyInput as error:
            errors.append(error)
            continue
        if key not in found or found[key].receipt.as_of <= dossier.receipt.as_of:
            found[key] = dossier
    if errors:
        stop(errors)
    return found


def _key(dossier: Dossier, file: str, law: Law) -> str:
    if faults := dossier.unfit(file):
        raise UnusableInput(faults)
    return record_key(api.parse_decision(dossier.record or "", name=file, law=law))
