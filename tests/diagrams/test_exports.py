"""Mermaid renders and BPMN loads in the programs they are for; BPMN is valid."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import HANGS
from scenes import BAD, GOOD, LANGS, trail_of, worked

import decision_procedure as dp
from decision_procedure.diagrams.picture import Picture

NODE_MODULES = Path(os.environ.get("TEST_NODE_MODULES", Path(__file__).parent / "node_modules"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_spiff = pytest.mark.skipif(
    importlib.util.find_spec("SpiffWorkflow") is None, reason="SpiffWorkflow (extra dev) is not installed"
)


def package(name: str, file: str) -> Path:
    path = NODE_MODULES / name / file
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    if not path.is_file():
        pytest.skip(f"{path} is absent: npm install {name} there, or name the folder in TEST_NODE_MODULES")
    return path


def said_by_page(tmp_path: Path, script: Path, body: str) -> str:
    """Return what a page writes into its element `#said` in Chromium."""
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><body><div id='drawing' style='width:1600px;height:900px'></div><pre id='said'>nothing</pre>"
        f"<script src='{script.as_uri()}'></script><script>const say=t=>document.getElementById('said').textContent=t;"
        f"{body}</script></body></html>",
        encoding="utf-8",
    )
    run = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
         "--virtual-time-budget=30000", "--dump-dom", page.as_uri()],
        capture_output=True, timeout=HANGS, check=False,
    )  # fmt: skip
    dom = run.stdout.decode("utf-8", "replace")
    return dom.partition('<pre id="said">')[2].partition("</pre>")[0]


LAWS: tuple[Any, ...] = (("441223", date(2017, 6, 1)), ("4412", date(2024, 9, 1)), ("", date(2020, 1, 1)))


def pictures() -> list[Picture]:
    return [
        dp.diagram(worked(BAD), lang="zh"),
        dp.diagram(worked(BAD).decision, kind="procedure", lang="en"),
        *(dp.diagram(law, kind="procedure", lang=lang) for law in LAWS for lang in LANGS),
        dp.diagram(LAWS[1], kind="procedure", against=LAWS[0]),
        dp.diagram(trail_of(worked(BAD)), kind="trail"),
        dp.diagram(trail_of(worked(BAD)), kind="graph", lang="en"),
    ]


def test_mermaid_renders_every_text_in_a_real_browser(tmp_path: Path) -> None:
    script = package("mermaid", "dist/mermaid.min.js")
    texts = [item.mermaid() for item in pictures() if item.mermaid]

    heard = said_by_page(
        tmp_path, script,
        f"mermaid.initialize({{startOnLoad:false,securityLevel:'strict'}});const all={json.dumps(texts)};"
        "(async()=>{let n=0;for(const t of all){const r=await mermaid.render('m'+n,t);if(r.svg.includes('<svg'))n++}"
        "say('drawn '+n)})().catch(e=>say('error '+e))",
    )  # fmt: skip

    assert heard == f"drawn {len(texts)}"


def test_mermaid_draws_every_implied_order_dashed_and_no_stated_one(tmp_path: Path) -> None:
    script = package("mermaid", "dist/mermaid.min.js")
    write = dp.diagram(LAWS[1], kind="procedure").mermaid
    assert write is not None
    text = write()

    heard = said_by_page(
        tmp_path, script,
        f"mermaid.initialize({{startOnLoad:false,securityLevel:'strict'}});mermaid.render('m',{json.dumps(text)})"
        ".then(r=>{const box=document.getElementById('drawing');box.innerHTML=r.svg;"
        "const lines=[...box.querySelectorAll('path.flowchart-link')].map(p=>getComputedStyle(p).strokeDasharray);"
        "say(lines.filter(d=>d!=='none'&&!d.startsWith('0')).length+' of '+lines.length)})"
        ".catch(e=>say('error '+e))",
    )  # fmt: skip

    assert heard == f"{text.count('-.->')} of {text.count('-.->') + text.count('-->')}"


def test_bpmn_loads_in_bpmn_js_without_a_warning(tmp_path: Path) -> None:
    script = package("bpmn-js", "dist/bpmn-viewer.production.min.js")

    texts = [bpmn(lang, source) for source in (GOOD, *LAWS) for lang in LANGS]

    heard = said_by_page(
        tmp_path, script,
        f"(async()=>{{let n=0;for(const t of {json.dumps(texts)})"
        "n+=(await new BpmnJS({container:'#drawing'}).importXML(t)).warnings.length;"
        "say('warnings '+n)})().catch(e=>say('error '+e))",
    )  # fmt: skip

    assert heard == "warnings 0"


def test_bpmn_js_warns_of_a_reference_to_nothing(tmp_path: Path) -> None:
    script = package("bpmn-js", "dist/bpmn-viewer.production.min.js")
    broken = bpmn().replace('targetRef="task_drafting"', 'targetRef="nowhere"')

    heard = said_by_page(
        tmp_path, script,
        f"new BpmnJS({{container:'#drawing'}}).importXML({json.dumps(broken)})"
        ".then(r=>say('warnings '+r.warnings.length)).catch(e=>say('error '+e))",
    )  # fmt: skip

    assert heard not in ("warnings 0", "nothing", "")


@needs_spiff
@pytest.mark.parametrize("source", [GOOD, *LAWS])
@pytest.mark.parametrize("lang", LANGS)
def test_bpmn_is_valid_and_the_validator_rejects_a_broken_copy(lang: str, source: Any) -> None:
    from lxml import etree
    from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator
    from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

    text = bpmn(lang, source)

    BpmnValidator().validate(etree.fromstring(text.encode("utf-8")))
    with pytest.raises(ValidationException):
        BpmnValidator().validate(etree.fromstring(text.replace("sourceRef=", "source=", 1).encode("utf-8")))


def test_bpmn_has_each_step_once_in_its_lane_and_conditional_steps_between_inclusive_gateways() -> None:
    from xml.etree import ElementTree as Tree

    space = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
    root = Tree.fromstring(bpmn())
    tasks = [item.get("id") for item in root.iter(f"{space}task")]
    members = [item.text for item in root.iter(f"{space}flowNodeRef")]
    inclusive = {item.get("id") for item in root.iter(f"{space}inclusiveGateway")}
    flows = {(item.get("sourceRef"), item.get("targetRef")) for item in root.iter(f"{space}sequenceFlow")}

    assert len(tasks) == len(set(tasks)) == 28
    assert len(members) == len(set(members))
    assert set(tasks) <= set(members)
    assert {
        ("if_hearing", "task_hearing"),
        ("task_hearing", "fi_hearing"),
        ("if_hearing", "fi_hearing"),
    } <= flows
    assert "if_deliberation" not in inclusive


@pytest.mark.parametrize("source", [GOOD, *LAWS])
def test_no_bpmn_flow_runs_through_a_task_or_gateway_that_it_does_not_join(source: Any) -> None:
    from itertools import pairwise
    from xml.etree import ElementTree as Tree

    root = Tree.fromstring(bpmn(source=source))
    di, dc, way = (
        "{http://www.omg.org/spec/BPMN/20100524/DI}",
        "{http://www.omg.org/spec/DD/20100524/DC}",
        "{http://www.omg.org/spec/DD/20100524/DI}",
    )
    shapes = {}
    for shape in root.iter(f"{di}BPMNShape"):
        bounds = shape.find(f"{dc}Bounds")
        assert bounds is not None
        if not str(shape.get("bpmnElement")).startswith(("pool", "lane")):
            shapes[shape.get("bpmnElement")] = [
                float(bounds.get(key, "0")) for key in ("x", "y", "width", "height")
            ]
    crossed = []
    for edge in root.iter(f"{di}BPMNEdge"):
        points = [(float(p.get("x", "0")), float(p.get("y", "0"))) for p in edge.iter(f"{way}waypoint")]
        for (x1, y1), (x2, y2) in pairwise(points):
            for name, (x, y, w, h) in shapes.items():
                if (
                    max(x1, x2) > x + 1
                    and min(x1, x2) < x + w - 1
                    and max(y1, y2) > y + 1
                    and min(y1, y2) < y + h - 1
                ) and not edge.get("bpmnElement", "").startswith("flow_skip_"):
                    crossed.append((edge.get("bpmnElement"), name))

    assert crossed == []


def test_the_mermaid_of_two_laws_says_in_words_what_differs() -> None:
    write = dp.diagram(LAWS[1], kind="procedure", against=LAWS[0]).mermaid
    assert write is not None

    lines = write().splitlines()

    assert any("+ 新增<br/>拟订草案" in line for line in lines)
    assert any("≠ 有变<br/>听证会" in line and "提前≥10日 → 提前≥7日" in line for line in lines)
    assert any('-->|"-明定"|' in line for line in lines)
    assert any("[1] 重大行政决策程序暂行条例" in line for line in lines)


def test_bpmn_names_each_order_as_stated_or_implied_and_says_where() -> None:
    from xml.etree import ElementTree as Tree

    space = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
    flows = {item.get("id"): item for item in Tree.fromstring(bpmn()).iter(f"{space}sequenceFlow")}

    stated, implied = (
        flows["flow_proposal_study__initiation"],
        flows["flow_public_participation__opinion_handling"],
    )
    assert (stated.get("name"), implied.get("name")) == ("明定", "推知")
    assert (stated.findtext(f"{space}documentation") or "").endswith("第10条")


def bpmn(lang: str = "zh", source: Any = GOOD) -> str:
    source = worked(source).decision if isinstance(source, Path) else source
    write = dp.diagram(source, kind="procedure", lang=lang).bpmn
    assert write is not None
    return write()
