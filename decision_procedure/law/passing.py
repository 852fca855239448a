"""Functions on the way from draft to decision: meetings, decisions, risk findings, and what comes before what."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, get_args

from decision_procedure.law.arguments import words
from decision_procedure.law.evidence import Node, Tree, Truth, all_true, any_true
from decision_procedure.law.language import Compile, Compiled, Frame, Scope, bad, unknown
from decision_procedure.law.leaves import date_of, leaf, of_act, open_list
from decision_procedure.law.order import agreed, may_be_last, precedes
from decision_procedure.law.passage import Passage, defers, passage_of
from decision_procedure.law.types import Bool, Moment, Text, Thing
from decision_procedure.law.words import (
    BODY,
    DECISIONS,
    DRAFTS,
    NEVER_FALSE,
    FurtherReads,
    fields_of_acts,
    word,
)
from decision_procedure.model.dates import NOT_DONE, PartialDate
from decision_procedure.model.posts import may_be_held
from decision_procedure.model.vocabulary import Intention, MeetingState, RiskFinding

DISCUSSED, FOR_A_PERSON, NOT_DISCUSSED = get_args(MeetingState)
_INTENTIONS, _FINDINGS = get_args(Intention), get_args(RiskFinding)
_NOT_CONTROLLABLE: RiskFinding = "not_controllable"


_MEETINGS = (*BODY, *fields_of_acts("deliberation", "date", "meeting_type", "round"))
_ON_RISK = fields_of_acts("deliberation", "date", "risk_finding")
_SENDING = FurtherReads(_MEETINGS, own=("complete_material_sent", "begun", "round"))
_LATER = ("begun", "round", "meeting_type", "outcome")


@word("full_meeting", FurtherReads(BODY, item=("meeting_type",)))
def full_meeting(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`full_meeting()`: the member is a 常务会议 or 全体会议; for a body bound by reference also a 领导班子会议."""
    if call.args or not isinstance(scope.item, Thing):
        raise bad(call, "full_meeting() 只能用于行为列表", "full_meeting() belongs inside a list of acts")
    node = Node(
        "full_meeting", "full_meeting()", "是常务会议或者全体会议", "is an executive or plenary meeting"
    )

    def decide(frame: Frame) -> Truth:
        return passage_of(frame.facts).is_meeting(frame.item)

    def run(frame: Frame) -> Tree:
        truth = decide(frame)
        kind = leaf("meeting_type", frame.item.meeting_type, (frame.item_at, "meeting_type"))
        return Tree(node, truth, truth, None, (kind,))

    return Compiled(Bool(), node, run, decide)


