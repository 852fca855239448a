"""The trail as sentences that can be read aloud: duty, fact, evidence, who held which post, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from decision_procedure.errors import UnusableArgument
from decision_procedure.model.vocabulary import label
from decision_procedure.results.severity import RANKS
from decision_procedure.trails.chain import DECISION, Node, Trail

_SAY: Mapping[str, tuple[str, str]] = {
    "title": (
        "责任追溯链:{title}(决策机关:{body};截至 {day})",
        "Accountability trail: {title} (deciding body: {body}; as of {day})",
    ),
    "nature": (
        "本链只载明义务、事实和条款,并说明哪些尚不清楚;任何人是否有过错,由有权机关认定。",
        (
            "This trail states duties, facts and provisions, and what is not known; whether anyone is at fault "
            "is for the authority."
        ),
    ),
    "assumed": (
        "本链以“案卷即全部事实”的陈述为前提(截至{day})。",
        "It rests on the statement that the record is the whole file (up to {day}).",
    ),
    "masked": (
        "姓名已以代号代替;代号与姓名的对应可以凭承诺值核对。",
        "Names have given way to pseudonyms; each can be checked against its commitment.",
    ),
    "violated": ("一、不合规({count} 项)", "1. Violated ({count})"),
    "doubted": ("二、存疑({count} 项)", "2. In doubt ({count})"),
    "open": (
        "三、需人工判断、待补或者尚无记录({count} 项)",
        "3. Needing judgement, to supply, or nothing recorded ({count})",
    ),
    "doubt": ("   {text}。", "   {text}."),
    "none": ("没有。", "None."),
    "duty": (
        "{number}. {law}{article}({duty})要求:{text}。",
        "{number}. {law}, {article} ({duty}) requires: {text}.",
    ),
    "reference": (
        "   该机关参照执行本文件,违反不及于责任条款。",
        "   The body applies this instrument by reference only: no liability provision is reached.",
    ),
    "internal": (
        "   该文件属内部政策文件,违反不及于责任条款。",
        "   This is an internal policy document: no liability provision is reached.",
    ),
    "uncertain": (
        "   本文件是否直接适用于该机关不确定,不及于责任条款。",
        "   Whether the instrument binds the body directly is uncertain: no liability provision is reached.",
    ),
    "no_provision": (
        "   已载入的条文中,没有针对该主体的责任条款。",
        "   The texts loaded hold no liability provision on this bearer.",
    ),
    "unseen": ("   条文本身未见,依据转引。", "   The text itself was not seen; it is cited at second hand."),
    "waived": (
        "   案卷载明该项义务已豁免;结论不因此改变。",
        "   The record states a waiver of this duty; it does not change the result.",
    ),
    "fact": ("   事实:{text}。", "   Fact: {text}."),
    "edge": (
        "   另一种计算方法的结论不同:{text}。",
        "   The other way of counting decides otherwise: {text}.",
    ),
    "act": ("   行为:{act}{day}{unit}。", "   Act: {act}{day}{unit}."),
    "considered": ("   并查看了:{act}{day}{unit}。", "   Also looked at: {act}{day}{unit}."),
    "absence": ("   {act}({basis})。", "   {act} ({basis})."),
    "evidence": ("   证据:{documents}。", "   Evidence: {documents}."),
    "no_evidence": ("   证据:案卷未列文件。", "   Evidence: the record names no document."),
    "bearer": ("   义务由{bearer}承担:{unit}。", "   The duty was borne by the {bearer}: {unit}."),
    "provision": ("   责任条款:{provision}:{text}。", "   Provision: {provision}: {text}."),
    "held": (
        "   任职情况:{day},{name}任{post}({since}起,{until}),属“{capacity}”,条款:{provision}。",
        "   Held the post: {day}, {name}, {post} (from {since}, {until}), as “{capacity}” under {provision}.",
    ),
    "engaged": (
        "   受托:{name},条款:{provision}。",
        "   Engaged: {name}, under {provision}.",
    ),
    "gap": ("   未载明:{text}({provision})。", "   Not known: {text} ({provision})."),
    "gap_alone": ("   未载明:{text}。", "   Not known: {text}."),
    "gate_closed": (
        "   {gate},关闭;关口未满足时实施:{behind};以其为基础:{rests}。",
        "   The {gate} is closed; done behind it: {behind}; resting on that: {rests}.",
    ),
    "gate_was_closed": (
        "   {gate},曾关闭;关口未满足时实施:{behind};以其为基础:{rests}。",
        "   The {gate} was closed; done behind it: {behind}; resting on that: {rests}.",
    ),
    "gate_was_unknown": (
        "   {gate},状态曾未知,不标注任何行为。",
        "   The {gate}: state was unknown; no act is marked.",
    ),
    "gate_unknown": (
        "   {gate},状态未知,不标注任何行为。",
        "   The {gate}: state unknown; no act is marked.",
    ),
    "settle": ("   {text}。", "   {text}."),
    "settler": ("   可由{unit}说明或者补充。", "   To be settled by: {unit}."),
    "meetings": ("四、不同意见和回避", "4. Dissent and recusal"),
    "dissent": (
        "   {day}{act}:{name}表示“{view}”,会议记录{recorded};证据:{documents}。",
        "   {act}{day}: {name}: {view}; in the minutes: {recorded}; evidence: {documents}.",
    ),
    "recused": (
        "   {day}{act}:{name}回避;证据:{documents}。",
        "   {act}{day}: {name} withdrew; evidence: {documents}.",
    ),
    "outcomes": ("五、后果认定", "5. Outcome"),
    "no_outcome": (
        "   未见有权机关对决策后果的认定,本链对倒查以及责任减免不作表述。",
        (
            "   No finding by the competent authority on the outcome is shown: nothing is said of tracing back "
            "or of reduced responsibility."
        ),
    ),
    "outcome": ("   {day},{text}。", "   {day}: {text}."),
    "no_loss": (
        "   未载明重大损失或者恶劣影响,不倒查。",
        "   No major loss or effect is recorded: nothing is traced back.",
    ),
    "traced": ("   倒查至:{findings}。", "   Traced back to: {findings}."),
    "mitigated": (
        "   表示过不同意见:{name},条款:{provision}。",
        "   Had dissented: {name}, under {provision}.",
    ),
}
_COMMA = ("、", ", ")
_RECORDED = {True: ("已载明", "yes"), False: ("未载明", "no"), None: ("是否载明不详", "not known")}


def told(trail: Trail, lang: str) -> str:
    """Return the trail as text. Raises UnusableArgument for another language than `zh` and `en`."""
    if lang not in ("zh", "en"):
        raise UnusableArgument(f"没有此语言 no such language: {lang[:20]}")
    return "\n".join(_Telling(trail, lang).lines()) + "\n"


class _Telling:
    def __init__(self, trail: Trail, lang: str) -> None:
        self._trail = trail
        self._lang = lang
        self._at = 0 if lang == "zh" else 1

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
        yield self._say("duty", number=number, duty=node.data["duty"], **self._law(duty))
        if node.data.get(f"doubt_{self._lang}"):
            yield self._say("doubt", text=node.data[f"doubt_{self._lang}"])
        for key in ("unseen", "waived"):
            if node.data[key]:
                yield self._say(key)
        for text in node.data[f"facts_{self._lang}"]:
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
            "act": node.text(self._lang) + self._aside(node.data["act"]),
            "day": self._pause(stretch),
            "unit": "".join(self._pause(unit) for unit in units),
        }

    def _bearers(self, node: Node) -> Iterator[str]:
        for edge in self._trail.leading(node.id):
            if edge.kind == "borne_by":
                bearer = label("bearer", node.data["bearer"], self._lang)
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
        ends = (f"至{until}", f"until {until}") if until else ("截止日期未载明", "end not recorded")
        return self._say(
            "held",
            day=node.data["day"],
            name=data["name"],
            post=f"{unit}{data['post'] or capacity}"
            if self._at == 0
            else f"{data['post'] or capacity}, {unit}",
            since=data["since"],
            until=ends[self._at],
            capacity=capacity,
            provision=provision,
        )

    def _under(self, holder: str, finding: str) -> str:
        named = [
            self._name(edge.target)
            for edge in self._trail.leading(holder, "under")
            if finding in edge.findings
        ]
        return _COMMA[self._at].join(named)

    def _gate(self, name: str) -> str:
        gate = self._trail.node(name)
        key = f"gate_{gate.data.get('standing', gate.data['state'])}"  # older trails do not say it
        if gate.data["state"] != "closed":
            return self._say(key, gate=gate.text(self._lang))
        marked = {
            kind: _COMMA[self._at].join(self._name(edge.target) for edge in self._trail.leading(name, kind))
            or _SAY["none"][self._at][:-1]
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
            "day": node.data["day"] if self._at == 0 else self._pause(node.data["day"]),
            "documents": self._documents(proofs) or _SAY["none"][self._at][:-1],
        }
        for item in node.data["dissent"]:
            recorded = _RECORDED[item["recorded"]][self._at]
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
                yield self._say("traced", findings=_COMMA[self._at].join(dict.fromkeys(duties)))
        for node in self._trail.of("person"):
            for edge in self._trail.leading(node.id, "mitigated"):
                yield self._say("mitigated", name=node.text(self._lang), provision=self._name(edge.target))

    def _documents(self, names: Any) -> str:
        nodes = [self._trail.node(name) for name in names]
        return _COMMA[self._at].join(
            node.text(self._lang)
            + self._aside(_COMMA[self._at].join(filter(None, (node.data["document"], node.data["day"]))))
            for node in nodes
        )

    def _name(self, name: str) -> str:
        return self._trail.node(name).text(self._lang)

    def _aside(self, text: str) -> str:
        return f"({text})" if self._at == 0 else f" ({text})"

    def _pause(self, text: str) -> str:
        return f"{(',', ', ')[self._at]}{text}" if text else ""

    def _say(self, entry: str, /, **values: Any) -> str:
        return _SAY[entry][self._at].format(**values)
