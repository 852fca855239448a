"""What is wrong with a file of indicators or scores, in both languages."""

from __future__ import annotations

from decision_procedure.wording import in_both, say


def wrong(key: str, **fields: object) -> tuple[str, str]:
    """Return an entry of the section on faults in Chinese and English, its fields the same in both."""
    return in_both(lambda lang: say(f"fault.{key}", lang, **fields))
