"""Instruments cited in free text: which they are, and whether they were in force on a day.

Everything here is pure: the instruments known come in, frozen values go out. A text is untrusted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from decision_procedure.law.applicable import Force, Law, force_of
from decision_procedure.law.head import UNPROVEN, Head
from decision_procedure.law.numbers import is_number, numbered
from decision_procedure.law.register import Entry
from decision_procedure.model.dates import PartialDate
from decision_procedure.wording import LANGUAGES, Bilingual, Words, in_both, section

State = Literal["in_force", "not_yet", "no_longer", "wrong_number", "unknown"]

_ORDER = re.compile(
    r"(?P<issuer>[一-鿿]{0,16}?)令(?:(?:19|20)\d\d年)?\(?第?(?P<order>\d{1,4})号"
    r"|(?P<issuer_first>[一-鿿]{0,16}?)第(?P<reversed>\d{1,4})号令"
)
_PAPER = re.compile(
    r"(?P<code>[一-鿿]{1,12})[〔\[(【](?P<year>(?:19|20)\d\d)[〕\])】]第?(?P<paper>\d{1,4})号"
)
_QUOTED = re.compile(r"《([^《》]{2,80})》")
_TAIL = re.compile(r"\((?:\d{4}年?(?:修正|修订)?|试行|暂行|旧|\d{4}修订|(?:19|20)\d\d)\)$")
_LEAD = re.compile(
    r"^.{0,12}(?:根据|依据|按照|依照|遵照|执行|以及|(?<!共)和|与|及|按)(?=[一-鿿]{0,16}[令〔\[(【])"
)
_SHORT = (("人民政府", "政府"), ("中华人民共和国", ""))
_STATE = re.compile(r"国$")  # 国令: an order of the State Council


class InstrumentNumber(NamedTuple):
    """The number of an instrument: an order of somebody (`issuer`, `year` None), or a paper of a year."""

    issuer: str
    year: int | None
    number: int

    def fits(self, other: InstrumentNumber) -> bool:
        """Say whether both may be one number: an issuer may be cut off at the front, or left out."""
        if (self.year, self.number) != (other.year, other.number):
            return False
        return self.issuer.endswith(other.issuer) or other.issuer.endswith(self.issuer)


def instrument_name(head: Head | Entry) -> Bilingual:
    """Return an instrument with its number."""
    return Bilingual(
        f"《{head.title.zh}》{numbered(head.number or '', LANGUAGES[0])}",
        f"{head.title.en}{numbered(head.number or '', LANGUAGES[1])}",
    )


@dataclass(frozen=True, slots=True)
class Known:
    """An instrument that citations are matched against.

    `ended`: whether it has an end is established, so that no end means still in force. `accuses`: whether what is
    known of it is firm enough to say that a citation is wrong; it is not where it is unverified or recalled, or known
    to have later versions whose numbers are not all known.
    """

    id: str
    title: str
    titles: tuple[str, ...]
    numbers: tuple[InstrumentNumber, ...]
    shown_number: str
    force: Force
    ended: bool = True
    draft: bool = False
    accuses: bool = True


class Mention(NamedTuple):
    """One citation as written: a title, a number, or both; None where it gives none."""

    title: str | None
    number: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation and what became of it on a day. `instruments` are the identifiers it may mean."""

    mention: Mention
    state: State
    instruments: tuple[str, ...]
    zh: str
    en: str

    def text(self, lang: str = "zh") -> str:
        """Return the finding in the language asked for."""
        return Words(lang).said(self)


@lru_cache(maxsize=8)
def known_instruments(law: Law) -> tuple[Known, ...]:
    """Return what citations can be matched against: the instruments loaded and those on the register."""
    loaded = [
        _known(
            pack.head.id,
            pack.head.title.zh,
            pack.head.number or "",
            pack.head.aliases,
            force_of(pack),
            pack.head.end_known,
            draft=pack.head.mark == "draft" and pack.head.seen == "none",
            accuses=pack.head.mark not in UNPROVEN,
        )
        for pack in law.packs
    ]
    registered = [
        _known(
            entry.id,
            entry.title.zh,
            entry.number or "",
            entry.aliases,
            Force(entry.in_force_from, entry.in_force_to),
            entry.mark != "?",
            draft=entry.status == "draft",
            accuses=entry.accuses,
        )
        for entry in law.register
    ]
    return (*loaded, *registered)


def mentions(text: str, known: Iterable[Known]) -> tuple[Mention, ...]:
    """Return the instruments cited in a text, in order: titles in 《》, known titles without them, numbers.

    A number belongs to the title it stands beside: in brackets behind it, or straight before it.
    """
    plain = _plain(text)
    titles = sorted(_titles(plain, tuple(known)))
    numbers = list(_numbers(plain, titles))
    found: list[tuple[int, Mention]] = []
    used: set[int] = set()
    for start, end, title in titles:
        number = next(
            (item for item in numbers if item[0] not in used and _beside(item, start, end, plain)), None
        )
        if number is not None:
            used.add(number[0])
        found.append((start, Mention(title, number[2] if number else None)))
    found.extend((start, Mention(None, text)) for start, _, text in numbers if start not in used)
    return tuple(mention for _, mention in sorted(found, key=lambda item: item[0]))


