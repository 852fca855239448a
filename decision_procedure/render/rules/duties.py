"""The sheet of one duty: what it asks, of whom, when, how it is tested, and what follows from a breach."""

from __future__ import annotations

from collections.abc import Iterator

from decision_procedure.inference.statements import answering
from decision_procedure.law.applicable import Law
from decision_procedure.law.articles import article_text
from decision_procedure.law.attention import in_words
from decision_procedure.law.gates import gated_step
from decision_procedure.law.loading import Pack, Rule
from decision_procedure.law.numbers import numbered
from decision_procedure.law.pack import Liability
from decision_procedure.model.vocabulary import label
from decision_procedure.render.rules.dates import in_force_text, mark_text
from decision_procedure.render.rules.examples import example_items
from decision_procedure.render.rules.relations import history_items, relation_items, takeovers
from decision_procedure.render.rules.sheet import Field, Item, LawWords, Sheet
from decision_procedure.render.rules.versions import duty_version_items
from decision_procedure.results.stages import STAGES
from decision_procedure.ruletests.running import worst


def duty_sheet(law: Law, pack: Pack, rule: Rule, lang: str) -> Sheet:
    """Return what is to be said of a duty in a language, `zh` or `en`. Every field has at least one item."""
    return Sheet(
        rule.id,
        f"{rule.id} {article_text(rule.duty.article, lang)}",
        tuple(_Duty(law, pack, rule, lang).fields()),
    )


