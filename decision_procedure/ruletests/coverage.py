"""Coverage: which articles are accounted for, and which branches of each condition the examples reach."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from decision_procedure.law.articles import articles_of
from decision_procedure.law.evidence import Tree, Truth
from decision_procedure.law.language import parsed
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.law.pack import Duty
from decision_procedure.law.said import Said
from decision_procedure.ruletests.running import run_examples
from decision_procedure.ruletests.truths import CONDITIONS, conditions, truths

_T = TypeVar("_T")


class ArticleFate(NamedTuple):
    """How one article is accounted for: by duties, by other parts of the pack, as repeating other law, or as unmodelled and why.

    `repeats` are the duties of other instruments that it repeats.
    """

    number: int
    duties: tuple[str, ...]
    parts: tuple[str, ...]
    unmodelled: tuple[Said, ...]
    repeats: tuple[str, ...] = ()

    @property
    def accounted_for(self) -> bool:
        """Whether the pack says anything of the article."""
        return bool(self.modelled or self.repeats or self.unmodelled)

    @property
    def modelled(self) -> bool:
        """Whether a duty or another part of the pack cites it."""
        return bool(self.duties or self.parts)


class Counts(NamedTuple):
    """How many articles an instrument has, and what became of them; each is counted once below `seen`.

    `seen` are those whose text was seen, `modelled` those that a duty or another part of the pack cites, `repeated`
    others that say what other law says, `listed` others with an entry that says why they are not modelled, `lost`
    those of which the pack says nothing.
    """

    total: int
    seen: int
    modelled: int
    repeated: int
    listed: int
    lost: int


class Branch(NamedTuple):
    """One condition inside a rule: the truths it can take, and those that examples reached."""

    duty: str
    condition: str
    text: str
    possible: frozenset[Truth]
    reached: frozenset[Truth]

    @property
    def unreached(self) -> frozenset[Truth]:
        """The truths it can take and no example reached."""
        return self.possible - self.reached


def articles(pack: Pack) -> tuple[ArticleFate, ...]:
    """Return every article of the instrument, up to the last one it has or the pack names.

    An unmodelled entry for the rest (其余部分) speaks of every article that nothing else speaks of, unless the head
    says how many there are: then each of them has to be named.
    """
    file = pack.file
    duties = _cited((rule.duty.article, rule.id) for rule in pack.rules)
    parts = _cited(
        [
            (file.scope.article, "scope"),
            (file.binding.article, "binding"),
            *((item.article, f"liability.{item.id}") for item in file.liability),
        ]
    )
    left = _cited((item.article, item.why) for item in file.unmodelled)
    again = _cited((item.article, name) for item in file.repeats for name in item.of)
    last = file.head.articles or max((*duties, *parts, *left, *again), default=0)
    others = [item.why for item in file.unmodelled if item.article.startswith("其余")]
    rest = tuple(others) if file.head.articles is None else ()
    found = [
        ArticleFate(at, tuple(duties[at]), tuple(parts[at]), tuple(left[at]), tuple(again[at]))
        for at in range(1, last + 1)
    ]
    return tuple(item if item.accounted_for else item._replace(unmodelled=rest) for item in found)


def counts(pack: Pack) -> Counts:
    """Count the articles of an instrument. One modelled nowhere and listed only as not seen was not seen."""
    found = articles(pack)
    unseen = {item.why for item in pack.file.unmodelled if not item.seen}
    seen = [
        item
        for item in found
        if item.modelled or item.repeats or any(why not in unseen for why in item.unmodelled)
    ]
    return Counts(
        total=len(found),
        seen=0 if pack.head.seen == "none" else len(seen),
        modelled=sum(item.modelled for item in found),
        repeated=sum(bool(item.repeats) and not item.modelled for item in found),
        listed=sum(bool(item.unmodelled) and not item.modelled and not item.repeats for item in found),
        lost=sum(not item.accounted_for for item in found),
    )


def branches(
    pack: Pack, rules: Iterable[Rule] | None = None, beside: Iterable[Pack] = ()
) -> tuple[Branch, ...]:
    """Return every condition inside a pack's rules, or some of them, with the truths examples reached.

    `beside` are the packs among which those are found whose steps this one uses.
    """
    used = tuple(beside)
    return tuple(branch for rule in rules or pack.rules for branch in _branches(pack, rule, used))


def _cited(things: Iterable[tuple[str, _T]]) -> defaultdict[int, list[_T]]:
    """Return what cites each article, by its number."""
    found: defaultdict[int, list[_T]] = defaultdict(list)
    for citation, thing in things:
        for number in articles_of(citation):
            found[number].append(thing)
    return found


def _branches(pack: Pack, rule: Rule, beside: tuple[Pack, ...]) -> Iterator[Branch]:
    reached: dict[tuple[str, str], set[Truth]] = {}
    for result in run_examples(pack, [rule], beside):
        for verdict in result.verdicts:
            for name, tree in _evaluated(verdict.trees):
                _collect(name, tree, reached)
    for name, shown_as, written in _written(rule.duty):
        parts = {} if written is None else {ast.unparse(part): part for part in conditions(parsed(written))}
        for text, part in parts.items():
            yield Branch(rule.id, name, text, truths(part), frozenset(reached.get((shown_as, text), ())))


def _written(duty: Duty) -> Iterator[tuple[str, str, str | None]]:
    """Yield each condition's name, the name of its evidence, and its text; None: there is none."""
    for name in CONDITIONS:
        yield name, name, getattr(duty, name)
    for name in ("when", "require"):
        yield f"adapted.{name}", name, getattr(duty.adapted, name, None)


def _evaluated(trees: Mapping[str, Tree]) -> Iterator[tuple[str, Tree]]:
    stopped = "when" in trees and trees["when"].truth is False
    return ((name, tree) for name, tree in trees.items() if not (stopped and name == "require"))


def _collect(name: str, tree: Tree, reached: dict[tuple[str, str], set[Truth]]) -> None:
    reached.setdefault((name, tree.node.text), set()).add(tree.truth)
    for child in tree.children:
        _collect(name, child, reached)
