"""The trail as sentences that can be read aloud: duty, fact, evidence, who held which post, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from decision_procedure.model.vocabulary import label
from decision_procedure.results.severity import RANKS
from decision_procedure.trails.chain import DECISION, Node, Trail
from decision_procedure.wording import Words


def told(trail: Trail, lang: str) -> str:
    """Return the trail as text. Raises UnusableArgument for another language than `zh` and `en`."""
    return "\n".join(_Telling(trail, lang).lines()) + "\n"


class _Telling:
    def __init__(self, trail: Trail, lang: str) -> None:
        self._trail = trail
        self._lang = lang
        self._words = Words(lang, "telling")
        self._say, self._aside = self._words.say, self._words.aside

    def lines(self) -> Iterator[str]:
        trail = self._trail
        yield self._say("title", title=trail.title, body=trail.body, day=trail.as_of)
        yield self._say("nature")
        if trail.assume_complete:
            yield self._say("assumed", day=trail.assumed_up_to or trail.as_of)
        if trail.commitments:
            yield self._say("masked")
        findings = trail.of("finding")
        violated = [node for node in findings if node.data["severity"] == "violated"]
        doubted = [node for node in findings if node.data.get("face") == "in_doubt"]
        doubted.sort(key=lambda node: RANKS[node.data["standing"]])
        told = {node.id for node in (*violated, *doubted)}
        still_open = [node for node in findings if node.id not in told]
        yield from self._section("violated", violated)
        yield from self._section("doubted", doubted)
        yield from self._section("open", still_open)
        yield from self._meetings()
        yield from self._outcomes()

    def _section(self, key: str, findings: list[Node]) -> Iterator[str]:
        yield ""
        yield self._say(key, count=len(findings))
        if not findings:
            yield self._say("none")
        for number, node in enumerate(findings, start=1):
            yield from self._finding(number, node)

    def _finding(self, number: int, node: Node) -> Iterator[str]:
        duty = self._duty(node)
        said = node.data.get(f"said_{self._lang}") or duty.text(self._lang)  # older trails do not say it
        yield self._say("said", number=number, text=said)
        yield self._say("duty", duty=node.data["duty"], **self._law(duty))
        if node.data.get(f"doubt_{self._lang}"):
            yield self._say("doubt", text=node.data[f"doubt_{self._lang}"])
        for key in ("unseen", "waived"):
            if node.data[key]:
                yield self._say(key)
        for text in node.data[f"facts_{self._lang}"]:
            if text not in said:
                yield self._say("fact", text=text)
        for text in node.data["edges"]:
            yield self._say("edge", text=text)
        yield from self._acts(node)
        yield from self._bearers(node)
        for edge in self._trail.leading(node.id):
            if edge.kind in ("closes", "leaves_unknown"):
                yield self._gate(edge.target)
            elif edge.kind == "settled_by":
                yield self._say("settle", text=self._name(edge.target))

    def _duty(self, node: Node) -> Node:
        return self._trail.node(self._trail.coming(node.id, "tested")[0].source)

    def _law(self, duty: Node) -> dict[str, str]:
        article = self._trail.node(self._trail.coming(duty.id, "sets")[0].source)
        law = self._trail.node(self._trail.coming(article.id, "contains")[0].source)
        return {
            "law": law.text(self._lang),
            "article": article.text(self._lang),
            "text": duty.text(self._lang),
        }

    def _acts(self, node: Node) -> Iterator[str]:
        documents: dict[str, None] = {}
        for edge in self._trail.leading(node.id):
            if edge.kind in ("tested_on", "considered"):
                key = "act" if edge.kind == "tested_on" else "considered"
                yield self._say(key, **self._act(edge.target))
            elif edge.kind == "absent":
                basis = self._trail.node(edge.target).data[f"basis_{self._lang}"]
                yield self._say("absence", act=self._name(edge.target), basis=basis)
            elif edge.kind == "triggered_by":
                documents[edge.target] = None
            for proof in self._trail.leading(edge.target, "evidenced_by"):
                if edge.kind in ("tested_on", "considered", "absent"):
                    documents[proof.target] = None
        if documents:
            yield self._say("evidence", documents=self._documents(documents))
        else:
            yield self._say("no_evidence")

    def _act(self, name: str) -> dict[str, str]:
        node = self._trail.node(name)
        day, done = node.data["day"], node.data["done"]
        units = [self._name(edge.target) for edge in self._trail.leading(name, "done_by")]
        stretch = day if done in ("", day) else f"{day}–{done}"
        return {
            "act": node.text(self._lang),
            "day": self._pause(stretch),
            "unit": "".join(self._pause(unit) for unit in units),
        }

    def _bearers(self, node: Node) -> Iterator[str]:
        for edge in self._trail.leading(node.id):
            if edge.kind == "borne_by":
                code = node.data["bearer"]
                bearer = Words(self._lang).pair(
                    (node.data.get("bearer_zh", code), node.data.get("bearer_en", code))
                )
                yield self._say("bearer", bearer=bearer, unit=self._name(edge.target))
            elif edge.kind == "can_settle":
                yield self._say("settler", unit=self._name(edge.target))
        if node.data["severity"] != "violated":
            return
        if node.data["binding"] != "direct":
            yield self._say(node.data["binding"])
            return
        yield from self._provisions(node)
        for edge in self._trail.leading(node.id, "borne_by"):
            yield from self._posts(node, edge.target)
        for edge in self._trail.leading(node.id, "engaged"):
            provision = self._under(edge.target, node.id)
            kind = "gap" if self._trail.node(edge.target).kind == "gap" else "engaged"
            words = {"text" if kind == "gap" else "name": self._name(edge.target)}
            yield self._say(kind, provision=provision, **words)

    def _provisions(self, node: Node) -> Iterator[str]:
        named = [self._trail.node(edge.target) for edge in self._trail.leading(node.id, "consequence")]
        for provision in named:
            text = provision.data[f"text_{self._lang}"]
            yield self._say("provision", provision=provision.text(self._lang), text=text)
        if not named and not self._trail.leading(node.id, "engaged"):
            yield self._say("no_provision")

    def _posts(self, node: Node, unit: str) -> Iterator[str]:
        edges = (*self._trail.leading(unit, "held_post"), *self._trail.leading(unit, "not_identified"))
        for edge in edges:
            if node.id not in edge.findings:
                continue
            holder = self._trail.node(edge.target)
            provision = self._under(holder.id, node.id)
            if holder.kind == "gap":
                yield self._say("gap", text=holder.text(self._lang), provision=provision)
            else:
                yield self._held(node, holder, provision, self._name(unit))

    def _held(self, node: Node, holder: Node, provision: str, unit: str) -> str:
        data = holder.data
        capacity = label("capacity", data["capacity"], self._lang)
        until = data["until"]
        return self._say(
            "held",
            day=node.data["day"],
            name=data["name"],
            post=self._say("post_in", unit=unit, post=data["post"] or capacity),
            since=data["since"],
            until=self._say("ends", day=until) if until else self._say("no_end"),
            capacity=capacity,
            provision=provision,
        )

    def _under(self, holder: str, finding: str) -> str:
        named = [
            self._name(edge.target)
            for edge in self._trail.leading(holder, "under")
            if finding in edge.findings
        ]
        return self._words.listed(named)

    def _gate(self, name: str) -> str:
        gate = self._trail.node(name)
        key = f"gate_{gate.data.get('standing', gate.data['state'])}"  # older trails do not say it
        if gate.data["state"] != "closed":
            return self._say(key, gate=gate.text(self._lang))
        marked = {
            kind: self._words.listed(self._name(edge.target) for edge in self._trail.leading(name, kind))
            or self._say("nothing")
            for kind in ("behind", "rests")
        }
        return self._say(key, gate=gate.text(self._lang), **marked)

    def _meetings(self) -> Iterator[str]:
        yield ""
        yield self._say("meetings")
        lines = [line for node in self._trail.of("act") for line in self._views(node)]
        yield from lines or ["   " + self._say("none")]

    def _views(self, node: Node) -> Iterator[str]:
        proofs = [edge.target for edge in self._trail.leading(node.id, "evidenced_by")]
        words = {
            "act": node.text(self._lang),
            "day": self._say("day_of_view", day=node.data["day"]) if node.data["day"] else "",
            "documents": self._documents(proofs) or self._say("nothing"),
        }
        for item in node.data["dissent"]:
            recorded = self._say(_RECORDED[item["recorded"]])
            view = label("view", item["view"], self._lang)
            yield self._say("dissent", name=item["name"], view=view, recorded=recorded, **words)
        for item in node.data["recused"]:
            yield self._say("recused", name=item["name"], **words)

    def _outcomes(self) -> Iterator[str]:
        yield ""
        yield self._say("outcomes")
        found = [node for node in self._trail.of("outcome") if node.id != DECISION]
        if not found:
            yield self._say("no_outcome")
        for node in found:
            yield self._say("outcome", day=node.data["day"], text=node.text(self._lang))
            traced = [edge.target for edge in self._trail.leading(node.id, "traced")]
            if node.data["major_loss_or_effect"] is not True:
                yield self._say("no_loss")
            elif traced:
                duties = [self._trail.node(name).data["duty"] for name in traced]
                yield self._say("traced", findings=self._words.listed(dict.fromkeys(duties)))
        for node in self._trail.of("person"):
            for edge in self._trail.leading(node.id, "mitigated"):
                yield self._say("mitigated", name=node.text(self._lang), provision=self._name(edge.target))

    def _documents(self, names: Any) -> str:
        nodes = [self._trail.node(name) for name in names]
        return self._words.listed(node.text(self._lang) + self._aside(node.data["day"]) for node in nodes)

    def _name(self, name: str) -> str:
        return self._trail.node(name).text(self._lang)

    def _pause(self, text: str) -> str:
        return self._say("pause") + text if text else ""


_RECORDED = {True: "recorded", False: "not_recorded", None: "perhaps_recorded"}
