"""Saving, renderers and fonts that are missing, and sources that do not fit."""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from scenes import BAD, GOOD, large_trail, trail_of, worked

import decision_procedure as dp
from decision_procedure.diagrams import rendering
from decision_procedure.diagrams.palette import FONTS
from decision_procedure.errors import CannotDraw, UnusableArgument

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz (dot) is not installed")
needs_font = pytest.mark.skipif(not rendering.chinese_font(), reason="no Chinese font is installed")


@pytest.fixture
def no_renderer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(rendering, "renderer", lambda: None)
    rendering._warn_once.cache_clear()
    yield
    rendering._warn_once.cache_clear()


@needs_dot
@needs_font
@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_the_suffix_names_the_format_and_each_sheet_is_a_file(
    tmp_path: Path, suffix: str, start: bytes
) -> None:
    picture = dp.diagram(worked(BAD), kind="status")

    path = picture.save(tmp_path / f"x.{suffix}")

    assert path.read_bytes().startswith(start)
    assert len(list(tmp_path.iterdir())) == len(picture.sheets) > 1
    assert (tmp_path / f"x-2.{suffix}").read_bytes().startswith(start)


def test_json_dot_mermaid_and_bpmn_need_no_renderer(tmp_path: Path, no_renderer: None) -> None:
    picture = dp.diagram(dp.load_decision(BAD), kind="procedure", page="screen")
    for suffix in ("json", "dot", "mmd", "bpmn"):
        picture.save(tmp_path / f"x.{suffix}")

    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["sheets"][0]["kind"] == "procedure"
    assert (tmp_path / "x.dot").read_text(encoding="utf-8") == picture.text
    assert (tmp_path / "x.mmd").read_text(encoding="utf-8").startswith("%% ")
    assert (tmp_path / "x.bpmn").read_text(encoding="utf-8").startswith("<?xml")


def test_without_a_renderer_svg_is_plain_and_it_is_said_once_with_the_cures(
    tmp_path: Path, no_renderer: None
) -> None:
    picture = dp.diagram(worked(GOOD), kind="timeline", page="screen")

    with pytest.warns(rendering.MissingRenderer, match=r"render.*png"):
        picture.save(tmp_path / "x.svg")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture.save(tmp_path / "y.svg")

    assert (tmp_path / "x.svg").read_text(encoding="utf-8") == picture.svg


def test_without_a_renderer_png_and_pdf_are_refused_and_nothing_is_written(
    tmp_path: Path, no_renderer: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "find_spec", lambda _: None)
    monkeypatch.setattr(rendering, "chinese_font", lambda: True)
    picture = dp.diagram(worked(GOOD))

    for suffix in ("png", "pdf"):
        with pytest.raises(CannotDraw, match="graphviz"):
            picture.save(tmp_path / f"x.{suffix}")

    assert list(tmp_path.iterdir()) == []


def test_without_a_chinese_font_png_and_pdf_are_refused_rather_than_drawn_with_empty_boxes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "chinese_font", lambda: False)
    picture = dp.diagram(worked(GOOD))

    for suffix in ("png", "pdf"):
        with pytest.raises(CannotDraw, match="fonts-noto-cjk"):
            picture.save(tmp_path / f"x.{suffix}")

    assert list(tmp_path.iterdir()) == []


@needs_dot
def test_a_batch_gives_the_same_bytes_as_single_runs() -> None:
    reports = [worked(BAD), worked(GOOD)]
    made = [dp.diagram(report, kind="timeline", page="screen") for report in reports]
    texts, scenes = [item.text for item in made], [item.sheets[0] for item in made]

    together = rendering.drawn(texts, scenes, "svg")
    alone = [rendering.drawn([text], [scene], "svg")[0] for text, scene in zip(texts, scenes, strict=True)]

    assert together == alone


@needs_dot
def test_svg_of_graphviz_names_the_whole_list_of_fonts_once() -> None:
    picture = dp.diagram(worked(BAD), kind="status")

    for data in rendering.drawn(picture.dots, picture.sheets, "svg"):
        assert data.count(b"font-family") == data.count(f'<svg font-family="{FONTS}"'.encode()) == 1


