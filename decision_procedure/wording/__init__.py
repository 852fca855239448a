"""Every word that people read, in Chinese and English: one table (`words.yaml`), and how its texts are put together."""

from decision_procedure.wording.words import (
    LANGUAGES,
    Bilingual,
    InBoth,
    Language,
    Words,
    both,
    check_language,
    day_text,
    in_both,
    is_chinese,
    is_in,
    say,
    section,
    text_in,
)

__all__ = [
    "LANGUAGES",
    "Bilingual",
    "InBoth",
    "Language",
    "Words",
    "both",
    "check_language",
    "day_text",
    "in_both",
    "is_chinese",
    "is_in",
    "say",
    "section",
    "text_in",
]
