"""Acts: what a record says was done, each kind with the fields that its duties need.

The modules of models with many fields do without `from __future__ import annotations`: of texts each would be compiled
anew at every start.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from decision_procedure.model.acts import assessment, deciding, drafting, execution, participation, tracks
from decision_procedure.model.acts.base import Act, Derived, Round
from decision_procedure.model.base import Part


def _parts(*modules: ModuleType) -> dict[str, type[Part]]:
    """Return the kinds of act that modules declare, and the parts of acts, by name and in their order."""
    found = [(module.__name__, item) for module in modules for item in vars(module).values()]
    return {
        item.__name__: item
        for name, item in found
        if isinstance(item, type) and issubclass(item, Part) and item.__module__ == name
    }


def one_of(kinds: Iterable[type[Act]]) -> Any:
    """Return the type of an act of one of these kinds, which its `kind` tells."""
    return Annotated[reduce(or_, kinds), Field(discriminator="kind")]


_PARTS = _parts(drafting, participation, assessment, deciding, execution, tracks)
ACT_CLASSES = {kind.model_fields["kind"].default: kind for kind in _PARTS.values() if issubclass(kind, Act)}
"""Every kind of act that ships: a class in one of these modules is one."""

if TYPE_CHECKING:
    from decision_procedure.model.acts.assessment import *  # noqa: F403
    from decision_procedure.model.acts.deciding import *  # noqa: F403
    from decision_procedure.model.acts.drafting import *  # noqa: F403
    from decision_procedure.model.acts.execution import *  # noqa: F403
    from decision_procedure.model.acts.participation import *  # noqa: F403
    from decision_procedure.model.acts.tracks import *  # noqa: F403

    AnyAct = Act
else:
    AnyAct = one_of(ACT_CLASSES.values())


def __getattr__(name: str) -> type[Part]:
    """Return the class of a kind of act, or of a part of acts, by its name, such as `PublicComment` or `Attendee`."""
    if name not in _PARTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _PARTS[name]


__all__ = ["ACT_CLASSES", "Act", "AnyAct", "Derived", "Round", "one_of"]