@pytest.mark.parametrize(
    ("families", "family"),
    [
        ({"Noto Serif CJK SC", "SimHei", "WenQuanYi Zen Hei"}, "WenQuanYi Zen Hei"),
        ({"Other"}, FONTS),
        (None, FONTS),
    ],
)
def test_graphviz_is_given_the_first_font_of_the_list_that_is_installed(
    monkeypatch: pytest.MonkeyPatch, families: set[str] | None, family: str
) -> None:
    monkeypatch.setattr(rendering, "_chinese_families", lambda: families)

    assert rendering._installed_family() == family


@needs_dot
def test_graphviz_warns_of_no_box_too_small_for_its_text(tmp_path: Path) -> None:
    import subprocess

    for kind in ("status", "timeline", "procedure"):
        for lang in ("zh", "en"):
            for sheet, text in enumerate(dp.diagram(worked(BAD), kind=kind, lang=lang).dots):
                file = tmp_path / f"{kind}{lang}{sheet}.dot"
                file.write_text(text, encoding="utf-8")
                run = subprocess.run(
                    [str(shutil.which("dot")), "-Tsvg", str(file)], capture_output=True, check=False
                )
                assert run.stderr.decode() == ""


@pytest.mark.skipif(
    rendering.find_spec("pygraphviz") is None, reason="pygraphviz (extra render) is not installed"
)
def test_pygraphviz_draws_the_same_dot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "renderer", lambda: "pygraphviz")
    picture = dp.diagram(trail_of(worked(BAD)), kind="trail")

    assert b"</svg>" in rendering.drawn(picture.dots, picture.sheets, "svg")[0]


@pytest.mark.skipif(rendering.find_spec("resvg_py") is None, reason="resvg_py (extra png) is not installed")
@needs_font
def test_resvg_draws_a_png_without_graphviz(no_renderer: None) -> None:
    picture = dp.diagram(worked(GOOD), page="landscape")

    assert rendering.drawn(picture.dots, picture.sheets, "png")[0].startswith(b"\x89PNG")


def test_sources_kinds_languages_and_pages_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    report = worked(GOOD)
    for source, how in (
        (report, {"kind": "pie"}), (report, {"kind": "catalogue"}), (report, {"lang": "fr"}),
        (report, {"page": "A0"}), ("x", {"kind": "status"}), ("x", {"kind": "procedure"}), ([1], {"kind": "catalogue"}),
        (report, {"kind": "status", "against": report}), ("x", {"kind": "graph"}),
    ):  # fmt: skip
        with pytest.raises(UnusableArgument):
            dp.diagram(source, **how)
    for name in ("x.exe", "x", "x.mmd"):
        with pytest.raises(UnusableArgument):
            dp.diagram(report, kind="timeline").save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_notebook_is_given_plain_svg() -> None:
    picture = dp.diagram(worked(GOOD))

    assert picture._repr_svg_() == picture.svg
    assert picture.svg.startswith("<svg")


def test_a_procedure_is_drawn_for_a_place_and_a_day_and_compared_with_another() -> None:
    new, old = ("441223", date(2024, 1, 1)), ("441223", date(2018, 1, 1))

    same = dp.diagram(new, kind="procedure", against=new, page="screen").svg
    other = dp.diagram(new, kind="procedure", against=old, page="screen").svg
    none = dp.diagram(("441223", date(2003, 1, 1)), kind="procedure").svg

    assert "无差别" in same
    assert ">+ 新增<" not in same
    assert ">+ 新增<" in other
    assert "没有已载入且在施行期内的法律" in none


def test_a_large_trail_is_one_sheet_on_screen_and_divided_on_paper() -> None:
    on_screen, on_paper = (
        dp.diagram(large_trail(70), kind="trail", page=page).sheets for page in ("screen", "landscape")
    )

    assert len(on_screen) == 1
    assert len(on_paper) > 1
