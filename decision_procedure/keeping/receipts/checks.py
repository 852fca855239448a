"""What was verified of a dossier or a bag, what was not, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, get_args

from decision_procedure.wording import Words, say, section

What = Literal[
    "record",
    "report",
    "law",
    "manifests",
    "contents",
    "documents",
    "unhashed",
    "pages",
    "signature",
    "ledger",
]
State = Literal["verified", "failed", "unchecked", "absent"]


class Check(NamedTuple):
    """One part of a dossier or bag and whether it was held against what binds it.

    `verified`: it fits; `failed`: it does not; `unchecked`: nobody could, or was asked to; `absent`: it is not there.
    """

    what: What
    state: State

    def text(self, lang: str = "zh") -> str:
        """Return what was checked, and why it was not, in words."""
        words = section("dossier", lang)
        why = words.get(f"why_{self.what}", "") if self.state == "unchecked" else ""
        return words[f"what_{self.what}"] + Words(lang).aside(why)


def check_lines(checks: Iterable[Check], lang: str = "zh") -> Iterator[str]:
    """Yield one line for each state: what was verified first."""
    found = list(checks)
    for state in get_args(State):
        parts = [check.text(lang) for check in found if check.state == state]
        if parts:
            yield Words(lang).headed(say(f"dossier.state_{state}", lang), Words(lang).listed(parts))
