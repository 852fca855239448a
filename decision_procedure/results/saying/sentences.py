"""The sentence of a finding: what is wrong, what is open, what a person is to judge, or what made it good."""

from __future__ import annotations

from typing import Literal, NamedTuple

from decision_procedure.law.evidence import Tree
from decision_procedure.model.vocabulary import label
from decision_procedure.results.report import Report
from decision_procedure.results.saying.called import Called
from decision_procedure.results.saying.clauses import Clause, joined
from decision_procedure.results.saying.facts import Clauses
from decision_procedure.results.saying.judging import to_judge
from decision_procedure.results.saying.slots import Slots, Unfilled
from decision_procedure.results.severity import SEVERITY
from decision_procedure.results.verdict import Dispute, Verdict, kinds_asked
from decision_procedure.sources.characters import plain
from decision_procedure.wording import is_chinese
from decision_procedure.wording.punctuation import official

_SAID_OF = SEVERITY[:3]
_WHY_OPEN = frozenset(
    ("announced", "due_unknown", "date_unknown", "force_unknown", "outcome_unknown", "too_many_sayings")
)


class Sentence(NamedTuple):
    """What a finding says. `source`: the duty's own sentence in its `pack`, or a `form`; empty with no text: nothing is wrong."""

    text: str
    source: Literal["pack", "form", ""]


def said(report: Report, verdict: Verdict, called: Called) -> Sentence:
    """Return what is wrong, open or to be judged, and where that comes from."""
    if verdict.outcome not in _SAID_OF:
        return Sentence("", "")
    found = _Saying(report, verdict, called)
    own = "" if called.brief else found.own()
    text = found.whole(own or found.by_form())
    return Sentence(_as_sentence(text, called), "pack" if own else "form")


