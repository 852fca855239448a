"""What the diagrams say: states in words, gates where they stand, what is next, numbers of the law, both counts."""

from __future__ import annotations

from datetime import date

from scenes import BAD, EXAMPLES, GOOD, RUNNING, bare, data_of, report_of, worked

import decision_procedure as dp
from decision_procedure.checking.requirements import need_of
from decision_procedure.diagrams.palette import look
from decision_procedure.diagrams.scene import Box, Scene
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.articles import articles_text
from decision_procedure.model.vocabulary import label
from decision_procedure.reporting.steps import drawn_states
from decision_procedure.results.saying import brief_sentence
from decision_procedure.wording import section


def words(scene: Scene, box: str) -> str:
    """Return the text of the box with this id."""
    return "\n".join(line.text for item in scene.boxes if item.id == box for line in item.lines)


def one_box(scene: Scene, name: str) -> Box:
    return next(box for box in scene.boxes if box.id == name)


def screen(report: dp.Report, kind: str = "status", lang: str = "zh") -> Scene:
    return dp.diagram(report, kind=kind, lang=lang, page="screen").sheets[0]


def test_a_card_tells_verdict_dates_unit_articles_and_findings_in_words() -> None:
    card = words(screen(worked(BAD)), "step-public_participation")

    for text in (
        "【不合规】28项中2项",
        "2024-03-04 至 03-24",
        "示例县住房和城乡建设局",
        "第14、15、18、26、27条",
        "15.1c",
        "15.1d",
    ):
        assert text in card


def test_a_card_says_in_few_words_what_is_wrong_and_tells_what_springs_from_one_fact_once() -> None:
    scene = screen(worked(BAD))
    comment = words(scene, "step-public_participation").replace("\n", "")
    review, submission = (
        words(scene, f"step-{name}").replace("\n", "") for name in ("legality_review", "submission")
    )

    assert "实际20日，少10日（另一算法21日）" in comment
    assert review.count("应为“合法性审查意见”") == 1
    assert "（25.1a、25.1b；与提交讨论同一问题）" in review
    assert "（25.2a；与合法性审查意见同一问题）" in submission


def test_no_card_loses_a_word_of_what_is_wrong_whatever_the_record_calls_its_people() -> None:
    data = data_of(BAD)
    for person in data["people"]:
        person["name"] = "某" * 300
    report = report_of(data)
    for page in ("portrait", "landscape", "screen"):
        told = "".join(
            line.text
            for sheet in dp.diagram(report, page=page).sheets
            for box in sheet.boxes
            for line in box.lines
        )
        for verdict in report.of_face("violated"):
            assert "".join(brief_sentence(report, verdict).split()) in "".join(told.split())


def test_the_gate_mark_stands_on_the_forbidden_step_and_what_follows_rests_on_it() -> None:
    scene = screen(worked(BAD))

    assert "■ 前置程序未完成" in words(scene, "step-submission")
    assert "▲ 前置程序未完成即实施" in words(scene, "step-submission")
    assert "△" in words(scene, "step-decision")
    assert "□ 前置程序已完成" in words(scene, "step-decision")
    for step in ("publication", "filing", "execution_assignment"):
        assert not {"■", "▲", "△"} & set(words(scene, f"step-{step}"))


def test_an_unknown_gate_marks_no_act() -> None:
    scene = screen(worked(RUNNING))

    assert "◇ 前置程序尚不能确定" in words(scene, "step-submission")
    assert "▲" not in "".join(line.text for box in scene.boxes for line in box.lines)


def test_what_is_next_is_needed_unrecorded_and_not_overtaken() -> None:
    running = words(screen(worked(RUNNING)), "next").partition("◇")[0]

    assert "意见研究采纳" in running
    assert "专家论证" in running
    assert "作出决定" not in running
    assert "没有可进行的下一步" in words(screen(report_of(bare())), "next")
    assert "部门协商" not in words(screen(worked(BAD)), "next")


def test_what_is_next_names_the_first_step_with_its_day_and_stands_above_the_phases() -> None:
    data = data_of(RUNNING)
    comment = next(item for item in data["acts"] if item["kind"] == "public_comment")
    comment["end"] = "2024-10-08"

    now, later = screen(worked(RUNNING)), screen(report_of(data))

    assert "下一步：意见研究采纳（可自2024年9月30日起办理）；也可办理：专家论证" in words(now, "next")
    assert "意见研究采纳（可自2024年10月9日起办理）" in words(later, "next")
    assert all(box.y > one_box(now, "next").y for box in now.boxes if box.role == "lane")


