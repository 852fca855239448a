"""Punctuation of full width and days in words, as official documents have them in Chinese."""

from __future__ import annotations

import re

from decision_procedure.wording.words import LANGUAGES, day_text

_MARK = re.compile(
    "(?<=[\u4e00-\u9fff》」』\uff09])[,;:?!]|(?<=”)[,;:?!](?=\\S)|[,;:?!](?=[\u4e00-\u9fff《「『“\uff08])"
)
_DAY = re.compile(r"(?<![0-9A-Za-z_./-])\d{4}-\d\d-\d\d(?![0-9A-Za-z_/-])")
_PAIR = re.compile(r"\(([^()]*)\)")
_HAS_WIDE = re.compile("[\u4e00-\u9fff]")
_FULL = str.maketrans(",;:?!", "\uff0c\uff1b\uff1a\uff1f\uff01")


def official(text: str) -> str:
    """Return a text with the full-width punctuation and the days that official documents use in Chinese."""
    text = _DAY.sub(lambda match: day_text(match[0], LANGUAGES[0]), text)
    text = _PAIR.sub(_full_pair, _PAIR.sub(_full_pair, text))  # brackets inside brackets, once
    return _MARK.sub(lambda match: match[0].translate(_FULL), text)


def _full_pair(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 1) : match.start()]
    return f"\uff08{match[1]}\uff09" if _HAS_WIDE.search(before + match[1]) else match[0]
