"""The timeline: bars and hollow minimums, days off and meetings once for all rows, dates beside their bar."""

from __future__ import annotations

import re
from itertools import pairwise

from scenes import BAD, GOOD, data_of, report_of, worked

import decision_procedure as dp
from decision_procedure.diagrams.scene import Scene


def timeline(report: dp.Report, lang: str = "zh", page: str = "screen") -> Scene:
    return dp.diagram(report, kind="timeline", lang=lang, page=page).sheets[0]


def words(scene: Scene, box: str) -> str:
    return "\n".join(line.text for item in scene.boxes if item.id == box for line in item.lines)


def test_the_timeline_shows_the_actual_bar_the_hollow_minimum_and_the_meeting() -> None:
    scene = timeline(worked(BAD))
    bars = {box.id: box for box in scene.boxes if box.role == "bar"}
    comment = next(
        box for box in scene.boxes if any("03-24；应满30日（04-03）" in line.text for line in box.lines)
    )
    name = comment.id.removeprefix("dates-")

    assert bars[f"minimum-0-{name}"].dash == "dashed"
    assert bars[f"minimum-0-{name}"].w > bars[f"bar-{name}"].w
    assert "2024-06-06 集体讨论" in words(scene, "meeting-0")
    assert {box.fill for box in scene.boxes if box.role == "shade"} == {"#CDD3DA", "#E9ECEF"}


def test_at_an_edge_the_timeline_shows_both_counts() -> None:
    data = data_of(GOOD)
    comment = next(item for item in data["acts"] if item["kind"] == "public_comment")
    comment["start"], comment["end"] = "2024-03-04", "2024-04-02"
    comment["notice_date"] = "2024-03-04"

    scene = timeline(report_of(data))

    assert any("29日" in text and "30日" in text for text in _verdict_texts(scene))


def test_a_count_stands_beside_what_the_law_asks_and_once_where_what_is_wrong_tells_it() -> None:
    texts = _verdict_texts(timeline(worked(BAD)))

    (short,) = [text for text in texts if "实际20日，少10日" in text]
    assert short.count("20日") == 1
    kept = _verdict_texts(timeline(worked(GOOD)))
    assert any("17个工作日，应满7个工作日" in text for text in kept)


def test_time_for_supplement_is_added_to_the_least_time_where_the_law_does_not_count_it() -> None:
    data = data_of(GOOD)
    data["body"]["code"] = "441223"
    review = next(act for act in data["acts"] if act["kind"] == "legality_review")
    before = timeline(report_of(data))
    review["returns"] = [{"date": "2024-05-15", "resubmitted": "2024-05-17"}]

    after = timeline(report_of(data))

    assert _least(before) == "05-23"
    assert _least(after) == "05-25"  # the 16th and the 17th are not counted


def test_years_stand_over_months_in_both_languages() -> None:
    chinese, english = timeline(worked(BAD)), timeline(worked(BAD), "en")

    assert (words(chinese, "head-2024"), words(chinese, "head-2024-05")) == ("2024年", "5月")
    assert (words(english, "head-2024"), words(english, "head-2024-05")) == ("2024", "May")


def test_the_months_and_the_years_of_a_long_procedure_meet_without_a_gap() -> None:
    data = data_of(GOOD)
    data["acts"][0]["date"] = "2012-12-20"
    heads = [box for box in timeline(report_of(data)).boxes if box.id.startswith("head-2")]

    assert all(box.id.count("-") == 1 for box in heads)
    assert all(abs(one.x + one.w - two.x) < 0.01 for one, two in pairwise(heads))


def test_dates_stand_beside_their_bar_and_never_on_it() -> None:
    for page in ("portrait", "landscape"):
        boxes = {box.id: box for box in timeline(worked(BAD), page=page).boxes}
        dates = [box for name, box in boxes.items() if name.startswith("dates-act")]

        assert dates
        for text in dates:
            bar = boxes[text.id.replace("dates-", "bar-")]
            assert text.x >= bar.x + bar.w or text.x + text.w <= bar.x or text.y >= bar.y + bar.h


def _least(scene: Scene) -> str:
    """Return the day on which seven working days from the sending for review are over."""
    said = " ".join(line.text for box in scene.boxes for line in box.lines)
    found = re.search(r"应满7个工作日（([\d-]+)）", said)
    return found[1] if found else ""


def _verdict_texts(scene: Scene) -> list[str]:
    return ["".join(line.text for line in box.lines) for box in scene.boxes if box.id.startswith("verdict-")]


def test_the_verdict_stands_before_the_axis_with_what_is_wrong_however_long_the_procedure() -> None:
    data = data_of(BAD)
    data["acts"][0]["date"] = "2012-12-20"
    for page in ("portrait", "landscape", "slide", "screen"):
        for sheet in dp.diagram(report_of(data), kind="timeline", page=page).sheets:
            heads = {box.id: box for box in sheet.boxes if box.id.startswith("head-")}
            years = [box for name, box in heads.items() if name not in ("head-step", "head-verdict")]
            verdicts = [box for box in sheet.boxes if box.id.startswith("verdict-")]

            assert heads["head-verdict"].x + heads["head-verdict"].w <= min(box.x for box in years) + 0.01
            assert verdicts
            assert all(box.x + box.w <= min(year.x for year in years) for box in verdicts)
    assert any("少10日（另一算法21日）（15.1c）" in text for text in _verdict_texts(timeline(worked(BAD))))
