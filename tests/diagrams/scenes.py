"""Scenes to test on: every kind of every worked record, and records made to be difficult."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import networkx as nx

import decision_procedure as dp
from decision_procedure.diagrams.picture import Picture
from decision_procedure.diagrams.scene import Scene
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.vocabulary import label
from decision_procedure.sources import read_yaml

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
INVENTED = EXAMPLES / "invented"
DAY = date(2024, 9, 30)
BAD = INVENTED / "示例县-多处不合规.yaml"
GOOD = INVENTED / "示例县-全部合规.yaml"
RUNNING = INVENTED / "示例县-办理中.yaml"
PAGES = ("portrait", "landscape", "screen")
LANGS = ("zh", "en")


def data_of(path: Path) -> dict[str, Any]:
    """Return a worked record as plain data, free to change."""
    return copy.deepcopy(read_yaml(path.read_text(encoding="utf-8"), path.name).data)


def report_of(data: dict[str, Any], *, assume_complete: bool = False) -> dp.Report:
    decision = dp.parse_decision(json.dumps(data, ensure_ascii=False))
    return dp.check(decision, as_of=DAY, assume_complete=assume_complete)


@lru_cache(maxsize=64)
def worked(path: Path) -> dp.Report:
    return dp.check(dp.load_decision(path), as_of=DAY)


def bare() -> dict[str, Any]:
    """A record with nothing but a title and a body."""
    return {"schema": 1, "title": "仅有标题", "body": {"name": "示例县人民政府", "level": "county"}}


def everything_missing() -> dp.Report:
    """A decision that was taken, of whose procedure nothing else took place: defective at almost every step."""
    data = data_of(BAD)
    data["acts"] = [item for item in data["acts"] if item["kind"] in ("decision", "issue", "publication")]
    for item in data["acts"]:
        item.pop("deliberation", None)
    data["traits"] = {
        name: {"value": name not in ("withheld_lawfully", "risk_assessed_before")} for name in data["traits"]
    }
    return report_of(data, assume_complete=True)


def crowded() -> dp.Report:
    """A title of 200 characters, 30 documents on one act, and long names."""
    data = data_of(BAD)
    data["title"] = "关于印发示例县老城区机动车停放服务收费管理办法及其配套实施细则的决定" * 6
    data["title"] = data["title"][:200]
    data["documents"] += [
        {
            "id": f"extra-{n}",
            "kind": "other",
            "title": f"第{n}号附件:各相关单位对草案的书面意见",
            "date": "2024-03-05",
        }
        for n in range(30)
    ]
    comment = next(item for item in data["acts"] if item["kind"] == "public_comment")
    comment["documents"] = [*comment.get("documents", []), *(f"extra-{n}" for n in range(30))]
    for unit in data["units"]:
        unit["name"] = f"{unit['name']}(示例县机构改革后由若干单位合并而成的综合行政管理服务机构)"
    return report_of(data)


def records() -> Iterator[tuple[str, dp.Report]]:
    """Yield the reports to draw: on the invented records, two published ones, and those made to be difficult."""
    for path in (*sorted(INVENTED.glob("*.yaml")), *sorted(EXAMPLES.glob("published/[茂郴]*.yaml"))):
        yield path.stem, worked(path)
    yield "every-step", everything_missing()
    yield "bare", report_of(bare())
    yield "crowded", crowded()


def pictures(found: dp.Report, lang: str, page: str) -> Iterator[tuple[str, Picture]]:
    """Yield every kind of picture of one report."""
    for kind in ("status", "timeline", "procedure"):
        yield kind, dp.diagram(found, kind=kind, lang=lang, page=page)
    yield "trail", dp.diagram(found, kind="trail", lang=lang, page=page)
    yield "trail-without-findings-named", dp.diagram(trail_of(found), kind="trail", lang=lang, page=page)
    yield "catalogue", dp.diagram([found] * 3, kind="catalogue", lang=lang, page=page)
    yield "graph", dp.diagram(trail_of(found), kind="graph", lang=lang)


def scenes(found: dp.Report, lang: str, page: str) -> Iterator[tuple[str, Scene]]:
    for kind, picture in pictures(found, lang, page):
        for number, scene in enumerate(picture.sheets, 1):
            yield f"{kind}-{number}", scene


def trail_of(found: dp.Report) -> nx.DiGraph[Any]:
    """Build a trail from the violated verdicts of a report: the shape of nodes that the trail diagram takes."""
    graph: nx.DiGraph[Any] = nx.DiGraph(title=found.title)
    acts = {item.id: item for item in found.decision.acts}
    documents = {item.id: item for item in found.decision.documents}
    units = {item.id: item.name for item in found.decision.units}
    people = {item.id: item.name or item.id for item in found.decision.people}
    for verdict in found.violations:
        duty = found.duties[verdict.duty]
        local = verdict.duty.partition(".")[2]
        article, owed, finding = (
            ("article", duty.article),
            ("duty", verdict.duty),
            ("finding", local, verdict.act),
        )
        _node(
            graph,
            article,
            "article",
            f"{duty.instrument.zh}\n{duty.article}",
            duty.instrument.en,
        )
        _node(graph, owed, "duty", f"{duty.text.zh}\n{local}", f"{duty.text.en}\n{local}")
        _node(graph, finding, "finding", f"{local} 不合规", f"{local} violated")
        graph.add_edge(article, owed, zh="规定", en="sets")
        graph.add_edge(owed, finding, zh="违反", en="breach")
        done: Any = ("act", verdict.act) if verdict.act else ("absence", verdict.duty)
        if verdict.act:
            kind = acts[verdict.act].kind
            day = str(acts[verdict.act].anchor)
            _node(
                graph,
                done,
                "act",
                f"{SHIPPED.name(kind)}\n{day}",
                f"{SHIPPED.name(kind, 'en')}\n{day}",
            )
            for name in acts[verdict.act].documents:
                item = documents[name]
                title = item.title or label("document_kind", item.kind)
                _node(graph, ("document", name), "document", f"{title}\n{item.date}", f"{title}\n{item.date}")
                graph.add_edge(done, ("document", name))
        else:
            _node(graph, done, "absence", "没有记录", "no record")
        graph.add_edge(finding, done, zh="表现为", en="shown by")
        for item in found.concluded("answerable"):
            if item.get("duty") == verdict.duty:
                unit, person = ("unit", item.get("unit")), ("person", item.get("person"))
                post = label("capacity", item.get("capacity"))
                _node(graph, unit, "unit", units[item.get("unit")], units[item.get("unit")])
                _node(
                    graph,
                    person,
                    "person",
                    f"{people[item.get('person')]}\n{post}",
                    people[item.get("person")],
                )
                graph.add_edge(done, unit, zh="实施", en="done by")
                graph.add_edge(unit, person, zh="任职", en="post")
    return graph


def large_trail(count: int) -> nx.DiGraph[Any]:
    """A trail of `count` nodes of all kinds, with edges that skip columns, go back and stay in one."""
    kinds = (
        "instrument",
        "article",
        "duty",
        "finding",
        "act",
        "document",
        "unit",
        "person",
        "gap",
        "absence",
    )
    graph: nx.DiGraph[Any] = nx.DiGraph(title="大图")
    for number in range(count):
        _node(
            graph,
            number,
            kinds[number % 10],
            f"第{number}号节点的名称\n说明{number}",
            f"Node {number}\nmore words",
        )
    for number in range(count):
        graph.add_edge(number, (number * 7 + 11) % count, zh="关系", en="relation")
        graph.add_edge(number, (number + 1) % count, zh="其次", en="then")
    return graph


def _node(graph: nx.DiGraph[Any], key: Any, kind: str, zh: str, en: str) -> None:
    graph.add_node(key, kind=kind, zh=zh, en=en)
