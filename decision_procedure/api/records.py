"""Records: read, made, written; forms to fill in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from decision_procedure.api.given import law_at_hand, models_of, what_to_give
from decision_procedure.errors import FaultyInput, UnusableArgument, UnusableInput
from decision_procedure.model.catalogue import is_catalogue
from decision_procedure.model.dates import PartialDate, day_of, parse_date
from decision_procedure.model.decision import Decision
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.reading import (
    SUFFIXES,
    Models,
    Read,
    no_record_in,
    read_all,
    read_record,
    read_records,
)
from decision_procedure.sources import files_in, read_source
from decision_procedure.sources.workbook import is_workbook
from decision_procedure.wording import Bilingual

if TYPE_CHECKING:
    from decision_procedure.forms.workbook import FilledForm
    from decision_procedure.law.applicable import Law


def load_decision(path: str | Path, law: Law | None = None) -> Decision:
    """Return the one record of a YAML or JSON file, or of a filled form (.xlsx). Raises UnusableInput with every fault in it.

    `law` says what else records of a place may hold (`load_law`): kinds of act, fields, documents and traits that its
    instruments declare. None: what ships.
    """
    for found in read_records(Path(path), models_of(law)):
        if isinstance(found, UnusableInput):
            raise found
        return found
    raise UnusableArgument(f"没有案卷 no record in {path}")


def parse_decision(text: str, *, json: bool = True, name: str = "<text>", law: Law | None = None) -> Decision:
    """Return the record written in a JSON (or YAML) text; `law` as for `load_decision`.

    Raises UnusableInput with every fault in it.
    """
    return read_record(text, name, models_of(law), json=json)


def decision(data: Mapping[str, Any], law: Law | None = None) -> Decision:
    """Return the record of a mapping, with keys and words in Chinese or English as in a file.

    Dates may be texts or dates of Python, lists any sequence, parts also objects of the model (`acts.PublicComment`).
    `law` as for `load_decision`. Raises UnusableInput with every fault, each with its key, and UnusableArgument for
    what is no mapping or holds what no file could.
    """
    from decision_procedure.model.giving import given

    if not isinstance(data, Mapping):
        raise UnusableArgument(what_to_give(data))
    return given(data, models_of(law))


def moment(said: str | date) -> PartialDate:
    """Return a year, month, day or minute as the acts of a record hold it: `2024`, `2024-06`, `2024年6月6日`, `2024-06-06 15:00`.

    A record and its acts take such texts as they are; this gives type checkers what they expect. Raises
    UnusableArgument for what is no date.
    """
    try:
        return parse_date(said)
    except ValueError as error:
        raise UnusableArgument(str(error)) from None


def save(record: Decision, path: str | Path, *, lang: Literal["zh", "en"] = "zh") -> None:
    """Write a record as YAML or, by its suffix, JSON, whole or not at all; `load_decision` reads it back.

    Raises UnusableArgument for another suffix or language, OSError where the file cannot be written.
    """
    from decision_procedure.sources.whole_file import write_file

    form = Path(path).suffix.lower()
    if form not in (".yaml", ".yml", ".json"):
        raise UnusableArgument(f"只能写成 YAML 或 JSON only YAML or JSON can be written: {form[:20]}")
    text = record.to_json(lang) if form == ".json" else record.to_yaml(lang)
    write_file(Path(path), text.encode())


def load_decisions(
    paths: str | Path | Iterable[str | Path], law: Law | None = None
) -> Iterator[tuple[str, Decision | UnusableInput]]:
    """Yield every record of files and folders, one or several, as `(file, record)`, or the error in place of a record.

    A catalogue or a file for an assessment that lies in a folder is passed over; one that is named itself, and a folder
    without records, are such errors. `law` as for `load_decision`.
    """
    models = models_of(law)
    for path in map(Path, (paths,) if isinstance(paths, str | Path) else paths):
        empty = True
        for file in files_in(path, SUFFIXES):
            for read, other in records_in(file, models):
                if other is None or file == path:
                    empty = False
                    yield str(file), read.found
        if empty:
            yield str(path), no_record_in(path)


def records_in(file: Path, models: Models) -> Iterator[tuple[Read, str | None]]:
    """Yield each record of a file, with what else the file holds where it is unusable, as `other_content` says."""
    other = cache(lambda: other_content(file))
    for read in read_all(file, models):
        yield read, other() if isinstance(read.found, UnusableInput) else None


def other_content(file: Path) -> str | None:
    """Return what a file holds that is no record, whole or not: a `catalogue`, what an `assessment` reads; None: neither."""
    from decision_procedure.assessing.scored import (
        is_assessment_file,  # loaded only where a file holds no record
    )

    try:
        data = read_source(file).data
    except FaultyInput:
        return None
    if is_catalogue(data):
        return "catalogue"
    return "assessment" if is_assessment_file(data) else None


def load_tables(
    mapping: str | Path | Mapping[str, Any], *, source: Any = None, law: Law | None = None
) -> Iterator[Decision | UnusableInput]:
    """Yield each record of tables, or the error that makes it unusable, one decision after the other in bounded memory.

    `mapping` says which table and column holds what: its file, or a mapping of the same content. `source` stands in place of the
    one it names: the path of a folder of CSV, TSV and Parquet files, of an SQLite file or of an OCEL 2.0 log, a connection of
    `sqlite3`, the URL of a database or an engine of SQLAlchemy (extra `sql`). It is only read. `law` as for
    `load_decision`. Raises UnusableInput with every fault of the mapping, UnusableArgument where a library is lacking.
    """
    from decision_procedure.model.tables.reading import mapped_records

    given = Path(mapping) if isinstance(mapping, str | Path) else mapping
    return (read.found for read in mapped_records(given, source, models_of(law)))


def load_ocel(path: str | Path, law: Law | None = None) -> Iterator[Decision | UnusableInput]:
    """Yield each record of an event log of OCEL 2.0 (JSON) that `as_format(…, "ocel")` wrote, or why it is unusable.

    The log of another system is read by `load_tables` with a mapping. `law` as for `load_decision`. Raises UnusableInput
    for a file that is no such log.
    """
    from decision_procedure.model.event_logs import logged_records

    return (read.found for read in logged_records(Path(path), models_of(law)))


def act_lines(path: str | Path) -> Callable[[str], int | None]:
    """Return a function from an act's identifier, `cited_law[0]` or `body.code` to its line in a YAML or JSON file.

    The file is parsed a second time, when first asked. None: not a file of one record, or an act without id.
    """
    lines: dict[str, int | None] | None = None

    def line(act: str) -> int | None:
        nonlocal lines
        if lines is None:
            lines = dict(_act_lines(Path(path)))
        return lines.get(act)

    return line


def _act_lines(path: Path) -> Iterator[tuple[str, int | None]]:
    if path.suffix.lower() == ".jsonl" or is_workbook(path):
        return
    source, called = read_source(path), SHIPPED.keys()

    def names(key: str) -> tuple[str, str]:
        return key, called[key].zh

    for body in names("body"):
        for code in names("code"):
            if code in source.data.get(body, ()):
                yield "body.code", source.line((body, code))
    for listed in ("cited_law", "waivers", "judgements"):
        for key in names(listed):
            for index in range(len(source.data.get(key, ()))):
                yield f"{listed}[{index}]", source.line((key, index))
    for acts, name in zip(names("acts"), names("id"), strict=True):
        for index, act in enumerate(source.data.get(acts, ())):
            identifier = act.get("id", act.get(name))
            if identifier is not None:
                yield str(identifier), source.line((acts, index))


def record_schema(
    law: Law | None = None, code: str = "", procedure: str = "", lang: Literal["zh", "en"] = "en"
) -> dict[str, Any]:
    """Return the JSON Schema of a record of a body with this GB/T 2260 code, on this procedure (empty: major decisions).

    `law` as for `load_decision`. `lang` is the language of its keys and words.
    """
    from decision_procedure.model.json_schema import record_schema

    return record_schema(models_of(law)(code, procedure), lang)


def skeleton(
    record: Decision, *, as_of: date | str, law: Law | None = None, lang: Literal["zh", "en"] = "zh"
) -> str:
    """Return a record to fill in as commented YAML: what a record states, and open lines for what its matter needs.

    The text reads back as that record; an open line states something once its mark is taken off. Which acts a matter
    needs, and which articles ask for a key, is told by the law in force on `as_of` for the body, traits and tracks of
    the record. `law` None: the law that travels with the library. Raises UnusableArgument for what is no day.
    """
    from decision_procedure.forms import skeleton

    return skeleton(record, law or law_at_hand(), day_of(as_of, "as_of"), lang)


def form(
    record: Decision, *, as_of: date | str, law: Law | None = None, lang: Literal["zh", "en"] = "zh"
) -> FilledForm:
    """Return a record as a form to fill in, an Excel workbook (`data`): what it states, and columns for what is asked.

    `load_decision` reads it back; what a workbook cannot hold, such as different sayings of several documents, is named in
    `left_out` by its place in the record. The sheets of acts that the matter hardly needs are hidden. `as_of` and `law`
    as for `skeleton`. Raises UnusableArgument for what is no day, and without `openpyxl`.
    """
    from decision_procedure.sources.optional import needed

    needed("openpyxl", "excel")
    from decision_procedure.forms.workbook import workbook_form

    return workbook_form(record, law or law_at_hand(), day_of(as_of, "as_of"), lang)


def steps(law: Law | None = None) -> Mapping[str, Bilingual]:
    """Return the steps of the procedure by identifier, with what they are called; `report.gate` and `report.need` ask by these.

    `law` None: the law that travels with the library.
    """
    return {name: Bilingual.of(step.name) for name, step in (law or law_at_hand()).steps.items()}
