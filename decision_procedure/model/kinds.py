"""What a record may hold, read off its model: the kinds of act and of document, the traits, and what people call each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from decision_procedure.model.acts import Act
from decision_procedure.model.base import Key
from decision_procedure.model.decision import Decision, Document
from decision_procedure.model.keys import key_label, key_labels, keys_below
from decision_procedure.model.sorts import members_of
from decision_procedure.model.traits import Traits
from decision_procedure.model.vocabulary import LABELS, domain_of, label
from decision_procedure.wording import Words, is_chinese

if TYPE_CHECKING:
    from decision_procedure.model.declarations import Declarations, DeclaredRole

Names = tuple[str, str]
"""What something is called in Chinese and English."""


@dataclass(frozen=True, eq=False)
class Kinds:
    """The kinds that records of one model may hold."""

    record: type[Decision]

    @property
    def declared(self) -> tuple[Declarations, ...]:
        """What instruments declare beside what ships."""
        return self.record.declared

    @cached_property
    def acts(self) -> Mapping[str, type[Act]]:
        """The class of each kind of act."""
        listed = get_args(self.record.model_fields["acts"].annotation)[0]
        return {model.model_fields["kind"].default: model for model in members_of(listed)}

    @cached_property
    def traits(self) -> type[Traits]:
        """The class of the traits."""
        model: type[Traits] = self.record.model_fields["traits"].annotation  # type: ignore[assignment]
        return model

    @cached_property
    def documents(self) -> Mapping[str, Names]:
        """What each kind of document is called."""
        further = {name: one.names for part in self.declared for name, one in part.documents.items()}
        return {**LABELS["document_kind"], **further}

    @cached_property
    def roles(self) -> Mapping[str, DeclaredRole]:
        """The roles that instruments declare, by what they go by."""
        return {part.named(name): role for part in self.declared for name, role in part.roles.items()}

    def bearer_name(self, bearer: str, lang: str = "zh") -> str:
        """Return what one who bears a duty is called."""
        role = self.roles.get(bearer)
        return label("bearer", bearer, lang) if role is None else Words(lang).pair(role.names)

    @cached_property
    def document(self) -> type[Document]:
        """The class of a document."""
        model: type[Document] = get_args(self.record.model_fields["documents"].annotation)[0]
        return model

    @cached_property
    def by_label(self) -> Mapping[str, str]:
        """The kinds of act by their Chinese names, and what else they go by; of several of one name, the one that comes first."""
        found: dict[str, str] = {}
        for kind, model in self.acts.items():
            found.setdefault(model.named.zh, kind)
        for kind, model in self.acts.items():
            for name in model.named.also:
                found.setdefault(name, kind)
        return found

    def names(self, kind: str) -> Names:
        """Return what a kind of act is called; the kind itself where there is no such."""
        model = self.acts.get(kind)
        return (kind, kind) if model is None else (model.named.zh, model.named.en)

    def name(self, kind: str, lang: str = "zh") -> str:
        """Return what a kind of act is called in one language."""
        return self.names(kind)[0 if is_chinese(lang) else 1]

    def document_names(self, kind: str) -> Names:
        """Return what a kind of document is called; the kind itself where there is no such."""
        return self.documents.get(kind, (kind, kind))

    def document_name(self, kind: str, lang: str = "zh") -> str:
        """Return what a kind of document is called in one language."""
        return self.document_names(kind)[0 if is_chinese(lang) else 1]

    def key_name(self, key: str, lang: str = "zh", part: type[BaseModel] | None = None) -> str:
        """Return what a key is called in one language; `part` is the part that it stands in (None: any)."""
        return key_label(key, lang, self.record, part)

    def key_names(self, key: str, part: type[BaseModel] | None = None) -> Names:
        """Return what a key is called; `part` as for `key_name`."""
        return key_labels(key, self.record, part)

    def keys(self) -> Mapping[str, Key]:
        """Return what every key of a record is called."""
        return keys_below(self.record)

    def all_names(self) -> Mapping[str, Names]:
        """Return what every key, kind of act, kind of document and bearer is called."""
        keys = {name: (key.zh, key.en) for name, key in self.keys().items()}
        acts = {kind: self.names(kind) for kind in self.acts}
        roles = {name: role.names for name, role in self.roles.items()}
        return {**keys, **acts, **self.documents, **LABELS["bearer"], **roles}

    def words(self, values: tuple[Any, ...]) -> Mapping[str, Names] | None:
        """Return what each word of a field that takes these is called; None where they are no vocabulary."""
        domain = domain_of(values)
        if domain is not None:
            return self.documents if domain == "document_kind" else LABELS[domain]
        return self._words.get(frozenset(values))

    @cached_property
    def _words(self) -> Mapping[frozenset[str], Mapping[str, Names]]:
        found = {frozenset(self.documents): self.documents}
        for part in self.declared:
            for _, field in part.every_field():
                if isinstance(field.type, dict):
                    found[frozenset(field.type)] = {name: word.names for name, word in field.type.items()}
        return found


def pack_of(kind: str) -> str | None:
    """Return the instrument that declares a kind of act, by what it goes by; None for one that ships."""
    return kind.partition(":")[0] if ":" in kind else None


@lru_cache(maxsize=64)
def kinds_of(record: type[Decision]) -> Kinds:
    """Return the kinds that records of a model may hold."""
    return Kinds(record)


SHIPPED = kinds_of(Decision)
"""The kinds that ship with the library."""