@word(
    "decided_on_meeting",
    FurtherReads(
        (
            *_MEETINGS,
            *DECISIONS,
            *fields_of_acts("deliberation", "chief", "chief_present", "majority_view", "chief_intends"),
        ),
        own=("date", "round", "deliberation", "by"),
    ),
)
def decided_on_meeting(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`decided_on_meeting()`: whether the decision tested rests on a meeting that the law names (713-30.1).

    `discussed`; `for_a_person` where only a meeting before the last deferral is on record, or where the chief
    was absent and somebody else decided; `not_discussed` only over a closed list.
    """
    _no_arguments(call, scope)
    if any(kind != "decision" for kind in scope.act):
        raise bad(call, "decided_on_meeting() 只能用于决定", "decided_on_meeting() belongs on a decision")
    zh, en = "决定之前的集体讨论", "discussion before the decision"
    node = Node("decided_on_meeting", "decided_on_meeting()", zh, en)

    def run(frame: Frame) -> Tree:
        state, looked_at = _discussed(frame)
        children: tuple[Tree, ...] = tuple(part for act in looked_at for part in _meeting(act, frame.act))
        if state is None and not frame.facts.closed(("deliberation",), frame.until):
            children = (*children, open_list("deliberation"))
        return Tree(node, state, None, None, children)

    return Compiled(Text(get_args(MeetingState)), node, run, lambda frame: _discussed(frame)[0])


@word("last_outcome", FurtherReads(DECISIONS, own=("begun",)))
def last_outcome(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`last_outcome()`: what the last decision before the act tested came to, or a later one that adopts.

    Unknown when there is none, or it does not say.
    """
    _no_arguments(call, scope)
    node = Node("last_outcome", "last_outcome()", "最后一次决定的结果", "outcome of the last decision")

    def settling(frame: Frame) -> tuple[Any, ...]:
        return passage_of(frame.facts, frame.act).settling(frame.act)

    def decide(frame: Frame) -> str | None:
        return agreed(one.outcome for one in settling(frame))

    def run(frame: Frame) -> Tree:
        decisions = settling(frame)
        parts = [leaf("outcome", one.outcome, (one.id, "outcome")) for one in decisions]
        return Tree(node, decide(frame), None, None, (*parts, *map(date_of, decisions)))

    return Compiled(Text(_INTENTIONS), node, run, decide)


@word("risk_finding", FurtherReads(_ON_RISK, own=("date", "deliberation")))
def risk_finding(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`risk_finding()`: the last finding of the deciding body on the risk before the decision tested (713-24).

    Whatever the draft; an earlier one is history, one of a meeting that the law does not name none. Unknown while
    two that differ may be the last, and over an open list instead of `not_controllable`.
    """
    _no_arguments(call, scope)
    node = Node("risk_finding", "risk_finding()", "决定之前最后的风险认定", "the last finding on the risk")

    def run(frame: Frame) -> Tree:
        word, meetings = _finding(frame)
        if not meetings:
            return Tree(node, None, None, ("", "acts(deliberation)"), ())
        return Tree(node, word, None, None, tuple(_findings(frame, word, meetings)))

    return Compiled(Text(_FINDINGS), node, run, lambda frame: _finding(frame)[0])


@word(
    "adjusted_since",
    FurtherReads(
        (
            *_ON_RISK,
            *DRAFTS,
            *fields_of_acts("deliberation", "draft", "risk_adjusted_until_controllable"),
        ),
        own=("date", "deliberation", "draft"),
    ),
)
def adjusted_since(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`adjusted_since()`: since the last finding on the risk, measures are recorded, or the draft is another one."""
    _no_arguments(call, scope)
    node = Node(
        "adjusted_since",
        "adjusted_since()",
        "认定之后采取措施或者调整草案",
        "measures, or another draft, since",
    )
    measures = "risk_adjusted_until_controllable"

    def since(meeting: Any, frame: Frame) -> Truth:
        same = passage_of(frame.facts, frame.act).drafts.same(meeting.draft, frame.act.draft)
        truths: tuple[Truth, ...] = (getattr(meeting, measures), None if same is None else not same)
        return any_true(truths)

    def decide(frame: Frame) -> Truth:
        return agreed(since(meeting, frame) for meeting in _finding(frame)[1])

    def run(frame: Frame) -> Tree:
        truth, meetings = decide(frame), _finding(frame)[1]
        if not meetings:
            return Tree(node, truth, truth, None, ())
        adjusted = [leaf(measures, getattr(one, measures), (one.id, measures)) for one in meetings]
        drafts = [leaf("draft", act.draft, (act.id, "draft")) for act in (*meetings, frame.act)]
        return Tree(node, truth, truth, None, (*adjusted, *(drafts if frame.facts.decision.drafts else ())))

    return Compiled(Bool(), node, run, decide)


@word("first_meeting", _SENDING)
def first_meeting(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`first_meeting()`: the day of the first recorded meeting of the round after the sending tested (713-26.2).

    Whatever the draft is called; where none is on record, that of the meeting on which the decision rests.
    """
    _no_arguments(call, scope)
    node = Node("first_meeting", "first_meeting()", "此后首次会议", "the first meeting after it")

    def decide(frame: Frame) -> PartialDate | None:
        meeting = _first_after(frame)
        return None if meeting is None else meeting.date

    def run(frame: Frame) -> Tree:
        meeting = _first_after(frame)
        place = ("", "acts(deliberation)") if meeting is None else (meeting.id, "date")
        return Tree(node, decide(frame), None, place, ())

    return Compiled(Moment(), node, run, decide)


@word("meets_after", _SENDING)
def meets_after(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`meets_after()`: a meeting is on record to which the sending tested is counted; false over a closed list."""
    node = Node("meets_after", "meets_after()", "此后有会议讨论", "a meeting followed")
    return _on_meetings(call, scope, node, lambda frame: True if _first_after(frame) else _no_meeting(frame))


@word("no_earlier_meeting", _SENDING, truths=NEVER_FALSE)
def no_earlier_meeting(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`no_earlier_meeting()`: the record answers that `first_meeting()` was the first; otherwise unknown."""
    node = Node("no_earlier_meeting", "no_earlier_meeting()", "此前没有其他会议", "no earlier meeting")
    return _on_meetings(call, scope, node, lambda frame: _is_first(frame) or None)


@word("in_order", FurtherReads(own=("round",), members=_LATER), from_a_date=True)
def in_order(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`in_order("end", "step", "kind", …)`: the act tested was over before the later step that it had to precede.

    `end` names the date inside the act that counts, empty for its end. The later act is the one of its step on
    which the decision rests (`semantics.md`, "Done too late").
    """
    end, step, kinds = _later_step(call, scope)
    zh, en = f"早于{_kinds(kinds, scope)}", f"before {_kinds(kinds, scope, 'en')}"
    node = Node("before", ast.unparse(call), zh, en)

    def decide(frame: Frame) -> Truth:
        return _over_before(frame, frame.act, end, step, kinds)

    def run(frame: Frame) -> Tree:
        passage, act = passage_of(frame.facts, frame.act), frame.act
        later = passage.act_before(act, step, kinds)
        truth = decide(frame)
        if later is None:
            return Tree(node, truth, truth, ("", f"acts({', '.join(kinds)})"), ())
        ends = end or act.done_fields[0]
        begins = later.begin_fields[0]
        ended = NOT_DONE if act.denies(end or "done") else getattr(act, end or "done")
        own = of_act(act, ends, ended)
        other = of_act(later, begins, passage.begun_of(step, later))
        return Tree(node, truth, truth, None, (own, other))

    return Compiled(Bool(), node, run, decide)


@word(
    "another_in_order",
    FurtherReads(own=("round",), members=_LATER, others=("done", "round")),
    from_a_date=True,
)
def another_in_order(call: ast.Call, scope: Scope, compile_: Compile) -> Compiled:
    """`another_in_order("end", "step", "kind", …)`: another act of the kind tested was in order."""
    end, step, kinds = _later_step(call, scope)
    node = Node("another_in_order", ast.unparse(call), "另有按次序进行的", "another was in order")

    def decide(frame: Frame) -> Truth:
        own = frame.act.kind
        others = [act for act in frame.facts.held((own,)) if act is not frame.act and act.for_ is None]
        truths = {_over_before(frame, act, end, step, kinds) for act in others}
        if True in truths:
            return True
        return False if not truths - {False} and frame.facts.closed((own,), frame.facts.now) else None

    def run(frame: Frame) -> Tree:
        truth = decide(frame)
        return Tree(node, truth, truth, ("", f"acts({frame.act.kind})"), ())

    return Compiled(Bool(), node, run, decide)


def _discussed(frame: Frame) -> tuple[str | None, list[Any]]:
    passage, act = passage_of(frame.facts, frame.act), frame.act
    found = [(meeting, _ended_before(passage, meeting, act)) for meeting in passage.meetings(act.round)]
    found = [(meeting, truth) for meeting, truth in found if truth is not False]
    deferral = _deferral_before(passage, act)
    sure = [meeting for meeting, truth in found if truth is True]
    late = [meeting for meeting in sure if _after_deferral(passage, meeting, deferral) is True]
    closed = frame.facts.closed(("deliberation",), frame.until)
    looked_at = [meeting for meeting, _ in found] or list(frame.facts.held(("deliberation",)))
    if late:
        alone = any(_decided_without_chief(meeting, frame) for meeting in may_be_last(late))
        return (FOR_A_PERSON if alone else DISCUSSED), late
    unsure = [meeting for meeting, _ in found if _after_deferral(passage, meeting, deferral) is not False]
    if unsure or not closed:
        return None, looked_at
    return (FOR_A_PERSON if sure else NOT_DISCUSSED), looked_at


def _ended_before(passage: Passage, meeting: Any, decision: Any) -> Truth:
    return all_true((passage.is_meeting(meeting), passage.discussed_before(meeting, decision)))


def _deferral_before(passage: Passage, act: Any) -> Any | None:
    """Return the last deferral before a decision: a decision that defers, or a meeting that recorded one."""
    found = [one for one in passage.decisions if one.outcome == "defer" and one is not act]
    found += [one for one in passage.meetings(act.round) if defers(one)]
    earlier = [one for one in found if precedes(one.begun, act.begun) is True]
    return max(earlier, key=lambda one: 0 if one.begun is None else one.begun.last, default=None)


def _after_deferral(passage: Passage, meeting: Any, deferral: Any | None) -> Truth:
    if deferral is None:
        return True
    if meeting is deferral:
        return False
    if deferral.kind == "decision" and passage.discussed_before(meeting, deferral) is True:
        return False
    return precedes(deferral.begun, meeting.begun)


def _decided_without_chief(meeting: Any, frame: Frame) -> bool:
    """Say whether the chief was absent from the meeting and people without that post decided (713-30.1)."""
    decision, facts = frame.act, frame.facts
    if meeting.chief_present is not False or not decision.by:
        return False
    chiefs = {meeting.chief} | {
        person.id
        for person in facts.decision.people
        for post in person.posts
        if post.capacity == "chief"
        and post.unit == facts.decision.body.unit
        and may_be_held(post, decision.date)
    }
    return chiefs.isdisjoint(decision.by)


def _finding(frame: Frame) -> tuple[str | None, list[Any]]:
    """Return the finding that governs a decision, and the meetings whose finding may be the last before it."""
    passage, act = passage_of(frame.facts, frame.act), frame.act
    found = [
        (meeting, passage.discussed_before(meeting, act))
        for meeting in frame.facts.held(("deliberation",))
        if meeting.risk_finding is not None and passage.performs(meeting) is not False
    ]
    sure = [meeting for meeting, before in found if before is True]
    possible = [
        meeting
        for meeting, before in found
        if before is not False and not any(precedes(meeting.begun, other.begun) is True for other in sure)
    ]
    word = agreed(meeting.risk_finding for meeting in possible) if sure else None
    if word == _NOT_CONTROLLABLE and not _all_meetings(frame):
        word = None
    return word, possible


def _all_meetings(frame: Frame) -> bool:
    return frame.facts.closed(("deliberation",), frame.until)


def _findings(frame: Frame, word: str | None, meetings: list[Any]) -> Iterator[Tree]:
    """Yield the findings that may be the last, and, where none surely is, what leaves that open."""
    for meeting in meetings:
        yield leaf("risk_finding", meeting.risk_finding, (meeting.id, "risk_finding"))
        yield date_of(meeting)
    if word is None:
        yield from (_early(meeting, frame.act) for meeting in meetings)
        yield from (_early(one, other) for one, other in pairwise(meetings))
        if not _all_meetings(frame):
            yield open_list("deliberation")


def _first_after(frame: Frame) -> Any | None:
    return passage_of(frame.facts, frame.act).meeting_after(frame.act)


def _no_meeting(frame: Frame) -> Truth:
    perhaps = passage_of(frame.facts, frame.act).meetings(frame.act.round)
    return None if perhaps or not frame.facts.closed(("deliberation",), frame.facts.now) else False


def _is_first(frame: Frame) -> bool:
    first = _first_after(frame)
    if first is None or first.date is None:
        return False
    perhaps = [
        one
        for one in passage_of(frame.facts, frame.act).meetings(frame.act.round)
        if one.meeting_type is None
    ]
    earlier = any(precedes(first.begun, one.begun) is not True for one in perhaps)
    return not earlier and frame.facts.closed(("deliberation",), first.date.last)


def _on_meetings(call: ast.Call, scope: Scope, node: Node, decide: Callable[[Frame], Truth]) -> Compiled:
    _no_arguments(call, scope)

    def run(frame: Frame) -> Tree:
        truth = decide(frame)
        return Tree(node, truth, truth, ("", "acts(deliberation)"), ())

    return Compiled(Bool(), node, run, decide)


def _over_before(frame: Frame, act: Any, end: str, step: str, kinds: tuple[str, ...]) -> Truth:
    passage = passage_of(frame.facts, act)
    later = passage.act_before(act, step, kinds)
    if later is None:
        return None
    implied = frame.facts.implied.get(act.id)
    if implied is not None and implied.source == later.id:
        return True
    return precedes(getattr(act, end or "done"), passage.begun_of(step, later))


def _later_step(call: ast.Call, scope: Scope) -> tuple[str, str, tuple[str, ...]]:
    end, step, *kinds = words(call) if len(call.args) > 1 else ("", "")
    if not kinds or not scope.act:
        raise bad(call, "须写明环节和行为种类", "a step and its kinds of act are wanted, on a single act")
    for one in scope.act:
        fields = scope.kinds.acts[one].model_fields
        if end and end not in fields:
            raise unknown(call, "没有此字段", "no such field", end, fields)
    for kind in kinds:
        if kind not in scope.kinds.acts:
            raise unknown(call, "没有这种行为", "no such kind of act", kind, scope.kinds.acts)
    return end, step, tuple(kinds)


def _kinds(kinds: tuple[str, ...], scope: Scope, lang: str = "zh") -> str:
    return ("、" if lang == "zh" else ", ").join(scope.kinds.name(kind, lang) for kind in kinds)


def _day_begun(act: Any) -> int:
    return 0 if act.begun is None else int(act.begun.first)


def _no_arguments(call: ast.Call, scope: Scope) -> None:
    if call.args or not scope.act:
        name = ast.unparse(call.func)
        raise bad(call, f"{name}() 只能用于单个行为", f"{name}() belongs on a single act, without arguments")


def _meeting(act: Any, decision: Any) -> tuple[Tree, ...]:
    kind = leaf("meeting_type", act.meeting_type, (act.id, "meeting_type"))
    return (kind, _early(act, decision))


def _early(meeting: Any, other: Any) -> Tree:
    """Return the evidence that a meeting was over before a decision, or another meeting."""
    zh, en = other.named[:2]
    node = Node("before", "before(it.done, act.begun)", f"集体讨论早于{zh}", f"deliberation before the {en}")
    truth = precedes(meeting.done, other.begun)
    return Tree(node, truth, truth, None, (date_of(meeting), date_of(other)))