def citations_in(text: str, day: PartialDate, known: Iterable[Known]) -> tuple[Citation, ...]:
    """Return what each citation in a text comes to on a day.

    A citation without a number is matched by its title, and is not stale while any instrument of that title
    is in force (`semantics.md` section 3).
    """
    instruments = tuple(known)
    return tuple(cited(mention, instruments, (day,))[0] for mention in mentions(text, instruments))


def cited(mention: Mention, known: tuple[Known, ...], days: Sequence[PartialDate]) -> tuple[Citation, ...]:
    """Return what one citation comes to on each of some days, as `citations_in` says it."""
    found = _matched(mention, known)
    if not isinstance(found, Citation):
        return tuple(_dated(mention, day, found) for day in days)
    titled = _by_title(mention.title, known) if found.state == "wrong_number" and mention.title else ()
    return tuple(_earlier_text(mention, titled) if _none_yet(titled, day) else found for day in days)


def _none_yet(titled: tuple[Known, ...], day: PartialDate) -> bool:
    """Say whether no instrument of a title that is known had begun: its number may be that of an earlier text."""
    return bool(titled) and all(item.force.on(day) == "before" for item in titled)


def _earlier_text(mention: Mention, titled: tuple[Known, ...]) -> Citation:
    return _unknown(mention, titled, "当时施行的文本未收录", "the text in force then is not known")


def _beside(number: tuple[int, int, str], start: int, end: int, plain: str) -> bool:
    if number[1] == start:
        return True
    return number[0] >= end and plain[end : number[0]] in ("", "(", ",")


def _matched(mention: Mention, known: tuple[Known, ...]) -> tuple[Known, ...] | Citation:
    """Return what a citation may mean, or what it comes to on any day."""
    by_title = _by_title(mention.title, known) if mention.title else ()
    by_number = _by_number(mention.number, known) if mention.number else ()
    if mention.title and mention.number:
        both = tuple(item for item in by_title if item in by_number)
        if both:
            return both
        if by_number or (by_title and all(item.numbers for item in by_title)):
            return _mismatched(mention, by_title, by_number)
        return _unknown(mention, by_title, "文号无从核对", "its number cannot be checked")
    return (
        by_title
        or by_number
        or _unknown(mention, (), "不在已知的法律文件之内", "it is none of the instruments known")
    )


def _dated(mention: Mention, day: PartialDate, found: tuple[Known, ...]) -> Citation:
    states = {item.id: _state(item, day) for item in found}
    state: State = next(
        (name for name in ("in_force", "unknown", "no_longer") if name in states.values()), "not_yet"
    )
    chosen = tuple(item for item in found if states[item.id] == state)
    zh, en = _cited(mention)
    dates = "、".join(_span(item, "zh") for item in chosen)
    dates_en = ", ".join(_span(item, "en") for item in chosen)
    words = {
        "in_force": ("当时有效", "in force at the time"),
        "not_yet": ("当时尚未施行", "not yet in force"),
        "no_longer": ("当时已经失效", "no longer in force"),
        "unknown": ("当时是否有效未查明", "whether it was in force is not known"),
    }[state]
    return Citation(
        mention,
        state,
        tuple(item.id for item in chosen),
        f"所引{zh}在{day}：{words[0]}（{dates}）",
        f"{en} on {day}: {words[1]} ({dates_en})",
    )


def _mismatched(mention: Mention, by_title: tuple[Known, ...], by_number: tuple[Known, ...]) -> Citation:
    verified = all(item.accuses for item in (*by_title, *by_number))
    if not verified or not all(is_number(item.shown_number) for item in by_title):
        return _unknown(
            mention,
            (*by_title, *by_number),
            "所登记的文号未经核实或者有新版本",
            "the number on the register is not verified, or has later versions",
        )
    zh, en = _cited(mention)
    right = "、".join(item.shown_number for item in by_title)
    owner = "、".join(f"《{item.title}》" for item in by_number)
    rest_zh = (f"，该标题的文号是{right}" if right else "") + (f"，该文号属于{owner}" if owner else "")
    rest_en = (f"; the number of that title is {right}" if right else "") + (
        f"; that number belongs to {owner}" if owner else ""
    )
    found = tuple(item.id for item in (*by_title, *by_number))
    return Citation(
        mention,
        "wrong_number",
        tuple(dict.fromkeys(found)),
        f"所引{zh}的文号与标题不符{rest_zh}",
        f"{en}: its number does not match its title{rest_en}",
    )


