"""Texts of records stay texts in every format; SVG is valid, closed in itself, and the same each time."""

from __future__ import annotations

import json
import shutil
from typing import Any
from xml.etree import ElementTree as Tree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import BAD, GOOD, LANGS, data_of, large_trail, pictures, report_of, trail_of, worked

import decision_procedure as dp
from decision_procedure.diagrams.metrics import clean, width_of, wrap
from decision_procedure.diagrams.picture import scenes_json
from decision_procedure.diagrams.rendering import drawn
from decision_procedure.diagrams.scene import safe_href, safe_id

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<草案>", "<b>x</b>", '"]; evil [label="', "\\N\\G\\l", "<<TABLE>>", "a\x01b\x0bc", "]]>", "&amp;&#0;", "--><script>alert(1)</script>",
    "javascript:alert(1)", "\ud800孤立", "\u202e反转\u2066", "😀🏛️" * 20, "字" * 10_000, "w" * 10_000, "end", "%%{init}%%", "`x`;style",
    "条例:15", "a\u2028b", "\ufffe", " ", "‏שלום",
)  # fmt: skip


def hostile(text: str) -> nx.DiGraph[Any]:
    graph: nx.DiGraph[Any] = nx.DiGraph(title=text)
    graph.add_node(text, kind="act", zh=text, en=text)
    graph.add_node(("x", text), kind=text, zh=text)
    graph.add_node(3, kind="document", zh=text)
    graph.add_edge(text, ("x", text), zh=text, en=text)
    graph.add_edge(text, 3)
    return graph


def assert_safe(text: str) -> None:
    root = Tree.fromstring(text)
    ids = [item.get("id") for item in root.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    assert root.find(f"{SVG}title") is not None
    for item in root.iter():
        assert item.tag.removeprefix(SVG) in (
            "svg", "title", "desc", "g", "a", "rect", "ellipse", "polygon", "path", "text"
        )  # fmt: skip
        assert not any(name.startswith("on") for name in item.attrib)
        assert not item.get("href") or item.get("href", "").startswith("#")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_title_and_hostile_names_stay_text_in_every_format(text: str) -> None:
    data = data_of(BAD)
    data["title"] = clean(text) or "空"
    data["units"][0]["name"] = clean(text)[:190] or "空"
    found = report_of(data)

    for _, picture in pictures(found, "zh", "portrait"):
        for svg in picture.svgs("p-"):
            assert_safe(svg)
        for dot in picture.dots:
            assert "\x01" not in dot
            dot.encode("utf-8")
        json.loads(scenes_json(picture.sheets))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_nodes_of_a_graph_stay_text_in_every_format(text: str) -> None:
    for kind in ("trail", "graph"):
        picture = dp.diagram(hostile(text), kind=kind)
        assert_safe(picture.svg)
        picture.text.encode("utf-8")
        assert picture.mermaid is not None
        mermaid = picture.mermaid()
        assert "<script" not in mermaid
        assert not [line for line in mermaid.splitlines() if line.split()[:1] in (["click"], ["href"])]


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz (dot) is not installed")
def test_graphviz_draws_every_hostile_graph_as_valid_xml_without_script_or_link() -> None:
    for kind in ("trail", "graph"):
        made = [dp.diagram(hostile(text), kind=kind) for text in HOSTILE]
        files = drawn([item.text for item in made], [item.sheets[0] for item in made], "svg")
        for data in files:
            root = Tree.fromstring(data)
            assert not [item for item in root.iter() if item.tag == f"{SVG}script"]
            links = [item.get("{http://www.w3.org/1999/xlink}href") for item in root.iter(f"{SVG}a")]
            assert not [link for link in links if link]


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_report_gives_the_same_bytes(lang: str) -> None:
    again = dp.Report.from_json(worked(BAD).to_json())

    one = [(kind, picture.svgs(), picture.dots) for kind, picture in pictures(worked(BAD), lang, "portrait")]
    two = [(kind, picture.svgs(), picture.dots) for kind, picture in pictures(again, lang, "portrait")]

    assert one == two


def test_every_svg_has_a_role_a_title_and_a_description_of_its_own_ids() -> None:
    for _, picture in pictures(worked(GOOD), "zh", "portrait"):
        for number, svg in enumerate(picture.svgs("r-"), 1):
            root = Tree.fromstring(svg)
            name, desc = root.get("aria-labelledby", "").split()
            assert root.get("role") in ("img", "group")
            assert root.get("lang") == "zh-CN"
            assert [item.get("id") for item in root if item.tag in (f"{SVG}title", f"{SVG}desc")] == [
                name,
                desc,
            ]
            assert all(item.get("id", f"r-{number}-").startswith(f"r-{number}-") for item in root.iter())
            assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_only_links_into_the_page_and_to_web_pages_are_links() -> None:
    assert safe_href("#cn-713.15.1c") == "#cn-713.15.1c"
    assert safe_href("https://example.org/a?b=1") == "https://example.org/a?b=1"
    for text in ("javascript:alert(1)", "data:text/html,x", 'https://x"onclick=', "//x", "", "#a b"):
        assert safe_href(text) == ""


@given(st.text(max_size=300), st.text(max_size=300))
def test_safe_ids_of_different_short_texts_differ(one: str, two: str) -> None:
    if len(safe_id(one)) < 200 and len(safe_id(two)) < 200:
        assert (safe_id(one) == safe_id(two)) == (one == two)


@settings(max_examples=150)
@given(st.text(max_size=400), st.integers(20, 300), st.integers(1, 6), st.booleans())
def test_wrapped_lines_fit_their_width_and_lose_nothing_but_what_an_ellipsis_shows(
    text: str, width: int, most: int, balanced: bool
) -> None:
    lines = wrap(text, 8, width, most, balanced=balanced)

    assert len(lines) <= most
    assert all(width_of(line, 8) <= width + 0.01 for line in lines)
    if not (lines and lines[-1].endswith("…")):
        assert "".join("".join(lines).split()) == "".join(clean(text).split())


def test_a_trail_of_any_shape_is_drawn_without_a_fault() -> None:
    graph = large_trail(40)
    graph.add_edge(3, 3)
    graph.add_node("alone", kind="unknown kind")
    graph.add_node("document alone", kind="document")

    picture = dp.diagram(graph, kind="trail")

    assert_safe(picture.svg)
    assert_safe(dp.diagram(nx.DiGraph(), kind="trail").svg)
    assert_safe(dp.diagram(nx.Graph([(1, 2), (2, 3), (3, 1)]), kind="graph").svg)
    assert_safe(dp.diagram(trail_of(worked(GOOD)), kind="trail").svg)


@pytest.mark.skipif(shutil.which("dot") is None, reason="no dot")
def test_a_line_of_nothing_but_closing_brackets_is_drawn_by_graphviz() -> None:
    picture = dp.diagram(hostile("]"), kind="graph")

    assert "]</text>" in drawn(list(picture.dots), list(picture.sheets), "svg")[0].decode("utf-8")
