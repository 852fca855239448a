"""What each form of a report tells a reader, read back from what he sees: sentences, cells, the text of pictures."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from docx import Document
from lxml import etree, html
from openpyxl import load_workbook

import decision_procedure as dp
from decision_procedure.api.checking import step_data
from decision_procedure.exchange.findings import FindingsView
from decision_procedure.exchange.json_reports import write_json
from decision_procedure.law.applicable import Law
from decision_procedure.model.vocabulary import LABELS, label
from decision_procedure.results.severity import FACES

LABELS_OF_FACES = [label("face", face) for face in FACES]
OPEN = ("不合规", "存疑", "需人工判断", "待补", "尚无记录")
_FACES = "|".join(sorted((zh for zh, _ in LABELS["step_verdict"].values()), key=len, reverse=True))
_PROGRESS = "|".join(zh for zh, _ in LABELS["progress"].values())
_HALF = str.maketrans("（）", "()")
Element = Any


@dataclass
class Told:
    """What one form tells; what it does not tell of is empty, and `gates` None.

    `gates`: steps with a gate that is not open, and its state; `waiting` says whether those not due are among
    them. `progress` and `verdicts`: by step. `findings`: verdict, duty (empty: not named) and citation, of the
    verdicts in `faces`. `counts`: by verdict.
    """

    gates: set[tuple[str, str]] | None = None
    waiting: bool = False
    progress: dict[str, str] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    faces: tuple[str, ...] = ()
    findings: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    counts: dict[str, int] = field(default_factory=dict)
    asked: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def tellings(report: dp.Report, law: Law | None = None) -> dict[str, Told]:
    """Return what every form of a report tells."""
    page = html.fromstring(dp.as_html(report, law=law))
    steps = partial(step_data, law=law)
    status = [etree.fromstring(svg.encode()) for svg in dp.diagram(report, law=law).svgs()]
    told = {
        "text": of_text(dp.as_text(report, law=law)),
        "page": of_page(page),
        "word": of_word(dp.as_word(report, law=law), dp.as_word(report, paper="annex", law=law)),
        "workbook": of_workbook(dp.as_excel([("案卷.yaml", report)], law=law)),
        "status": of_status(status),
        "status in the page": of_status(_pictures(page, "status")),
        "trail": of_trail(dp.trail(report, law).text("zh")),
        "json": of_json(
            json.loads("".join(write_json([("案卷.yaml", report)], FindingsView(steps=steps))))[0]
        ),
    }
    for item in told.values():
        item.findings, item.asked = _in_half(item.findings), _in_half(item.asked)
    return told


def _in_half(found: Counter[tuple[str, str, str]]) -> Counter[tuple[str, str, str]]:
    """Return findings with the brackets of their citations in one width."""
    return Counter(
        {(face, duty, cited.translate(_HALF)): count for (face, duty, cited), count in found.items()}
    )


def of_text(text: str) -> Told:
    """Read the text report with everything in it."""
    told = Told(gates=set(), faces=(*OPEN, "未到期"))
    (counted,) = re.findall(r"^  (不合规 \d+  .*)$", text, re.MULTILINE)
    told.counts = _counted(counted)
    asked = r"\n +要求[:：] ?(\S+) ([^\s：]+)(?:：(.*))?$"
    heads = re.findall(rf"^\S ({_FACES})(?::\S*)?  .*  \[(\S+)\]{asked}", text, re.MULTILINE)
    for face, duty, law, article, requirement in heads:
        if face in told.faces:
            told.findings[face, duty, law + article] += 1
            if requirement.startswith("事项是否属于下列各类"):
                told.asked[face, duty, law + article] += 1
    told.gates = set(re.findall(r"^■ “(\S+)”的前置程序(未完成|尚不能确定)", text, re.MULTILINE))
    for row in _after(text, "程序环节").splitlines()[1:]:
        if not row:
            break
        step, verdict, _, progress, *_ = row.split()
        told.verdicts[step] = verdict.replace("—", "")
        told.progress[step] = progress
    return told


def of_page(page: Element) -> Told:
    """Read the web page."""
    told = Told(gates=set(), faces=OPEN[:3])
    told.counts = {
        _text(tile[1]): int(_text(tile[2])) for tile in page.xpath("//li[starts-with(@class,'tile')]")
    }
    for item in page.xpath("//article[starts-with(@class,'finding')]"):
        face = _text(item.xpath("./h3/span")[0])
        for asked in item.xpath(".//div[@class='asked']"):
            (cited,), duty = asked.xpath("./span[@class='cited']"), asked.xpath("./span[@class='small']")[0]
            told.findings[face, _text(duty), _cited(_text(cited))] += 1
    for gate in page.xpath("//div[@class='gate']/h3"):
        (found,) = re.findall(r"“(.+?)”的前置程序(?:是否完成)?(曾?)(未完成|尚?不能确定)", _text(gate))
        if not found[1]:
            told.gates.add((found[0], found[2]))
    for row in page.xpath("//div[@id='steps']//tbody/tr"):
        cells = [_text(cell) for cell in row]
        told.verdicts[cells[0]] = cells[1].replace("未核查", "")
        told.progress[cells[0]] = cells[3]
    return told


def of_word(opinion: bytes, annex: bytes) -> Told:
    """Read the opinion, and the list of findings in its annex."""
    lines = [item.text for item in Document(io.BytesIO(opinion)).paragraphs]
    told = Told(gates=set(), waiting=True, faces=OPEN)
    (counted,) = [line for line in lines if line.startswith("共核查")]
    ((total, parts, rest),) = re.findall(r"^共核查(\d+)项要求：(.+?)。(?:另有(\d+)项要求不适用)?", counted)
    told.counts = dict.fromkeys(LABELS_OF_FACES, 0) | _counted(parts)
    told.counts["不适用"] = int(rest or 0)
    assert int(total) == sum(told.counts.values()) - told.counts["不适用"]
    for line in lines:
        if found := re.match(r"“(.+?)”的前置程序(未完成|尚不能确定)：", line):
            told.gates.add((found[1], found[2]))
    told.gates |= {(step, "未到期") for line in lines for step in _waiting(line)}
    for heads, *rows in (
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(io.BytesIO(annex)).tables
    ):
        if heads[2] == "依据":
            for _, face, source, *_ in rows:
                told.findings[face, "", _cited(source.partition("。")[0])] += 1
    return told


def of_workbook(data: bytes) -> Told:
    """Read the sheets of the workbook."""
    book = load_workbook(io.BytesIO(data))
    told = Told(faces=OPEN)
    heads, *rows = _cells(book["问题清单"])
    for row in rows:
        told.findings[row[0], row[heads.index("义务编号")], row[heads.index("条文")].replace(" ", "")] += 1
    heads, *rows = _cells(book["年度统计"])
    (total,) = [row for row in rows if row[0] == "合计"]
    told.counts = {head: int(value or 0) for head, value in zip(heads[4:], total[4:], strict=True)}
    return told


def of_status(sheets: Iterable[Element]) -> Told:
    """Read the picture of the state: the legend, the gates at the top, the cards of the steps."""
    told = Told(gates=set(), waiting=True)
    for sheet in sheets:
        for name, lines in _boxes(sheet):
            text = "".join(lines)
            if name.startswith("legend-") and text:
                told.counts |= _counted(text) if " " in text else {}
            elif name == "next":
                told.gates |= set(_gates_at_the_top(lines))
            elif name.startswith("step-"):
                _card(told, lines)
    return told


def _card(told: Told, lines: list[str]) -> None:
    """Read a card: of one step, or of several that are not needed."""
    if lines[0].startswith("【"):
        face = lines[0].strip("【】")
        for step in re.findall(r"\d\.\d+ (\S+?)　", "".join(lines[1:])):
            told.verdicts[step] = face
        return
    at = next(number for number, line in enumerate(lines) if line.startswith("【"))
    step = re.sub(r"^\d\.\d+ ", "", "".join(lines[:at]))
    told.verdicts[step] = re.sub("可选|无核查项", "", lines[at][1:].partition("】")[0])
    (told.progress[step],) = re.findall(rf"进展　({_PROGRESS})", "".join(lines))


def of_timeline(sheets: Iterable[Element]) -> dict[str, list[str]]:
    """Read the rows of the timeline: what each is of, without its round, and the verdicts told of it."""
    found: dict[str, list[str]] = {}
    for sheet in sheets:
        boxes = dict(_boxes(sheet))
        for name, lines in boxes.items():
            if name.startswith("name-"):
                title, *undated = "".join(lines).split(" — ")
                verdict = undated[-1] if undated else boxes[f"verdict{name[4:]}"][0].partition(" ")[0]
                found.setdefault(re.sub(r"\s*（第\d+轮）$", "", title), []).append(verdict)
    return found


def of_trail(text: str) -> Told:
    """Read the trail told in sentences."""
    told = Told(gates=set(), faces=OPEN)
    counted = re.findall(r"^[一二三]、(.+?)（(\d+) 项）$", text, re.MULTILINE)
    told.counts = {name: int(number) for name, number in counted}
    told.gates = set(re.findall(r"^   “(.+?)”的前置程序(?:是否完成)?(未完成|尚不能确定)", text, re.MULTILINE))
    section = ""
    for line in text.splitlines():
        if found := re.match(r"[一二三四五]、(.+?)(?:（|$)", line):
            section = found[1]
        elif found := re.match(r" +《(.+?)》(\S+)（([^（）]+)）要求：", line):
            told.findings[section, found[3], found[1] + found[2]] += 1
    return told


def of_json(data: dict[str, Any]) -> Told:
    """Read a report as JSON, in the words of its labels."""
    told = Told(gates=set(), faces=OPEN)
    for item in data["findings"]:
        duty = data["duties"].get(item["rule"])
        cited = "" if duty is None else duty["instrument"]["zh"] + duty["article"]
        told.findings[label("face", item["class"] or item["outcome"]), item["rule"], cited] += 1
    told.gates = None
    for step in data.get("steps") or ():
        told.gates = told.gates or set()
        told.progress[step["zh"]] = label("progress", step["progress"])
        told.verdicts[step["zh"]] = label("step_verdict", step["verdict"]) if step["verdict"] else ""
        if step["gate"] not in (None, "open"):
            told.gates.add((step["zh"], label("gate_state", step["gate"])))
            told.waiting = True
    return told


def _pictures(page: Element, kind: str) -> list[Element]:
    return [svg for svg in page.iter("svg") if kind in (svg.get("class") or "").split()]


def _boxes(sheet: Element) -> Iterator[tuple[str, list[str]]]:
    """Yield each box of a picture with its lines of text."""
    for group in sheet.xpath("//*[local-name()='g'][@id]"):
        lines = ["".join(item.itertext()) for item in group.xpath(".//*[local-name()='text']")]
        yield re.sub(r"^\w*?\d-", "", group.get("id")), lines


def worst(gates: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return each step once: closed if one gate on it is, else unknown if one is."""
    found: dict[str, str] = {}
    for step, state in gates:
        found[step] = min(found.get(step, state), state, key=("未完成", "尚不能确定", "未到期").index)
    return set(found.items())


