"""Numbers of instruments as people read them; the day of its issue or start stands for one that has none or is not known."""

from __future__ import annotations

import re

from decision_procedure.wording import Words, is_chinese, section

_DATED = re.compile(r"(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?(\D*)")


def number_text(number: str, lang: str) -> str:
    """Return a number in a language: one that was given is a name and stays, a day that stands for it is translated."""
    if is_chinese(lang) or not number:
        return number
    words, known = Words(lang, "number"), section("number", lang)
    dated = _DATED.fullmatch(number)
    if dated is None or dated[4] not in known:
        return known.get(number, number)
    day = "-".join(part.zfill(2) for part in dated.groups()[:3] if part)
    return words.say(dated[4], day=day)


def is_number(text: str) -> bool:
    """Say whether a head gives a number of its own, and not a day in the place of one that is not known."""
    return bool(text) and _DATED.fullmatch(text) is None


def numbered(number: str, lang: str) -> str:
    """Return a number in brackets, to stand after a title; nothing where there is none."""
    return Words(lang).aside(number_text(number, lang))
