"""Every word that people read, in Chinese and English: one table (`words.yaml`), and how lists, asides and lines are set."""

from decision_procedure.wording.words import LANGUAGES, InBoth, Words, both, say, section

__all__ = ["LANGUAGES", "InBoth", "Words", "both", "say", "section"]
