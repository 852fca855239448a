"""The command `trail`: the accountability trail, questions on it, the responsibility matrix, and exports."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from decision_procedure import api
from decision_procedure.cli.law import RulesOption, law_of
from decision_procedure.cli.options import (
    DAY_FORM,
    LANG,
    AsOf,
    AssumeComplete,
    LangOption,
    MaskOption,
    Output,
    Paths,
    said_day,
)
from decision_procedure.cli.records import decisions_of
from decision_procedure.cli.sink import write
from decision_procedure.errors import UnusableArgument
from decision_procedure.model.dates import day_of
from decision_procedure.results.meant import duties_of, step_of
from decision_procedure.results.report import Report
from decision_procedure.sources.characters import without_commands

if TYPE_CHECKING:
    from decision_procedure.law.applicable import Law
    from decision_procedure.masking import Masked
    from decision_procedure.model.decision import Decision
    from decision_procedure.trails.chain import Trail


TrailFormat = Literal["text", "json", "graphml", "prov", "csv"]


@dataclass(frozen=True)
class _TrailCase:
    """One record with its trail; the report is the masked one where names are masked."""

    report: Report
    trail: Trail
    law: Law


_TargetOption = Annotated[
    str,
    typer.Option(
        "--from",
        help="从问题、义务、行为或者环节倒查，如 提交讨论、第三十条第二款 a finding, duty, act, step or decision",
    ),
]
_OnlyOption = Annotated[
    list[str] | None, typer.Option("--only", help="只看此类结论，如 violated only these outcomes")
]
_LastGateOption = Annotated[
    bool, typer.Option("--last-gate", help="决定前最后一项前置程序由谁把关 the last gate before the decision")
]
_SettleOption = Annotated[
    bool, typer.Option("--settle", help="待定事项还需什么证据 what would settle what is open")
]
_NameOption = Annotated[
    str | None, typer.Option("--name", help="姓名，与 --unit、--post 并用 name, with --unit and --post")
]
_IdentifierOption = Annotated[
    str | None, typer.Option("--id", help="本案卷内人员或者单位编号 identifier within one record")
]
_SaltFileOption = Annotated[
    Path | None,
    typer.Option("--salt-file", help="承诺值用盐，至少 16 字节 salt of the commitments, at least 16 bytes"),
]
_OpeningsOption = Annotated[
    Path | None,
    typer.Option("--openings", help="写出代号对照，须保密 where to write what opens them, to be kept secret"),
]


def trail(
    paths: Paths,
    as_of: AsOf = None,
    lang: LangOption = LANG,
    output_format: Annotated[TrailFormat, typer.Option("--format", help="格式 format")] = "text",
    output: Output = None,
    assume_complete: AssumeComplete = False,
    rules: RulesOption = None,
    target: _TargetOption = "decision",
    only: _OnlyOption = None,
    last_gate: _LastGateOption = False,
    settle: _SettleOption = False,
    matrix: Annotated[bool, typer.Option("--matrix", help="责任矩阵 responsibility matrix")] = False,
    name: _NameOption = None,
    unit: Annotated[str | None, typer.Option("--unit", help="单位名称 name of the unit")] = None,
    post: Annotated[str | None, typer.Option("--post", help="职务 post")] = None,
    identifier: _IdentifierOption = None,
    since: Annotated[
        str | None, typer.Option("--since", help=f"自此日（{DAY_FORM}）起 from this day")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help=f"至此日（{DAY_FORM}）止 until this day")
    ] = None,
    mask: MaskOption = False,
    salt_file: _SaltFileOption = None,
    openings: _OpeningsOption = None,
) -> None:
    """责任追溯链 The accountability trail: from findings back to duties, evidence, units and post-holders."""
    day, law = said_day(as_of), law_of(rules)
    reports = _reports(paths, day, assume_complete, law)
    if (salt_file or openings) and not mask:
        raise UnusableArgument("--salt-file、--openings 须与 --mask 并用 need --mask")
    if mask and any((name, post)):
        raise UnusableArgument("隐去姓名之后不能按姓名、职务查询 no --name and --post with --mask")
    cases, opened = _cases(reports, mask, salt_file, law)
    asked = any((name, unit, post, identifier))
    if sum((asked, last_gate, settle, matrix)) > 1:
        raise UnusableArgument("一次只问一个问题 ask one question at a time")
    if matrix:
        text = _matrix(cases, output_format, lang)
    elif asked:
        key = (name, unit, post, identifier)
        text = _answers(cases, key, (_day(since, "--since"), _day(until, "--until")), output_format, lang)
    elif last_gate:
        text = _gates(cases, output_format, lang)
    elif settle:
        text = _settling(cases, output_format, lang)
    else:
        cut = [_cut(case, target, only or []) for case in cases]
        text = _trails(cut, output_format, lang)
    with nullcontext() if openings is None else _kept(openings, opened):
        write(without_commands(text) if output_format == "text" else text, output)


def _reports(paths: list[Path], day: date, assume_complete: bool, law: Law) -> list[Report]:
    return [
        api.check(decision, as_of=day, assume_complete=assume_complete, law=law)
        for _, decision in decisions_of(paths, law)
    ]


def _cases(
    reports: list[Report], mask: bool, salt_file: Path | None, law: Law
) -> tuple[list[_TrailCase], list[Masked]]:
    if not mask:
        return [_TrailCase(report, api.trail(report, law), law) for report in reports], []
    salt = _read(salt_file) if salt_file is not None else None
    masked = [api.mask(report, salt=salt) for report in reports]
    return [_TrailCase(item.report, api.trail(item, law), item.law(law)) for item in masked], masked


def _cut(case: _TrailCase, target: str, only: list[str]) -> Trail:
    found = _backwards(case, target)
    return found.only(*only) if only else found


def _backwards(case: _TrailCase, target: str) -> Trail:
    """Return what a target leads back to, named by its identifier, or else as people name a step or a duty."""
    try:
        return case.trail.backwards(target)
    except UnusableArgument:
        return case.trail.backwards(*_named(case.report, target))


def _named(report: Report, word: str) -> tuple[str, ...]:
    try:
        return (step_of(report, word),)
    except UnusableArgument:
        return duties_of(report, word)


def _trails(trails: list[Trail], output_format: TrailFormat, lang: str) -> str:
    from decision_procedure.exchange.graphml import graphml_text
    from decision_procedure.exchange.prov import prov_text

    if output_format == "text":
        return "\n".join(found.text(lang) for found in trails)
    if output_format == "json":
        return trails[0].to_json() if len(trails) == 1 else _json([found.to_dict() for found in trails])
    writers: dict[TrailFormat, Callable[[Trail], str]] = {
        "graphml": graphml_text,
        "prov": prov_text,
    }
    if output_format not in writers:
        raise UnusableArgument("csv 只用于 --matrix csv is for --matrix")
    if len(trails) != 1:
        raise UnusableArgument(f"{output_format} 一次只写一份案卷 takes one record at a time")
    return writers[output_format](trails[0])


def _matrix(cases: list[_TrailCase], output_format: TrailFormat, lang: str) -> str:
    from decision_procedure.trails.matrix import joined
    from decision_procedure.trails.matrix import matrix as matrix_of

    found = joined(matrix_of(case.report, api.procedure(case.report.decision, case.law)) for case in cases)
    if output_format == "csv":
        return found.csv(lang)
    _no_graph(output_format)
    if output_format == "json":
        return _json([cell._asdict() | {"party": cell.party._asdict()} for cell in found.cells])
    return found.text(lang)


def _answers(
    cases: list[_TrailCase],
    key: tuple[str | None, str | None, str | None, str | None],
    days: tuple[date | None, date | None],
    output_format: TrailFormat,
    lang: str,
) -> str:
    from decision_procedure.trails.questions import HolderKey, answered
    from decision_procedure.trails.replies import answers_text

    asked = HolderKey(*key)
    if asked.identifier and not any(_knows(case.report.decision, asked.identifier) for case in cases):
        raise UnusableArgument(f"案卷中没有此编号 no such identifier in the record: {asked.identifier}")
    found = answered((case.trail for case in cases), asked, since=days[0], until=days[1])
    if output_format == "text":
        return answers_text(found, "id" if asked.identifier else "person" if asked.name else "unit", lang)
    return _rows([item._asdict() for item in found], output_format)


def _knows(decision: Decision, identifier: str) -> bool:
    return identifier in {unit.id for unit in decision.units} | {person.id for person in decision.people}


def _gates(cases: list[_TrailCase], output_format: TrailFormat, lang: str) -> str:
    from decision_procedure.trails.questions import last_gates
    from decision_procedure.trails.replies import gates_text

    parts, rows = [], []
    for case in cases:
        procedure = api.procedure(case.report.decision, case.law)
        gates = last_gates(case.report, case.trail, procedure)
        parts.append(f"{case.trail.title}\n{gates_text(gates, case.trail, procedure, lang)}")
        rows += [{"decision": case.trail.title} | gate._asdict() for gate in gates]
    return "\n".join(parts) if output_format == "text" else _rows(rows, output_format)


def _settling(cases: list[_TrailCase], output_format: TrailFormat, lang: str) -> str:
    from decision_procedure.trails.questions import settling
    from decision_procedure.trails.replies import settling_text

    parts, rows = [], []
    for case in cases:
        found = settling(case.trail)
        parts.append(f"{case.trail.title}\n{settling_text(found, case.trail, lang)}")
        rows += [{"decision": case.trail.title} | item._asdict() for item in found]
    return "\n".join(parts) if output_format == "text" else _rows(rows, output_format)


def _rows(rows: Sequence[object], output_format: TrailFormat) -> str:
    _no_graph(output_format)
    if output_format == "csv":
        raise UnusableArgument("csv 只用于 --matrix csv is for --matrix")
    return _json(rows)


def _no_graph(output_format: TrailFormat) -> None:
    if output_format in ("graphml", "prov"):
        raise UnusableArgument(f"{output_format} 只用于追溯链本身 is for the trail itself, not for answers")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _read(path: Path) -> bytes:
    if path.exists() and not path.is_file():  # a device may never end
        raise UnusableArgument(f"不是普通文件 not a regular file: {path}")
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnusableArgument(f"不能读取 cannot read {path}: {error.strerror}") from None


@contextmanager
def _kept(path: Path, masked: list[Masked]) -> Iterator[None]:
    """Write what opens the commitments where only the owner can read it, never over another file.

    When the block raises, nothing stays.
    """
    rows = [{key: item._asdict() for key, item in found.openings.items()} for found in masked]
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise UnusableArgument(f"不能写入 cannot write {path}: {error.strerror}") from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(_json(rows))
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _day(text: str | None, option: str) -> date | None:
    return None if text is None else day_of(text, option)
