"""What a word of the expression language is declared by, in one place, at the function that builds it.

A word that tests something is a function with `@word(...)` in one of the modules that `functions` gathers. It gets
the call, its scope and the compiler, checks the arguments and returns the compiled call.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from decision_procedure.law.arguments import Builder
from decision_procedure.law.evidence import Truth
from decision_procedure.law.language import Compile, Compiled, Scope

ALL_TRUTHS: frozenset[Truth] = frozenset((True, False, None))
NEVER_FALSE: frozenset[Truth] = frozenset((True, None))
NEVER_UNKNOWN: frozenset[Truth] = frozenset((True, False))


class FurtherReads(NamedTuple):
    """What a word reads that its arguments do not name: the ground of fingerprints, beside its arguments.

    `fixed` are names as they stand; `own` fields of the act tested, `item` of the member under test, `members` of
    the acts whose kinds are its arguments, `others` of every act of the kinds tested. Fields that a kind does not
    have are left out.
    """

    fixed: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


NOTHING = FurtherReads()
"""What a word reads beyond its arguments that reads them alone."""


def fields_of_acts(kind: str, *fields: str) -> tuple[str, ...]:
    """Return the names of these fields of acts of a kind, and that there is such an act."""
    return tuple(f"acts.{kind}.{field}" for field in ("held", *fields))


DRAFTS = (
    "decision.drafts.id",
    "decision.drafts.materially_changed",
    "decision.drafts.changes_confirmed",
)
BODY = ("decision.body.kind", "decision.body.level")
UNITS = ("decision.units.id", "decision.units.parent")
DECISIONS = fields_of_acts("decision", "date", "outcome", "round")
"""Names that several words read."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its name, how a call of it is compiled, and what others must know of it.

    `over_list`: its first argument is a list, or a kind of act, and the others speak of its members as `it`.
    `from_a_date`: its first argument names a date of the act tested, empty for its end. `conditions` are the
    positions of arguments that are conditions, `truths` what it can come to on some record.
    """

    name: str
    reads: FurtherReads
    build: Builder
    over_list: bool
    from_a_date: bool
    conditions: tuple[int, ...]
    truths: frozenset[Truth]

    def __call__(self, call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
        """Return a call of the word compiled. Raises BadExpression."""
        return self.build(call, scope, compile_)


def word(
    name: str,
    reads: FurtherReads,
    *,
    over_list: bool = False,
    from_a_date: bool = False,
    conditions: tuple[int, ...] = (),
    truths: frozenset[Truth] = ALL_TRUTHS,
) -> Callable[[Builder], Word]:
    """Return what makes a function that compiles a call the word of that name; arguments as `Word` has them."""
    return lambda build: Word(name, reads, build, over_list, from_a_date, conditions, truths)