class _Saying:
    """One verdict, and what is said of it."""

    def __init__(self, report: Report, verdict: Verdict, called: Called) -> None:
        self.report, self.verdict, self.called = report, verdict, called
        self.duty = report.duties[verdict.duty]
        self.facts = Clauses(self.called, verdict.act, general=self.duty.force == "general")
        self.when, self.require = verdict.trees.get("when"), verdict.trees.get("require")

    def own(self) -> str:
        """Return the duty's own sentence, filled; empty where it has none, or the evidence is of something else."""
        require, fault = self.require, self.duty.fault
        if fault is None or require is None or require.truth is not False or _is_late(require):
            return ""
        judge = self.verdict.trees.get("judge")
        if (self.when is not None and self.when.truth is None) or (
            judge is not None and not _leaves_it(judge)
        ):
            return ""
        slots = Slots(self.facts, self.verdict.trees, self.report.as_of, self._traits())
        try:
            return fault.text(self.called.lang).format_map(slots)
        except Unfilled:
            return ""

    def by_form(self) -> str:
        """Return what the forms make of the conditions that failed or are open."""
        if self.duty.step is None:
            return self._on_scope()
        text = joined(self._clauses(), self.called)
        return self._placed(text) if text else self._bare()

    def whole(self, text: str) -> str:
        """Return a text with what follows from it: why it is open, what to judge, what made it good."""
        verdict, called = self.verdict, self.called
        if self.duty.step is None:
            return text
        if verdict.elapsed is not None:
            key = "took" if verdict.took else "elapsed"
            text = called.say(key, text=text, number=verdict.elapsed)
        if verdict.for_a_person:
            text = self._to_judge(text)
        elif verdict.outcome == "undetermined" and not verdict.in_doubt and verdict.missing:
            text = called.say("supply", text=text)
        reasons = [label("reason", reason, called.lang) for reason in verdict.reasons if reason in _WHY_OPEN]
        if reasons:
            text = called.say("because", text=text, reasons=official(called.words.listed(reasons)))
        made_good = verdict.made_good_by or verdict.would_be_made_good_by
        return text if made_good is None else called.say("made_good", text=text, act=called.act(made_good))

    def _clauses(self) -> list[Clause]:
        found = [self._disputed(dispute) for dispute in self.verdict.disputes]
        if self.when is not None and self.when.truth is None:
            found += [clause for clause in self.facts.of(self.when) if clause.open]
        asked = bool(found[len(self.verdict.disputes) :])
        if self.require is not None and self.require.truth is not True:
            found += [clause for clause in self.facts.of(self.require) if not (asked and clause.open)]
        elif self.require is not None and not asked:
            found += self.facts.of(self.require)
        judge, law = self.verdict.trees.get("judge"), self.verdict.trees.get("law")
        if judge is not None and judge.truth is None:
            found += [clause for clause in self.facts.of(judge) if clause.open]
        if law is not None:
            found.append(self.facts.open_field(law))
        return found

    def _bare(self) -> str:
        """Return what is said where no form tells more: that it was not met, or whether it was, or was done at all."""
        called, asked = self.called, self.duty.text.text(self.called.lang)
        if self.verdict.outcome != "undetermined":
            return self._placed(called.say("unmet", what=official(asked)))
        kinds = () if self.require is not None else self.duty.per
        topics = [called.say("whether", text=self.facts.done(kind, happened=True)) for kind in kinds]
        topics = topics or [called.say("unmet_open", what=official(asked))]
        text = joined((Clause("", topic, open=True) for topic in topics), called)
        return called.say("until_day", day=called.day(self.report.as_of), text=text)

    def _placed(self, text: str) -> str:
        """Return a text with the act or day that it is about, where it names none, and with the traits."""
        called, verdict = self.called, self.verdict
        if called.brief:
            return text
        if verdict.act is not None:
            act = called.act(verdict.act)
            if act not in text and not any(character.isdigit() for character in text):
                key = "before_act" if _looks_back(self.require) else "with_act"
                text = called.say(key, act=act, text=text)
        elif not any(character.isdigit() for character in text):
            last = called.held(self.duty.before or "")
            if last:
                text = called.say("before_act", act=called.act(last[-1].id or ""), text=text)
            else:
                text = called.say("until_day", day=called.day(self.report.as_of), text=text)
        traits = self._traits()
        return called.say("given_traits", traits=traits, text=text) if traits else text

    def _traits(self) -> str:
        """Return the traits recorded that make the duty apply."""
        if self.when is None or self.when.truth is not True or self.verdict.act is not None:
            return ""
        found = dict.fromkeys(self.called.field(part.place) for part in _true_traits(self.when))
        return self.called.words.listed(self.called.say("quoted", text=text) for text in found)

    def _to_judge(self, text: str) -> str:
        verdict, called = self.verdict, self.called
        judgement = "" if verdict.caps else to_judge(self.facts, self.duty, verdict)
        if judgement:
            return called.say("judge", text=text, judgement=judgement)
        caps = official(called.words.listed(label("cap", cap, called.lang) for cap in verdict.caps))
        return called.say("judge_caps", text=text, caps=caps) if caps else text

    def _on_scope(self) -> str:
        called, verdict = self.called, self.verdict
        if verdict.untested:
            return called.say(
                "kinds_unsaid", title=plain(self.report.title), kinds=kinds_asked(verdict, called.lang)
            )
        reasons = official(
            called.words.listed(label("reason", reason, called.lang) for reason in verdict.reasons)
        )
        instrument = self.duty.instrument.text(called.lang)
        return called.say(
            "scope_asked", instrument=instrument, title=plain(self.report.title), reasons=reasons
        )

    def _disputed(self, dispute: Dispute) -> Clause:
        called = self.called
        says = [
            called.say(
                "document_says",
                document=called.document(item.document),
                value=called.value(item.value, dispute.place)
                or called.words.say("yes" if item.value else "no"),
            )
            for item in dispute.says
        ]
        what = called.field(dispute.place)
        about = self.facts.about(dispute.place)
        return Clause(about, called.say("disputed", what=what, says=called.words.listed(says)))


def _leaves_it(judge: Tree) -> bool:
    """Say whether a condition for a person leaves what is wrong as it is: it does not hold, or always does."""
    return judge.truth is False or judge.node.operator == "value"


def _true_traits(tree: Tree) -> list[Tree]:
    if tree.node.operator == "trait":
        return [tree] if tree.truth is True else []
    return [found for part in tree.alike() for found in _true_traits(part)]


def _is_late(require: Tree) -> bool:
    """Say whether the evidence is of something done, but too late (`checking.lateness`)."""
    return require.node.operator == "and" and require.children[0].node.text == require.node.text


def _looks_back(require: Tree | None) -> bool:
    return require is not None and any(word in require.node.text for word in ("before(", "last_opinion("))


def _as_sentence(text: str, called: Called) -> str:
    whole = text.strip().rstrip("。.")
    begun = whole if is_chinese(called.lang) else f"{whole[:1].upper()}{whole[1:]}"
    return f"{begun}{'' if called.brief else called.words.say('stop')}"
