"""What a duty is to those who prepare a meeting: a head of the package, or the time for the legality review."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from decision_procedure.law.language import parsed
from decision_procedure.law.pack import Duty
from decision_procedure.law.satisfiable import bounds

_NET = "workdays_left_net(act.sent, first_meeting())"
_REVIEW = {
    _NET,
    *(
        f"workdays(act.{sent}, {meeting})"
        for sent in ("complete_material_sent", "sent")
        for meeting in ("first_meeting()", "first_date('deliberation')")
    ),
}


def package_item(duty: Duty) -> str | None:
    """Return the head that a duty wants in the package of a submission; None: it speaks of none."""
    for part in _joined(parsed(duty.require)):
        match part:
            case ast.Call(
                ast.Name("includes"), [ast.Attribute(ast.Name("act"), "package"), ast.Constant(item)]
            ):
                return str(item)
    return None


def review_workdays(duty: Duty) -> int | None:
    """Return the working days that a duty wants at least between sending for review and the meeting; None: none."""
    params = {name: param.value for name, param in duty.params.items()}
    for bound in bounds(duty.require, params):
        if bound.what in _REVIEW and bound.sign in (">=", ">"):
            return bound.limit + (bound.sign == ">")
    return None


def takes_off_supplement(duty: Duty) -> bool:
    """Say whether the time for the review goes on from the first sending, less the time of supplement (粤府令第288号 34)."""
    return _NET in duty.require


def _joined(tree: ast.expr) -> Iterator[ast.expr]:
    """Yield the parts that a condition demands together."""
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And):
        for value in tree.values:
            yield from _joined(value)
    else:
        yield tree
