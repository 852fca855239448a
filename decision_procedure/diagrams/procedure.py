"""The procedure, and one decision's state on it, as DOT."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import graphviz

from decision_procedure.errors import UnusableArgument
from decision_procedure.graph import GATED_STEPS, Procedure
from decision_procedure.model.vocabulary import label
from decision_procedure.report import Report

FONTS = (
    "Noto Sans CJK SC,Noto Sans SC,Source Han Sans SC,Source Han Sans CN,Microsoft YaHei,PingFang SC,"
    "Hiragino Sans GB,WenQuanYi Zen Hei,WenQuanYi Micro Hei,SimHei,sans-serif"
)
FORMATS = ("dot", "svg", "png", "pdf")
_ORDER = ("violated", "needs_judgement", "undetermined", "pending", "satisfied", "not_applicable")
_LOOK: Mapping[str, tuple[str, str, str, str, str, str]] = {
    "satisfied": ("√", "#E3F1EC", "#00664B", "#00513B", "solid", "1.2"),
    "violated": ("×", "#FBE3DC", "#A83200", "#8A2900", "solid", "3.0"),
    "needs_judgement": ("？", "#FFF3D1", "#8A6100", "#6B4A00", "dashed", "1.8"),
    "undetermined": ("缺", "#FFFFFF", "#4A4A4A", "#333333", "dotted", "2.0"),
    "not_applicable": ("—", "#F2F2F2", "#8C8C8C", "#595959", "solid", "0.8"),
    "pending": ("待", "#E4EEF8", "#0B5A94", "#084873", "solid", "1.2"),
}
_PLAIN = ("", "#F3F5F7", "#57606A", "#1F2328", "solid", "1.2")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Picture:
    """A drawing as DOT text, which `save` turns into other formats where Graphviz is installed."""

    def __init__(self, dot: graphviz.Digraph) -> None:
        self._dot = dot

    @property
    def text(self) -> str:
        """The DOT text, the same for the same input to the byte."""
        return str(self._dot.source)

    def save(self, path: str | Path) -> Path:
        """Write the drawing in the format that the suffix names: .dot, .svg, .png or .pdf.

        Raises UnusableArgument for another suffix, and when Graphviz is not installed; nothing is written then.
        """
        target = Path(path)
        kind = target.suffix.lstrip(".").lower()
        if kind not in FORMATS:
            raise UnusableArgument(
                f"不支持的图形格式 unsupported format: {target.suffix} ({', '.join(FORMATS)})"
            )
        if kind == "dot":
            target.write_text(self.text, encoding="utf-8")
            return target
        try:
            target.write_bytes(self._dot.pipe(format=kind))
        except graphviz.ExecutableNotFound:
            raise UnusableArgument(
                "未安装 Graphviz(dot),请安装后再输出图形,或者输出 .dot 文本 "
                "Graphviz (dot) is not installed: install it, or save as .dot"
            ) from None
        return target


def draw(procedure: Procedure, report: Report | None = None, lang: str = "zh") -> Picture:
    """Return the steps and their order; with a report, each step in its state, in words and in colour."""
    dot = graphviz.Digraph("procedure")
    dot.attr(
        layout="dot",
        rankdir="TB",
        splines="spline",
        nodesep="0.25",
        ranksep="0.35",
        charset="UTF-8",
        fontname=FONTS,
    )
    if report is not None:
        title = f"{report.title}  ({report.as_of})"
        dot.attr(label=_safe(title), labelloc="t", fontsize="15", fontcolor="#1F2328")
    dot.attr("node", shape="box", fontname=FONTS, fontsize="10", margin="0.12,0.06")
    dot.attr("edge", fontname=FONTS, fontsize="8", arrowsize="0.6", color="#57606A")
    states = {} if report is None else step_states(report)
    gates = () if report is None else report.concluded("gate")
    closed = {GATED_STEPS[gate.get("closes")] for gate in gates if gate.get("state") == "closed"}
    shown = {
        name: step for name, step in procedure.steps.items() if step.at is None or name == "review_request"
    }
    for name, step in shown.items():
        badge, fill, border, ink, style, width = _LOOK.get(states.get(name, ""), _PLAIN)
        text = step.name.text(lang)
        if badge:
            text = f"{badge} {text}\n{label('outcome', states[name], lang)}"
        if name in closed:
            text += "\n" + ("■ 关口关闭" if lang == "zh" else "■ gate closed")
        dot.node(
            name,
            label=_safe(text),
            style=f"filled,rounded,{style}",
            fillcolor=fill,
            color=border,
            fontcolor=ink,
            penwidth=width,
            tooltip=_safe(text),
        )
    for _, edge in sorted(procedure.edges, key=lambda item: (item[1].before, item[1].after)):
        if edge.before in shown and edge.after in shown:
            style = "solid" if edge.strength == "stated" else "dashed"
            dot.edge(edge.before, edge.after, style=style, edgetooltip=_safe(edge.article))
    return Picture(dot)


def step_states(report: Report) -> dict[str, str]:
    """Return for each step the severest outcome of its duties."""
    found: dict[str, set[str]] = {}
    for verdict in report.verdicts:
        found.setdefault(str(report.duties[verdict.duty]["step"]), set()).add(verdict.outcome)
    return {
        step: next(outcome for outcome in _ORDER if outcome in outcomes) for step, outcomes in found.items()
    }


def _safe(text: str) -> str:
    """Escape a text of the record for a DOT label: no markup, no escapes, no control characters."""
    lines = [str(graphviz.escape(_CONTROL.sub(" ", line))) for line in text.split("\n")]
    joined = "\\n".join(lines)
    return f" {joined}" if joined.startswith("<") and joined.endswith(">") else joined