class _Duty:
    def __init__(self, law: Law, pack: Pack, rule: Rule, lang: str) -> None:
        self._law, self._pack, self._rule, self._duty = law, pack, rule, rule.duty
        self._words = LawWords(lang)

    def fields(self) -> Iterator[Field]:
        """Yield every field, always the same ones in the same order."""
        words, duty = self._words, self._duty
        yield words.field("text", [words.said(duty.text)])
        yield words.field("source", [self._source()])
        yield words.field("in_force", [in_force_text(self._pack.head, words)])
        yield words.field("mark", self._marks())
        yield words.field("bearer", [self._pack.kinds.bearer_name(duty.bearer, words.lang)])
        yield words.field("force", [self._label("force", duty.force)])
        yield words.field("step", self._step())
        yield words.field("tested", self._tested())
        yield words.field("due", self._due(), otherwise="no_due")
        yield words.field("when", self._condition(duty.when), otherwise="always")
        yield words.field("require", self._condition(duty.require))
        yield words.field("judge", self._judge(), otherwise="no_judge")
        yield words.field("numbers", self._numbers(), otherwise="no_numbers")
        yield words.field("evidence", self._evidence(), otherwise="no_evidence")
        yield words.field("passes", example_items(self._pack, self._rule, "ok", words))
        yield words.field("fails", example_items(self._pack, self._rule, "fail", words))
        yield words.field("exceptions", self._exceptions(), otherwise="no_exceptions")
        yield words.field("breach", self._breach())
        yield words.field("liability", self._liability(), otherwise="no_liability")
        yield words.field("cure", self._cures())
        unseen = [] if duty.not_tested is None else [words.said(duty.not_tested)]
        yield words.field("not_tested", unseen, otherwise="tests_all")
        yield words.field("relations", relation_items(self._rule, self._law, words), otherwise="no_relations")
        own = [pair for pair in takeovers(self._law) if self._rule.id in (pair.old.id, pair.new.id)]
        history = [*duty_version_items(self._law, self._rule, words), *history_items(own, words)]
        yield words.field("history", history, otherwise="no_history")

    def _cures(self) -> Iterator[str]:
        cure, words = self._duty.cure, self._words
        kind = self._label("cure", cure.kind)
        yield words.say("cure", kind=kind, text=words.said(cure))
        for stage in STAGES[1:]:
            said = getattr(cure, stage)
            if said is not None:
                yield words.say("cure", kind=self._label("stage", stage), text=words.said(said))

    def _label(self, domain: str, value: str) -> str:
        return label(domain, value, self._words.lang)

    def _source(self) -> Item:
        head = self._pack.head
        values = {
            "title": self._words.said(head.title),
            "number": numbered(head.number or "", self._words.lang),
        }
        values["article"] = self._words.article(self._duty.article)
        return Item(self._words.say("source", **values), refers=head.id)

    def _marks(self) -> Iterator[str]:
        yield mark_text(self._pack.head, self._duty.mark, self._words)
        if self._rule.mark != self._duty.mark:
            yield self._words.say("weakest", mark=self._words.say(f"mark_{self._rule.mark}"))

    def _step(self) -> Iterator[str]:
        yield self._step_name(self._duty.step)
        if self._duty.requires_step is not None:
            yield self._words.say("requires_step", step=self._step_name(self._duty.requires_step))

    def _step_name(self, identifier: str) -> str:
        """Return the name of a step, of this instrument before others; the identifier where none declares it."""
        packs = (self._pack, *self._law.packs)
        names = (step.name for pack in packs for step in pack.file.steps if step.id == identifier)
        name = next(names, None)
        return identifier if name is None else self._words.said(name)

    def _tested(self) -> Iterator[str]:
        if not self._rule.per:
            yield self._words.say("on_decision")
            return
        kinds = self._words.listed(
            self._rule.pack.kinds.name(kind, self._words.lang) for kind in self._rule.per
        )
        yield self._words.say("on_acts", kinds=kinds)
        if self._duty.announced:
            yield self._words.say("on_announced")

    def _due(self) -> Iterator[str]:
        deadline, promptly = self._duty.deadline, self._duty.promptly_after
        if deadline is not None:
            param = self._duty.params[deadline.param]
            values = {"value": param.value, "unit": self._words.unit(param.unit)}
            yield self._words.say("deadline", step=self._step_name(deadline.after), **values)
        if promptly is not None:
            yield self._words.say("promptly", step=self._step_name(promptly))
        if self._duty.at_once:
            yield self._words.say("at_once")
        if self._duty.attention is not None:
            yield self._words.say(
                "attention", measure=self._words.said(in_words(self._duty.attention, self._rule.pack.kinds))
            )

    def _condition(self, text: str | None) -> Iterator[Item]:
        if text is not None:
            yield from self._words.condition(text, self._rule.scope)

    def _judge(self) -> Iterator[Item]:
        duty = self._duty
        if duty.judgement is not None:
            yield Item(self._words.said(duty.judgement))
        if duty.judge == "True":
            yield Item(self._words.say("judge_all"))
        elif duty.judge is not None:
            yield Item(self._words.say("judge_if"))
            yield from self._words.condition(duty.judge, self._rule.scope, depth=1)

    def _numbers(self) -> Iterator[str]:
        for name, param in self._duty.params.items():
            value = {"name": name, "value": param.value, "unit": self._words.unit(param.unit)}
            yield self._words.say("number", mark=self._words.say(f"mark_{param.mark}"), **value)

    def _evidence(self) -> Iterator[str]:
        return (self._rule.pack.kinds.document_name(kind, self._words.lang) for kind in self._duty.evidence)

    def _exceptions(self) -> Iterator[Item]:
        duty, words = self._duty, self._words
        if duty.when is not None:
            yield Item(words.say("not_when"))
        if self._rule.per:
            yield Item(words.say("not_act"))
        if duty.examples.not_applicable:
            yield Item(words.say("for_example"))
            for item in example_items(self._pack, self._rule, "not_applicable", words):
                yield item._replace(depth=1)
        if duty.force == "general":
            reason = duty.reason_demanded_by
            whole = f"{self._pack.head.id}.{reason}"
            said = Item(words.say("general_reason", duty=whole), refers=whole)
            yield said if reason else Item(words.say("general"))
        if self._rule.untimed is not None:
            yield Item(words.say(f"order_{self._rule.untimed}"))
        yield from self._adapted()

    def _adapted(self) -> Iterator[Item]:
        adapted = self._duty.adapted
        if adapted is None:
            return
        yield Item(self._words.say("adapted", text=self._words.said(adapted)))
        stated = {"adapted_when": adapted.when, "adapted_require": adapted.require}
        yield from self._words.conditions(stated, self._rule.scope)

    def _breach(self) -> Iterator[str]:
        duty, words = self._duty, self._words
        if worst(self._pack, self._rule) == "needs_judgement":
            yield words.say("never_violated")
            if duty.closes is not None:
                yield words.say("gate_unknown", step=self._step_name(gated_step(duty.closes)))
        elif self._pack.file.binding.direct is None:
            yield words.say("never_direct")
        elif duty.closes is not None:
            yield words.say("gate", step=self._step_name(gated_step(duty.closes)))
            yield words.say("only_direct")
        else:
            yield words.say(duty.effect)
            yield words.say("only_direct")

    def _liability(self) -> Iterator[str]:
        if worst(self._pack, self._rule) == "needs_judgement":
            yield self._words.say("no_liability_follows")
            return
        bearers = answering(self._duty.bearer)
        for item in self._pack.file.liability:
            if item.speaks_of(self._duty.id) and any(bearer in item.bearers for bearer in bearers):
                yield self._provision(item)

    def _provision(self, item: Liability) -> str:
        posts = self._words.listed(self._label("capacity", capacity) for capacity in item.capacities)
        key = "on_breach" if item.ground == "breach" else "on_outcome"
        values = {"article": self._words.article(item.article), "text": self._words.said(item.text)}
        return self._words.say(key, posts=posts or self._words.say("no_value"), **values)
