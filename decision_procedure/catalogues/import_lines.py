"""How a published catalogue was read, as lines for people: what the columns stand for, each item, what to look at."""

from __future__ import annotations

from collections.abc import Iterator

from decision_procedure.catalogues.headers import STEPS, UNREAD, field_label
from decision_procedure.catalogues.importing import ColumnRead, ImportedCatalogue
from decision_procedure.model.catalogue import Catalogue, CatalogueItem
from decision_procedure.model.keys import keys_of
from decision_procedure.model.planned import HEARING, PlannedTime
from decision_procedure.model.vocabulary import label
from decision_procedure.wording import Words, day_text, is_chinese

_HEAD = (
    "title",
    "issuer",
    "number",
    "year",
    "batch",
    "issued",
    "published_on",
    "level",
    "approval",
    "planned_time",
)


def reading_lines(found: ImportedCatalogue, file: str, lang: str = "zh") -> Iterator[str]:
    """Yield how a file was read; what is inside is not made fit for a terminal."""
    words = Words(lang, "catalogue_import")
    kind = words.say(f"kind_{found.kind}")
    count = words.say("items_count", count=len(found.catalogue.items))
    yield f"{file}{words.aside(kind)}{words.say('colon')}{count}"
    yield from (f"  {line}" for line in _head(found, words))
    yield f"  {words.say('columns')}"
    yield from (f"    {line}" for line in _columns(found, words))
    yield f"  {words.say('items')}"
    section = None
    for row in found.catalogue.items:
        if row.section != section:
            section = row.section
            yield f"    {words.say('part', name=section)}"
        yield f"    {_item(row, words)}"
    if found.joined:
        yield f"  {words.say('joined')}"
        for name in found.joined:
            yield f"    {words.headed(name.place, words.say('joined_name', raw=' ⏎ '.join(name.raw.split(chr(10))), name=name.name))}"
    yield from doubt_lines(found, lang)


def doubt_lines(found: ImportedCatalogue, lang: str = "zh") -> Iterator[str]:
    """Yield what somebody should look at; one line where there is nothing."""
    words = Words(lang, "catalogue_import")
    if not found.doubts:
        yield f"  {words.say('no_doubts')}"
        return
    yield f"  {words.say('doubts', count=len(found.doubts))}"
    for doubt in found.doubts:
        told = words.said(doubt)
        yield f"    {words.headed(doubt.place, told) if doubt.place else told}"


def _head(found: ImportedCatalogue, words: Words) -> Iterator[str]:
    catalogue = found.catalogue
    for field in _HEAD:
        value = getattr(catalogue, field)
        if value is None:
            continue
        stated = found.stated.get(field)
        text = _shown(value, field, words.lang)
        where = stated.place if stated is not None else ""
        yield words.headed(_called(field, words.lang), f"{text}{words.aside(where)}")
    for field in ("party_consent", "approved"):
        value = getattr(catalogue, field)
        told = words.say("unstated" if value is None else "flag_yes" if value else "flag_no")
        yield words.headed(_called(field, words.lang), told)


def _called(field: str, lang: str) -> str:
    key = keys_of(Catalogue)[field]
    return key.zh if is_chinese(lang) else key.en or field.replace("_", " ")


def _shown(value: object, field: str, lang: str) -> str:
    if field == "level":
        return label("level", str(value), lang)
    if isinstance(value, PlannedTime):
        return _time(value, Words(lang, "catalogue_import"))
    return day_text(str(value), lang) if field in ("issued", "published_on") else str(value)


def _columns(found: ImportedCatalogue, words: Words) -> Iterator[str]:
    """Yield what each column was read as; of several tables each under its name."""
    tables: dict[str, dict[ColumnRead, None]] = {}
    for column in found.columns:
        tables.setdefault(column.table, {})[column] = None
    for table, columns in tables.items():
        if len(tables) > 1:
            yield words.say("part", name=table)
        for column in columns:
            yield f"{column.header or words.say('no_header')} → {_field(column, words)}"


def _field(column: ColumnRead, words: Words) -> str:
    if column.field is None:
        return words.say("column_unknown")
    if column.field == UNREAD:
        return words.say("unread")
    return field_label(column.field, words.lang) + words.aside(words.say("similar") if column.similar else "")


def _item(row: CatalogueItem, words: Words) -> str:
    parts = [row.category or "", words.listed(row.undertakers)]
    if row.assisting:
        parts.append(words.headed(field_label("assisting", words.lang), words.listed(row.assisting)))
    if row.planned_time is not None:
        parts.append(_time(row.planned_time, words))
    if row.planned_steps is not None or row.hearing is not None:
        parts.append(_steps(row, words))
    return f"{row.item} {row.title}{words.aside(words.series(filter(None, parts)))}"


def _time(time: PlannedTime, words: Words) -> str:
    if time.end is None:
        return words.say("time_unknown", raw=time.raw)
    end = day_text(time.end.text, words.lang)
    if time.start is None:
        return words.say("time_by", raw=time.raw, end=end)
    return words.say("time_span", raw=time.raw, start=day_text(time.start.text, words.lang), end=end)


def _steps(row: CatalogueItem, words: Words) -> str:
    """Return the steps that a row plans, and those it says are not needed."""
    planned = [_step(step, words) for step in STEPS if row.plans(step)]
    denied = [_step(step, words) for step in STEPS if row.plans(step) is False]
    told = [words.say("planned", steps=words.listed(planned))] if planned else []
    if denied:
        told.append(words.say("not_planned", steps=words.listed(denied)))
    return words.series(told)


def _step(step: str, words: Words) -> str:
    return words.say("hearing") if step == HEARING else field_label(step, words.lang)
