"""Law of a place whose texts hold names, with these masked; the law that ships is never touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import yaml

from decision_procedure.law.applicable import Law, standard_law
from decision_procedure.law.language import with_words
from decision_procedure.law.loading import Pack, load_pack
from decision_procedure.masking.name_folding import FoldedNames

_CONDITIONS = frozenset(
    {"when", "require", "judge", "included", "excluded", "direct", "reference", "internal", "not_bound"}
)


def masked_law(law: Law, names: FoldedNames, text: Callable[[str], str]) -> Law:
    """Return the law with each text of an instrument masked that does not ship, the same law where none holds a name.

    `text` masks one text. Conditions keep their sense but for the names in their constants; examples are left out.
    """
    shipped = {pack.head.id for pack in standard_law().packs}

    def masked(pack: Pack) -> Pack:
        source = pack.source
        if pack.head.id in shipped or source is None or not names.within(source.text):
            return pack
        data = _walk(source.data, "", text)
        return load_pack(yaml.safe_dump(data, allow_unicode=True, width=1_000), f"{pack.head.id}.yaml")

    packs = tuple(map(masked, law.packs))
    return law if packs == law.packs else replace(law, packs=packs)


def _walk(value: Any, key: str, text: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _walk(item, name, text) for name, item in value.items() if name != "examples"}
    if isinstance(value, list):
        return [_walk(item, key, text) for item in value]
    if not isinstance(value, str) or (value.isascii() and " " not in value):
        return value
    if key in _CONDITIONS:
        return with_words(value, text)
    return text(value)
