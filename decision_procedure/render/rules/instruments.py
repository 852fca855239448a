"""The sheet of one instrument: what it is, when and whom it binds, what became of its articles, its duties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from decision_procedure.law.applicable import Law
from decision_procedure.law.head import TextSource
from decision_procedure.law.language import Scope
from decision_procedure.law.loading import Pack
from decision_procedure.law.numbers import numbered
from decision_procedure.model.declarations import DeclaredField
from decision_procedure.model.vocabulary import label
from decision_procedure.render.rules.dates import in_force_text, mark_text
from decision_procedure.render.rules.relations import history_items, of_pack, takeovers
from decision_procedure.render.rules.sheet import Field, Item, LawWords, Sheet
from decision_procedure.render.rules.versions import version_items
from decision_procedure.ruletests import counts
from decision_procedure.wording import say

_SCOPES = ("belongs", "included", "excluded", "excluded_locally")
_BINDINGS = ("not_bound", "direct", "reference", "internal")


def instrument_sheet(law: Law, pack: Pack, lang: str) -> Sheet:
    """Return what is to be said of an instrument in a language, `zh` or `en`. Every field has at least one item."""
    words = LawWords(lang)
    title = f"{words.said(pack.head.title)} {pack.head.id}"
    return Sheet(pack.head.id, title, tuple(_fields(law, pack, words)), tuple(rule.id for rule in pack.rules))


def _fields(law: Law, pack: Pack, words: LawWords) -> Iterator[Field]:
    head = pack.head
    yield words.field("title", [f"{words.said(head.title)}{numbered(head.number or '', words.lang)}"])
    yield words.field("issuer", [words.named(head.issuer)])
    values = {
        "kind": words.named(head.kind),
        "level": say(f"place_level.{head.level}", words.lang),
        "place": head.place,
    }
    yield words.field("level", [words.say("level", **values)])
    yield words.field("in_force", _in_force(pack, words))
    read_at = (_read_at(source, words) for source in head.sources)
    yield words.field("mark", [mark_text(head, head.mark, words), *read_at])
    yield words.field("aliases", head.aliases, otherwise="no_aliases")
    yield words.field("note", [] if head.note is None else [words.said(head.note)], otherwise="no_note")
    yield words.field("scope", _scope(pack, words))
    yield words.field("binding", _binding(pack, words))
    yield words.field("coverage", [*_coverage(pack, words), *_repeats(pack, words)])
    yield words.field("unmodelled", _unmodelled(pack, words), otherwise="all_modelled")
    yield words.field("liability", _liability(pack, words), otherwise="no_provision")
    yield words.field("history", _history(law, pack, words), otherwise="no_history")
    if pack.file.declared:
        yield words.field("declares", _declared(pack, words))
    yield words.field("duties", _duties(pack, words), otherwise="no_duties")


def _in_force(pack: Pack, words: LawWords) -> Iterator[str]:
    if pack.head.promulgated is not None:
        yield words.say("promulgated", day=pack.head.promulgated)
    yield in_force_text(pack.head, words)


def _scope(pack: Pack, words: LawWords) -> Iterator[Item]:
    scope = pack.file.scope
    yield Item(words.say("seen", article=words.article(scope.article), why=words.said(scope.text)))
    yield from words.conditions({name: getattr(scope, name) for name in _SCOPES}, Scope(kinds=pack.kinds))
    yield Item(words.say("unstated_unclear" if scope.belongs is None else "unstated_untested"))
    for higher in scope.leaves_open:
        yield Item(words.say("leaves_open", law=higher), refers=higher)
    for allowance in pack.file.allows_other:
        article, why = words.article(allowance.article), words.said(allowance.why)
        yield Item(words.say(f"allows_{allowance.of}", article=article, why=why))


def _binding(pack: Pack, words: LawWords) -> Iterator[Item]:
    binding = pack.file.binding
    yield Item(words.article(binding.article))
    yield from words.conditions({name: getattr(binding, name) for name in _BINDINGS}, Scope(kinds=pack.kinds))
    yield Item(words.say("otherwise_uncertain"))
    if binding.note is not None:
        yield Item(words.said(binding.note))


def _coverage(pack: Pack, words: LawWords) -> Iterator[str]:
    found = counts(pack)._asdict()
    if found["total"]:
        yield words.say("articles" if pack.head.articles else "articles_unknown", **found)
    order = len(pack.rules) - len(pack.file.duties)
    left = pack.file.unmodelled
    unseen = sum(not item.seen for item in left)
    entries = {"duties": len(pack.rules), "order": order, "unmodelled": len(left), "unseen": unseen}
    yield words.say("entries", **entries)


def _read_at(source: TextSource, words: LawWords) -> str:
    articles = words.say("whole_text") if source.articles is None else words.article(source.articles)
    digest = words.say("no_digest") if source.sha256 is None else words.say("digest", sha256=source.sha256)
    key = "cited_at" if source.cited else "read_at"
    return words.say(key, url=source.url, day=source.read_on, articles=articles, digest=digest)


def _repeats(pack: Pack, words: LawWords) -> Iterator[str]:
    for repeat in pack.file.repeats:
        yield words.say("repeats", article=words.article(repeat.article), duties=words.listed(repeat.of))


def _unmodelled(pack: Pack, words: LawWords) -> Iterator[str]:
    for item in pack.file.unmodelled:
        yield words.say(
            "seen" if item.seen else "unseen", article=words.article(item.article), why=words.said(item.why)
        )


def _liability(pack: Pack, words: LawWords) -> Iterator[str]:
    for item in pack.file.liability:
        bearers = words.listed(pack.kinds.bearer_name(bearer, words.lang) for bearer in item.bearers)
        posts = words.listed(label("capacity", capacity, words.lang) for capacity in item.capacities)
        named = [words.article(duty.article) for duty in pack.file.duties if duty.id in item.duties]
        breach = "provision_named" if named else "provision_breach"
        key = breach if item.ground == "breach" else "provision_outcome"
        values = {"article": words.article(item.article), "text": words.said(item.text), "bearers": bearers}
        yield words.say(key, posts=posts or words.say("no_value"), duties=words.listed(named), **values)


def _history(law: Law, pack: Pack, words: LawWords) -> Iterator[Item]:
    for other in law.packs:
        linked = (other.head.id in pack.head.succeeds) or (pack.head.id in other.head.succeeds)
        another = other.head.id != pack.head.id
        if another and other.head.title.zh == pack.head.title.zh and not linked:
            days = in_force_text(other.head, words)
            yield Item(words.say("same_title", law=other.head.id, days=days), refers=other.head.id)
    yield from version_items(law, pack, words)
    yield from history_items(of_pack(takeovers(law), pack), words)


def _declared(pack: Pack, words: LawWords) -> Iterator[Item]:
    """Yield what records may hold by this instrument beside what ships, each with its identifier."""
    declared = pack.file.declared
    for name, kind in declared.kinds.items():
        yield Item(words.say("declares_kind", name=words.pair(kind.names), key=declared.named(name)))
        yield from _fields_declared(kind.fields, words)
    for name, fields in declared.fields.items():
        yield Item(words.say("declares_fields", name=pack.kinds.name(name, words.lang)))
        yield from _fields_declared(fields, words)
    roles = {declared.named(name): role for name, role in declared.roles.items()}
    for section, further in (("document", declared.documents), ("trait", declared.traits), ("role", roles)):
        for key, one in further.items():
            yield Item(words.say(f"declares_{section}", name=words.pair(one.names), key=key))


def _fields_declared(fields: Mapping[str, DeclaredField], words: LawWords) -> Iterator[Item]:
    for key, field in fields.items():
        yield Item(words.say("declares_field", name=words.pair(field.names), key=key), 1)


def _duties(pack: Pack, words: LawWords) -> Iterator[Item]:
    for rule in pack.rules:
        text = words.said(rule.duty.text)
        yield Item(
            words.say("duty_line", duty=rule.id, article=words.article(rule.duty.article), text=text),
            refers=rule.id,
        )
