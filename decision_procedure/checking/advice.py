"""Advice on the law that a record or a catalogue cites: out of date, wrongly numbered, or not binding this body.

Beside it, advice on the code of the deciding body, by which the law of its place is found, and on numbers of
opinions that do not go together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from decision_procedure.law.applicable import Law, binding_of
from decision_procedure.law.articles import article_text
from decision_procedure.law.citations import (
    Citation,
    citations_in,
    cited,
    instrument_name,
    known_instruments,
    mentions,
)
from decision_procedure.law.facts import Facts
from decision_procedure.law.head import Head
from decision_procedure.law.loading import Pack, covers_place
from decision_procedure.law.register import Entry
from decision_procedure.model.acts.participation import OpinionHandling
from decision_procedure.model.catalogue import Catalogue, lists_hearings
from decision_procedure.model.dates import PartialDate, parse_date
from decision_procedure.model.decision import Body, Decision
from decision_procedure.model.divisions import oddity, unknown_part
from decision_procedure.model.vocabulary import BindingKind, label
from decision_procedure.results.remarks import Advice


def advice_on(
    decision: Decision,
    law: Law,
    bindings: Mapping[str, BindingKind],
    moments: Sequence[PartialDate],
    as_of: PartialDate,
) -> tuple[Advice, ...]:
    """Return what is to put right about the law that a record cites.

    `moments` are the days of its acts: a citation is out of date only where the instrument was in force on
    none of them. `bindings` says how each instrument checked binds the deciding body.
    """
    if not decision.cited_law:
        return ()
    known, packs = known_instruments(law), {pack.head.id: pack for pack in law.packs}
    elsewhere = _elsewhere(law, decision.body.code or "")
    found: dict[Advice, None] = {}
    days = sorted(
        {_whole_day(day) for day in moments or (as_of,)}, key=lambda day: (day.first, day.last, day.text)
    )
    written = [tuple(dict.fromkeys(mentions(text, known))) for text in decision.cited_law]
    come_to = {mention: cited(mention, known, days) for mention in chain.from_iterable(written)}
    for index, each in enumerate(written):
        place = f"cited_law[{index}]"
        for on_each_day in map(come_to.__getitem__, each):
            found.update(dict.fromkeys(_advice(on_each_day, place, dated=bool(moments))))
            found.update(dict.fromkeys(_on_binding(on_each_day, place, bindings, packs)))
            found.update(dict.fromkeys(_of_elsewhere(on_each_day, place, elsewhere)))
    return _with_binding(found, decision, law, as_of)


def advice_on_place(body: Body, law: Law) -> tuple[Advice, ...]:
    """Return what is odd about the code of a body: of no known place, or of another level than the government.

    A place is known as well where it has law of its own among the instruments loaded.
    """
    code = body.code
    if code is None:
        return ()
    unknown = unknown_part(code)
    known = unknown is None or any(
        pack.head.place.startswith(unknown) for pack in law.packs if covers_place(pack.head.place, code)
    )
    odd = oddity(code, body.level if body.kind == "government" else None, known=known)
    return () if odd is None else (Advice("place", *odd, place="body.code", instrument=""),)


def advice_on_counts(decision: Decision) -> tuple[Advice, ...]:
    """Return a question for each handling of opinions that adopts more of them than were received.

    One letter may hold several opinions: it is no fault.
    """
    return tuple(
        Advice(
            "counts",
            f"收到意见 {act.received} 件，采纳 {act.adopted} 条：一件来信可以有几条意见，请核对两个数目各按什么计",
            f"{act.received} received, {act.adopted} adopted: one letter may hold several opinions; see what each counts",
            f"acts[{act.id}].adopted",
            "",
        )
        for act in decision.acts
        if isinstance(act, OpinionHandling)
        and act.received is not None
        and act.adopted is not None
        and act.adopted > act.received
    )


def advice_on_catalogue(catalogue: Catalogue, law: Law) -> tuple[Advice, ...]:
    """Return what is to put right about the law that a catalogue and its items cite.

    They are read on the day of issue, or, where that is not recorded, in the year: an instrument is out of date
    only if it was in force on no day of it. Each says how the instrument binds the body whose catalogue it is,
    as far as issuer and level tell.
    """
    written = [(f"cited_law[{index}]", text) for index, text in enumerate(catalogue.cited_law)]
    for number, item in enumerate(catalogue.items):
        written += [(f"items[{number}].cited_law[{at}]", text) for at, text in enumerate(item.cited_law)]
    day, known = catalogue.issued or parse_date(str(catalogue.year)), known_instruments(law)
    found = [
        advice
        for place, text in written
        for citation in citations_in(text, day, known)
        for advice in _advice([citation], place, dated=True)
    ]
    return _with_binding(found, as_decision(catalogue), law, _whole_day(day))


def as_decision(catalogue: Catalogue) -> Decision:
    """Return a decision of the body whose catalogue it is, with what issuer and level say of it.

    It stands on the catalogue, with what that says of its own approval, consent and publication; on one of hearings
    alone it does not.
    """
    kinds = {"人民政府": "government", "局": "department", "厅": "department"}
    found = (kind for word, kind in kinds.items() if re.search(f"{word}(办公室|办公厅|$)", catalogue.issuer))
    body = {"name": catalogue.issuer, "level": catalogue.level, "kind": next(found, None)}
    entry = {"listed": not lists_hearings(catalogue.title), "year": catalogue.year} | {
        name: getattr(catalogue, name) for name in ("approved", "party_consent", "published")
    }
    return Decision.model_validate({"schema": 1, "title": catalogue.title, "body": body, "catalogue": entry})


def _with_binding(
    found: Collection[Advice], decision: Decision, law: Law, as_of: PartialDate
) -> tuple[Advice, ...]:
    """Return each advice with how its instrument binds the deciding body, in words too where that is known."""
    if not found:
        return ()
    packs = {pack.head.id: pack for pack in law.packs}
    known = {entry.id: entry for entry in law.register} | {name: pack.head for name, pack in packs.items()}
    facts = Facts(decision, date.fromordinal(as_of.last_day))
    told = []
    for advice in found:
        item = known[advice.instrument]
        binding = _binding(item.place, packs.get(item.id), facts)
        zh, en = advice.zh, advice.en
        if binding is not None and advice.kind != "binding":
            zh += f"；《{item.title.zh}》对决策机关：{label('binding', binding)}"
            en += f"; {item.title.en}, for the deciding body: {label('binding', binding, 'en')}"
        told.append(replace(advice, zh=zh, en=en, binding=binding))
    return tuple(told)


def _binding(place: str, pack: Pack | None, facts: Facts) -> BindingKind | None:
    body = facts.decision.body
    if not covers_place(place, body.code or ""):
        return "not_bound" if body.code else None
    if pack is None or not (body.code or (body.level and body.kind)):
        return None
    return binding_of(pack, facts)


def _advice(citations: Sequence[Citation], place: str, *, dated: bool) -> Iterator[Advice]:
    """Yield what one citation comes to on all the days of a record."""
    states = {citation.state for citation in citations}
    if len(states) == 1 and citations[0].instruments:
        state, first = citations[0].state, citations[0]
        if state == "wrong_number" or (dated and state in ("no_longer", "not_yet")):
            yield Advice(state, first.zh, first.en, place, first.instruments[0])


def _on_binding(
    citations: Sequence[Citation], place: str, bindings: Mapping[str, BindingKind], packs: Mapping[str, Pack]
) -> Iterator[Advice]:
    """Yield whom a cited instrument binds, where it is not known to bind the deciding body."""
    for citation in citations:
        for name in citation.instruments:
            if citation.state == "in_force" and bindings.get(name) in ("uncertain", "not_bound"):
                head, binding = packs[name].head, packs[name].file.binding
                called = instrument_name(head)
                note_zh = "" if binding.note is None else f"：{binding.note.zh}"
                note_en = "" if binding.note is None else f": {binding.note.en}"
                yield Advice(
                    "binding",
                    f"所引{called.zh}约束谁见其{binding.article}，案卷未显示约束本机关{note_zh}",
                    f"{called.en} says in {article_text(binding.article, 'en')} whom it binds; the record does not show this body{note_en}",
                    place,
                    name,
                )


def _of_elsewhere(
    citations: Sequence[Citation], place: str, elsewhere: Mapping[str, Head | Entry]
) -> Iterator[Advice]:
    """Yield the cited instruments of places in which the deciding body does not lie."""
    for citation in citations:
        if citation.state == "in_force" and all(name in elsewhere for name in citation.instruments):
            for item in map(elsewhere.__getitem__, citation.instruments):
                called = instrument_name(item)
                yield Advice(
                    "binding",
                    f"所引{called.zh}是其他地方的规定，不约束本机关",
                    f"{called.en} is a rule of another place and does not bind this body",
                    place,
                    item.id,
                )


def _elsewhere(law: Law, code: str) -> dict[str, Head | Entry]:
    """Return the instruments whose place a body does not lie in; none where its code is not known."""
    known: list[Head | Entry] = [pack.head for pack in law.packs]
    known += [entry for entry in law.register if entry.accuses]
    return {item.id: item for item in known if code and not covers_place(item.place, code)}


def _whole_day(moment: PartialDate) -> PartialDate:
    return parse_date(moment.text.partition("T")[0])
