"""What a duty is to those who prepare a meeting: a head of the package, or the time for the legality review."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from decision_procedure.law.pack import Duty
from decision_procedure.law.satisfiable import bounds

_SENT = ("act.complete_material_sent", "act.sent")
_MEETING = ("first_meeting()", "first_date('deliberation')")


def package_item(duty: Duty) -> str | None:
    """Return the head that a duty wants in the package of a submission; None: it speaks of none."""
    for part in _joined(ast.parse(duty.require, mode="eval").body):
        if isinstance(part, ast.Call) and ast.unparse(part.func) == "includes" and len(part.args) == 2:
            listed, item = part.args
            if ast.unparse(listed) == "act.package" and isinstance(item, ast.Constant):
                return str(item.value)
    return None


def review_workdays(duty: Duty) -> int | None:
    """Return the working days that a duty wants at least between sending for review and the meeting; None: none."""
    params = {name: param.value for name, param in duty.params.items()}
    for bound in bounds(duty.require, params):
        counted = ast.parse(bound.what, mode="eval").body
        if isinstance(counted, ast.Call) and ast.unparse(counted.func) == "workdays":
            ends = tuple(ast.unparse(end) for end in counted.args)
            if len(ends) == 2 and ends[0] in _SENT and ends[1] in _MEETING and bound.sign in (">=", ">"):
                return bound.limit + (bound.sign == ">")
    return None


def _joined(tree: ast.expr) -> Iterator[ast.expr]:
    """Yield the parts that a condition demands together."""
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And):
        for value in tree.values:
            yield from _joined(value)
    else:
        yield tree
