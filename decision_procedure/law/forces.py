"""The word of a paraphrase that says how it binds, held against the force of its duty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from decision_procedure.errors import Fault
from decision_procedure.law.loading import Pack
from decision_procedure.law.pack import Force
from decision_procedure.law.places import fault_in
from decision_procedure.wording import both

_FORCES: Mapping[str, tuple[Force, ...]] = {
    "一般": ("general",),
    "应当": ("must", "must_not"),
    "必须": ("must", "must_not"),
    "不得": ("must_not",),
    "可以": ("may",),
}
# A bound, such as 不得少于三十日, asks for something: it is no bar.
_BOUND = re.compile("不得(?:少于|低于|超过|多于|迟于)")


def force_faults(pack: Pack) -> Iterator[Fault]:
    """Yield each duty whose paraphrase says that it binds in another way than its force."""
    for index, duty in enumerate(pack.file.duties):
        word = force_word(duty.text.zh)
        if word is not None and duty.force not in _FORCES[word]:
            said = both("ruletest.force", word=(word, word), force=(duty.force, duty.force))
            yield fault_in(pack, ("duties", index, "force"), *said)


def force_word(text: str) -> str | None:
    """Return the word by which a Chinese paraphrase binds: 一般 wherever it stands, else the first; None: it has none."""
    if "一般" in text:
        return "一般"
    plain = _BOUND.sub("", text)
    found = [(plain.index(word), word) for word in _FORCES if word in plain]
    return min(found)[1] if found else None