def test_every_gate_is_told_at_the_top_with_the_articles_that_closed_it_or_left_it_unknown() -> None:
    bad, running = words(screen(worked(BAD)), "next"), words(screen(worked(RUNNING)), "next")

    assert "■ 前置程序未完成：提交讨论（第25条）" in bad
    assert "□ 前置程序已完成：作出决定" in bad
    assert "◇ 前置程序尚不能确定：提交讨论（第25条）" in running


def test_several_sheets_are_numbered_and_a_phase_that_goes_on_says_so() -> None:
    (path,) = EXAMPLES.glob("published/郴*.yaml")
    picture = dp.diagram(worked(path), page="portrait", lang="zh")
    texts = [{line.text for box in sheet.boxes for line in box.lines} for sheet in picture.sheets]

    assert [f"{number}/{len(texts)}" in text for number, text in enumerate(texts, 1)] == [True] * len(texts)
    assert len(texts) > 1
    assert any("（续）" in text for text in texts[1:])
    assert "（续）" not in texts[0]
    assert "sheet" not in {box.id for box in screen(worked(BAD)).boxes}


def test_phases_between_which_the_law_sets_no_order_are_not_joined() -> None:
    joined = {(item.tail, item.head) for item in screen(worked(GOOD)).connectors}

    assert ("phase-initiation", "phase-drafting") in joined
    assert ("phase-review", "phase-decision") in joined
    assert ("phase-participation", "phase-assessment") not in joined
    assert ("phase-drafting", "phase-participation") not in joined


def test_a_waiver_is_shown_beside_a_verdict_that_stays() -> None:
    data = data_of(BAD)
    data["waivers"] = [
        {"duty": "cn-713.15.1c", "authority": "示例县人民政府", "basis": "虚构", "date": "2024-03-01"}
    ]

    card = words(screen(report_of(data)), "step-public_participation")

    assert "【不合规】" in card
    assert "已豁免" in card


def test_every_step_bears_its_verdict_by_word_badge_and_border() -> None:
    report = worked(BAD)
    scene = screen(report)
    boxes = {box.id: box for box in scene.boxes}

    for name, state in drawn_states(report, dp.procedure(report.decision)).items():
        alone = f"step-{name}" in boxes
        card = name if alone else f"not_applicable-{state.phase}"
        assert alone or (state.verdict == "not_applicable" and state.zh in words(scene, f"step-{card}"))
        assert boxes[f"badge-{card}"].css == state.verdict
        assert state.verdict in boxes[f"step-{card}"].css
        assert boxes[f"step-{card}"].dash == look(state.verdict).dash
        assert label("step_verdict", state.verdict) in words(scene, f"step-{card}")


def test_mandatory_and_conditional_steps_differ_by_line_and_word_and_bear_the_numbers_of_the_law() -> None:
    scene = dp.diagram(("441223", date(2024, 1, 1)), kind="procedure", page="screen").sheets[0]
    boxes = {box.id: box for box in scene.boxes}

    assert boxes["step-public_participation"].dash == "solid"
    assert "必经" in words(scene, "step-public_participation")
    assert "一般≥30日" in words(scene, "step-public_participation")
    assert boxes["step-hearing"].dash == "dashed"
    assert "附条件" in words(scene, "step-hearing")
    assert "≥7日" in words(scene, "step-hearing")
    assert "个工作日" in words(scene, "step-review_request")


def test_steps_among_which_the_law_sets_no_order_stand_in_one_row() -> None:
    scene = dp.diagram(worked(GOOD).decision, kind="procedure", page="screen").sheets[0]
    dash = {(item.tail, item.head): item.dash for item in scene.connectors}
    names = {
        f"step-{name}" for name in ("public_participation", "expert_review", "risk_assessment", "hearing")
    }

    assert not [pair for pair in dash if set(pair) <= names]
    assert dash["step-legality_review", "step-submission"] == "solid"
    assert dash["step-submission", "step-deliberation"] == "dashed"


def test_articles_are_sorted_and_named_once() -> None:
    assert articles_text(("第十六条第三款", "第十五条第一款", "第十五条第二款"), "zh") == "第15、16条"
    assert articles_text(("第三十条", "第一百零二条", "第二十条"), "en") == "Art. 20, 30, 102"
    assert articles_text(("附件",), "zh") == "附件"


def test_every_phase_has_its_name() -> None:
    phases = {step.phase for pack in standard_law().packs for step in pack.file.steps}

    assert phases <= section("diagram", "zh").keys()


def test_a_step_without_duties_that_require_it_is_optional() -> None:
    assert need_of([]) == "optional"