def _unknown(mention: Mention, found: tuple[Known, ...], why: str, why_en: str) -> Citation:
    zh, en = _cited(mention)
    return Citation(
        mention, "unknown", tuple(item.id for item in found), f"所引{zh}：{why}", f"{en}: {why_en}"
    )


def _state(item: Known, day: PartialDate) -> State:
    if item.draft:
        return "not_yet"
    stage = item.force.on(day)
    if stage == "during":
        return "in_force" if item.ended else "unknown"
    if stage is None or not item.accuses:
        return "unknown"
    return "not_yet" if stage == "before" else "no_longer"


def _span(item: Known, lang: str) -> str:
    if item.draft:
        return f"{item.shown_number}" if lang == "zh" else "a draft"
    force = item.force
    start = str(force.start) if force.start else ("未查明" if lang == "zh" else "unknown")
    if force.end is None:
        end = (
            ("至今" if lang == "zh" else "today") if item.ended else ("未查明" if lang == "zh" else "unknown")
        )
    else:
        end = str(force.end)
    return (
        f"{item.shown_number}，{start} 至 {end}" if lang == "zh" else f"{item.shown_number}, {start} to {end}"
    )


def _cited(mention: Mention) -> tuple[str, str]:
    title = f"《{mention.title}》" if mention.title else ""
    if not (title and mention.number):
        return title or mention.number or "", title or mention.number or ""
    return in_both(lambda lang: title + Words(lang).aside(mention.number or ""))


def _known(
    identifier: str,
    title: str,
    number: str,
    aliases: tuple[str, ...],
    force: Force,
    ended: bool,
    *,
    draft: bool,
    accuses: bool = True,
) -> Known:
    written = [_plain(number), *(_plain(alias) for alias in aliases)]
    numbers = [found for text in written for found in _numbers_of(text)]
    titles = [_short_title(_plain(text)) for text in (title, *aliases) if not _numbers_of(_plain(text))]
    return Known(
        identifier,
        title,
        tuple(dict.fromkeys(titles)),
        tuple(dict.fromkeys(numbers)),
        number,
        force,
        ended,
        draft,
        accuses,
    )


def _by_title(title: str, known: tuple[Known, ...]) -> tuple[Known, ...]:
    wanted = _short_title(title)
    return tuple(item for item in known if wanted in item.titles)


def _by_number(number: str, known: tuple[Known, ...]) -> tuple[Known, ...]:
    wanted = _numbers_of(number)
    return tuple(item for item in known if any(own.fits(cited) for own in item.numbers for cited in wanted))


def _plain(text: str) -> str:
    """Return a text in one spelling: full-width characters narrowed, no spaces, one kind of quotation mark."""
    narrow = unicodedata.normalize("NFKC", text).replace("〈", "《").replace("〉", "》")
    return "".join(character for character in narrow if not character.isspace())


def _short_title(title: str) -> str:
    plain = _plain(title).strip("《》").replace("—", "-").replace("–", "-")
    previous = ""
    while plain != previous:
        previous, plain = plain, _TAIL.sub("", plain)
    return plain.removeprefix("中华人民共和国")


def _titles(plain: str, known: tuple[Known, ...]) -> Iterator[tuple[int, int, str]]:
    taken: list[tuple[int, int]] = []
    for match in _QUOTED.finditer(plain):
        taken.append(match.span())
        yield match.start(), match.end(), match.group(1)
    names = {name for item in known for name in item.titles if len(name) >= 3}
    dashed = plain.replace("—", "-").replace("–", "-")
    for name in sorted(names, key=lambda text: (-len(text), text)):
        start = dashed.find(name)
        while start >= 0:
            end = start + len(name)
            if all(end <= first or start >= last for first, last in taken):
                taken.append((start, end))
                yield start, end, name
            start = dashed.find(name, end)


def _numbers(plain: str, titles: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    inside = [(start, end) for start, end, _ in titles]
    taken: list[tuple[int, int]] = []
    for pattern in (_PAPER, _ORDER):
        for match in pattern.finditer(plain):
            start, end = match.span()
            if all(end <= first or start >= last for first, last in (*inside, *taken)):
                taken.append((start, end))
                text = _LEAD.sub("", match.group())
                yield end - len(text), end, text


def _numbers_of(plain: str) -> tuple[InstrumentNumber, ...]:
    found = [
        InstrumentNumber(match["code"], int(match["year"]), int(match["paper"]))
        for match in _PAPER.finditer(_plain(plain))
    ]
    for match in _ORDER.finditer(_plain(plain)):
        issuer = match["issuer"] or match["issuer_first"] or ""
        for long, short in _SHORT:
            issuer = issuer.replace(long, short)
        province = section("province_short", LANGUAGES[0]).get(issuer[-2:-1])
        if issuer.endswith("府") and province is not None:  # 粤府 is 广东省人民政府
            issuer = f"{issuer[:-2]}{province}政府"
        found.append(
            InstrumentNumber(_STATE.sub("国务院", issuer), None, int(match["order"] or match["reversed"]))
        )
    return tuple(found)