def _gates_at_the_top(lines: list[str]) -> Iterator[tuple[str, str]]:
    for state, step in re.findall(
        r"[■◇○] 前置程序(未完成|尚不能确定|未到期)[:：]([^(（　□■◇○]+)", "".join(lines)
    ):
        yield step, state


def _waiting(line: str) -> list[str]:
    found = re.match(r"下列环节的前置程序尚未经核查，不等于已完成：(.+?)。", line)
    return found[1].split("、") if found else []


def _counted(text: str) -> dict[str, int]:
    return {name: int(number) for name, number in re.findall(rf"({_FACES}) ?(\d+)", text)}


def _cells(sheet: Any) -> list[list[Any]]:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [row for row in rows if any(value is not None for value in row)]


def _cited(text: str) -> str:
    """Return a citation without its marks and the number of the instrument."""
    title, _, rest = text.translate(_HALF).strip().removeprefix("《").rpartition("》")
    depth = 0
    while rest.startswith("(") or depth:
        depth += {"(": 1, ")": -1}.get(rest[0], 0)
        rest = rest[1:]
    return title + rest.strip()


def _after(text: str, head: str) -> str:
    return text.rpartition(f"\n{head}\n")[2]


def _text(element: Element) -> str:
    return " ".join(element.text_content().split())
