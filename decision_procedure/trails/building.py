"""Building the trail from a report: each link is a conclusion of a rule, or a place of the record or the law."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any

from decision_procedure.graph import Procedure
from decision_procedure.inference.statements import OPEN
from decision_procedure.law.applicable import Law
from decision_procedure.law.articles import article_text
from decision_procedure.law.gates import gated_step
from decision_procedure.model.acts import Act
from decision_procedure.model.acts.deciding import Deliberation
from decision_procedure.model.kinds import kinds_of
from decision_procedure.model.vocabulary import labels
from decision_procedure.results.findings import Finding, Findings
from decision_procedure.results.problems import problems
from decision_procedure.results.report import Report, Verdict
from decision_procedure.results.severity import TOLD_IN_FULL
from decision_procedure.sources.characters import spelt
from decision_procedure.trails.bearers import Bearers
from decision_procedure.trails.chain import DECISION, Trail, finding_id
from decision_procedure.trails.draft import TrailDraft
from decision_procedure.trails.evidence import EvidenceReader
from decision_procedure.wording import LANGUAGES, Words, both, in_both, say

_DISSENT = ("against", "reserved")


def build(report: Report, law: Law) -> Trail:
    """Return the trail of a report by the law it was checked against."""
    builder = _Builder(report, law)
    builder.decision()
    for verdict in report.verdicts:
        if verdict.outcome in OPEN:
            builder.finding(verdict)
    builder.outcome()
    Bearers(report, law, builder.draft, builder.findings).draw()
    builder.gates()
    builder.deliberations()
    return builder.draft.trail(report)


class _Builder:
    """Draws what was required, found and shown; who bore it is drawn by `Bearers`."""

    def __init__(self, report: Report, law: Law) -> None:
        self.report = report
        self.draft = TrailDraft()
        self.findings: dict[tuple[str, str], str] = {}
        self._packs = {pack.head.id: pack for pack in law.for_body(report.decision)}
        self._procedure = Procedure.of(self._packs.values())
        self._acts: dict[str, Act] = {act.id or "": act for act in report.decision.acts}
        self._done = {name: act for name, act in self._acts.items() if act.held and name not in report.plans}
        self._documents = {item.id: item for item in report.decision.documents}
        self._concluded = {(item.get("duty"), item.get("act")): item for item in report.concluded("finding")}
        self._names = {person.id: spelt(person.name or person.id) for person in report.decision.people}
        self._evidence, self._kinds = EvidenceReader(report), kinds_of(type(report.decision))
        self._found = Findings(report)

    def decision(self) -> None:
        decision = self.report.decision
        title = spelt(decision.title)
        self.draft.node(
            DECISION, "outcome", (title, title), body=spelt(decision.body.name), as_of=self.report.as_of
        )
        for name, act in self._done.items():
            if _kind(act) == "decision":
                self.draft.edge(DECISION, self._act(name), "decided_by", [f"acts[{spelt(name)}]"])

    def finding(self, verdict: Verdict) -> None:
        key = (verdict.duty, verdict.act or "")
        item = self._concluded.get(key)
        if item is None:
            return
        name = finding_id(verdict.duty, verdict.act)
        self.findings[key] = name
        finding = self._found.of(verdict)
        called = both("trail.finding", face=labels("face", finding.face), text=in_both(finding.heading))
        facts_zh, facts_en = (list(finding.evidence(lang).decided[:_MOST]) for lang in LANGUAGES)
        said_zh, said_en = in_both(finding.sentence)
        brief_zh, brief_en = in_both(finding.brief)
        self.draft.node(
            name, "finding", called,
            severity=finding.outcome, face=finding.face, standing=finding.standing, doubt_zh=finding.doubt.zh,
            doubt_en=finding.doubt.en, duty=verdict.duty, act=spelt(finding.act or ""), step=finding.step,
            day=finding.day, bearer=finding.bearer, bearer_zh=finding.role.zh, bearer_en=finding.role.en, effect=finding.effect, binding=finding.binding,
            proof=finding.proof, waived=finding.waived, unseen=finding.unseen,
            facts_zh=facts_zh, facts_en=facts_en, said_zh=said_zh, said_en=said_en, brief_zh=brief_zh, brief_en=brief_en,
            problem=self._problem_of.get(key, name),
            edges=list(finding.edges), cure_zh=finding.cure.zh, cure_en=finding.cure.en,
        )  # fmt: skip
        self.draft.concluded(DECISION, name, "shows", item, name)
        self.draft.concluded(self._duty(verdict.duty, name), name, "tested", item, name)
        self._shown(verdict, name)
        if verdict.outcome != "violated":
            self._to_settle(finding, name)

    @cached_property
    def _problem_of(self) -> Mapping[tuple[str, str], str]:
        """The findings that stand for each: the first of those that spring from one fact.

        What is only open for want of facts springs from none, and stands for itself.
        """
        told = [
            self._found.of(verdict)
            for verdict in self.report.verdicts
            if verdict.face in TOLD_IN_FULL and (verdict.duty, verdict.act or "") in self._concluded
        ]
        return {
            (finding.rule, finding.act or ""): finding_id(problem.first.rule, problem.first.act)
            for problem in problems(told)
            for finding in problem.findings
        }

    def _duty(self, duty: str, finding: str) -> str:
        data = self.report.duties[duty]
        instrument = duty.split(".", 1)[0]
        law = self.draft.node(
            f"instrument:{instrument}", "instrument", both("trail.title", title=in_both(data.instrument.text)),
            number=data.number, instrument=instrument,
        )  # fmt: skip
        cited = self.draft.node(
            f"article:{instrument}:{data.article}", "article", in_both(partial(article_text, data.article)),
            instrument=instrument,
        )  # fmt: skip
        name = self.draft.node(
            f"duty:{duty}", "duty", in_both(data.text.text),
            duty=duty, bearer=data.bearer, force=data.force, effect=data.effect, step=data.step,
        )  # fmt: skip
        words = [f"{instrument} {data.article}"]
        self.draft.edge(law, cited, "contains", words, finding)
        self.draft.edge(cited, name, "sets", words, finding)
        return name

    def _shown(self, verdict: Verdict, finding: str) -> None:
        looked_at = dict(self._evidence.acts(verdict))
        if verdict.act:
            looked_at.pop(verdict.act, None)
            place = f"acts[{spelt(self.report.source_of(verdict.act))}]"
            self.draft.edge(finding, self._act(verdict.act, finding), "tested_on", [place], finding)
        for act, places in looked_at.items():
            self.draft.edge(finding, self._act(act, finding), "considered", places, finding)
        if verdict.outcome == "violated":
            for kind in self._evidence.absent_kinds(verdict):
                self._absence(kind, finding)
        for document, place in self._evidence.trigger_documents(verdict):
            self._document(finding, document, place, "triggered_by", finding)

    def _absence(self, kind: str, finding: str) -> None:
        denied = [name for name, act in self._acts.items() if act.held is False and _kind(act) == kind]
        basis, premises, documents = self._why_absent(denied)
        name = self.draft.node(
            f"absence:{kind}", "absence", both("trail.absence", kind=self._kinds.names(kind)),
            act_kind=kind, steps=self._steps(kind), basis_zh=basis[0], basis_en=basis[1],
        )  # fmt: skip
        self.draft.edge(finding, name, "absent", premises, finding)
        for document, place in documents:
            self._document(name, document, place, "evidenced_by", finding)

    def _why_absent(self, denied: list[str]) -> tuple[tuple[str, str], list[str], list[tuple[str, str]]]:
        """Return what answers for an absence in words, the places that say so, and their documents."""
        complete = self.report.decision.complete
        if denied:
            places = [f"acts[{spelt(name)}].held" for name in denied]
            documents = [
                (document, f"acts[{spelt(name)}].documents")
                for name in denied
                for document in self._acts[name].documents
            ]
            return both("trail.denied"), places, documents
        if self.report.assume_complete or complete is None:
            return both("trail.assumed"), ["assume_complete"], []
        day = str(complete.up_to)
        found = [(complete.document, "complete.document")] if complete.document else []
        return both("trail.complete", day=(day, day)), ["complete"], found

    def _act(self, name: str, *findings: str) -> str:
        implied, source = name in self.report.implied, self.report.source_of(name)
        act = self._acts[source]
        kind = self.report.implied[name].kind if implied else _kind(act)
        words = self._kinds.names(kind)
        if implied:
            words = both("trail.implied", kind=words, source=self._kinds.names(_kind(act)))
        done = None if implied else (act.done or act.anchor)
        anchor = None if implied else act.anchor
        node = f"act:{spelt(name)}"
        self.draft.node(
            node, "act", words,
            act=spelt(name), act_kind=kind, steps=self._steps(kind), round=act.round,
            day=str(anchor) if anchor else "", done=str(done) if done else "",
            dissent=_views(act, self._names), recused=_recused(act, self._names),
        )  # fmt: skip
        for document in act.documents:
            self._document(node, document, f"acts[{spelt(source)}].documents", "evidenced_by", *findings)
        if act.unit is not None and not implied:
            unit = Bearers.unit_node(self.report, self.draft, act.unit)
            self.draft.edge(node, unit, "done_by", [f"acts[{spelt(source)}].unit"], *findings)
        return node

    def _steps(self, kind: str) -> list[str]:
        return sorted(name for name, step in self._procedure.steps.items() if kind in step.kinds)

    def _document(self, holder: str, name: str, place: str, kind: str, *findings: str) -> None:
        item = self._documents.get(name)
        if item is None:
            return
        title = spelt(item.title or "")
        words = self._kinds.document_names(item.kind)
        node = self.draft.node(
            f"document:{spelt(name)}", "document", (title or words[0], title or words[1]),
            document=spelt(name), document_kind=item.kind, day=str(item.date or ""),
            number=spelt(item.number or ""), location=spelt(item.location or ""), sha256=item.sha256 or "",
        )  # fmt: skip
        self.draft.edge(holder, node, kind, [place], *findings)

    def _to_settle(self, found: Finding, finding: str) -> None:
        reasons = [labels("reason", item) for item in found.reasons]
        reasons += [labels("cap", item) for item in found.caps]
        missing = [spelt(place) for place in found.missing]
        named = [self._evidence.place(place) for place in found.missing]
        wanted = self._wanted(found.rule)
        kinds = [self._kinds.document_names(kind) for kind in wanted]
        parts = []
        if found.judge:
            parts.append(both("trail.judge", what=in_both(found.judge.text)))
        if reasons:
            parts.append(both("trail.reasons", what=_joined(list(dict.fromkeys(reasons)))))
        if found.disputes:
            told = [self._evidence.dispute(dispute) for dispute in found.disputes]
            parts.append(both("trail.disputed", what=_joined(told)))
        if missing:
            parts.append(both("trail.missing", missing=_joined(named[:_MOST])))
        if kinds and found.outcome == "undetermined":
            parts.append(both("trail.documents", kinds=_joined(kinds)))
        words = in_both(lambda lang: say("trail.full_stop", lang).join(map(Words(lang).pair, parts)))
        name = self.draft.node(
            f"gap:{finding.removeprefix('finding:')}", "gap", words,
            gap="evidence", missing=missing, documents=list(wanted), documents_zh=[zh for zh, _ in kinds],
            documents_en=[en for _, en in kinds], finding=finding,
        )  # fmt: skip
        premises = [*missing, *(f"{found.outcome}: {item}" for item in (*found.reasons, *found.caps))]
        self.draft.edge(finding, name, "settled_by", premises or [f"verdict: {found.outcome}"], finding)

    def _wanted(self, duty: str) -> tuple[str, ...]:
        pack = self._packs.get(duty.split(".", 1)[0])
        rule = pack.rule(duty) if pack else None
        return rule.duty.evidence if rule else ()

    def step(self, name: str) -> tuple[str, str]:
        step = self._procedure.steps.get(name)
        return in_both(step.name.text) if step else (name, name)

    def _behind(self, duty: str, act: str) -> str:
        """Return the finding of a duty on an act, or the one for which the act is to be examined."""
        for item in self.report.concluded("to_be_examined"):
            if (item.get("duty"), item.get("act")) == (duty, act) and (duty, act) not in self.findings:
                return self.findings[duty, item.get("of")]
        return self.findings[duty, act]

    def outcome(self) -> None:
        found = self.report.decision.outcome_finding
        if found is None:
            return
        authority, kind = spelt(found.authority), labels("outcome_kind", found.kind)
        name = self.draft.node(
            "outcome:finding", "outcome", both("trail.recorded_outcome", authority=(authority, authority), kind=kind),
            authority=authority, day=str(found.date), outcome_kind=found.kind,
            major_loss_or_effect=found.major_loss_or_effect,
        )  # fmt: skip
        findings = []
        for item in self.report.concluded("traced"):
            target = self._behind(item.get("duty"), item.get("act"))
            findings.append(target)
            self.draft.concluded(name, target, "traced", item, target)
        self.draft.edge(DECISION, name, "recorded_outcome", ["outcome_finding"], *findings)
        if found.document is not None:
            self._document(name, found.document, "outcome_finding.document", "evidenced_by", *findings)

    def gates(self) -> None:
        for item in self.report.concluded("gate"):
            finding = self.findings[item.get("duty"), item.get("act")]
            step = self.step(gated_step(item.get("closes")))
            gate = self.draft.node(
                f"gate:{finding.removeprefix('finding:')}", "gate", both("trail.gate", step=step),
                step=gated_step(item.get("closes")), state=item.get("state"), standing=self.report.state_of(item), duty=item.get("duty"),
            )  # fmt: skip
            kind = "closes" if item.get("state") == "closed" else "leaves_unknown"
            self.draft.concluded(finding, gate, kind, item, finding)
            for mark in ("behind", "rests"):
                for found in self.report.concluded(mark):
                    if (found.get("duty"), found.get("of")) == (item.get("duty"), item.get("act")):
                        act = self._act(found.get("act"), finding)
                        self.draft.concluded(gate, act, mark, found, finding)

    def deliberations(self) -> None:
        """Draw each meeting at which someone dissented or withdrew, whatever the findings."""
        for name, act in self._done.items():
            if _views(act, self._names) or _recused(act, self._names):
                self.draft.edge(
                    DECISION, self._act(name), "deliberated_at", [f"acts[{spelt(name)}].attendees"]
                )


_MOST = 6


def _kind(act: Act) -> str:
    kind: str = act.kind
    return kind


def _joined(items: list[tuple[str, str]]) -> tuple[str, str]:
    return in_both(lambda lang: Words(lang).listed(map(Words(lang).pair, items)))


def _views(act: Act, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return who spoke against the draft or kept a reservation, and whether the minutes say so."""
    return sorted(
        (
            {"person": spelt(item.person), "name": names[item.person], "view": item.view,
             "recorded": item.dissent_recorded}
            for item in _attendees(act)
            if item.person is not None and item.view in _DISSENT
        ),
        key=lambda item: str(item["person"]),
    )  # fmt: skip


def _recused(act: Act, names: Mapping[str, str]) -> list[dict[str, Any]]:
    found = sorted(item.person for item in _attendees(act) if item.person is not None and item.recused)
    return [{"person": spelt(person), "name": names[person]} for person in found]


def _attendees(act: Act) -> tuple[Any, ...]:
    return act.attendees if isinstance(act, Deliberation) else ()
