"""What must hold on a trail whatever the record says, and whatever its texts hold."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
import yaml
from conftest import record, report
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import decision_procedure as dp
from decision_procedure.rules import text as rule_text
from decision_procedure.trails.chain import DECISION, Trail
from decision_procedure.trails.draft import statements
from decision_procedure.wording import section

DEFECTIVE = ("示例县-多处不合规", "示例县-办公会代替常务会")
RULES = {
    rule["id"]
    for stratum in yaml.safe_load(rule_text("inference.yaml"))["strata"]
    for rule in stratum["rules"]
}


def outcome_finding(kind: str = "serious_error") -> dict[str, Any]:
    return {"authority": "示例市人民政府", "date": "2024-09-01", "kind": kind, "major_loss_or_effect": True}


def assert_founded(found: dp.Report, trail: Trail) -> None:
    """Each link rests on a conclusion of the report, or on a place of its record or law."""
    concluded = {(item.rule, premise) for item in found.conclusions for premise in statements(item)}
    cited = {f"{name.split('.', 1)[0]} {data.article}" for name, data in found.duties.items()}
    for edge in trail.edges:
        assert edge.grounds
        assert edge.kind in section("trail_edge", "zh")
        for _, premises in edge.grounds:
            assert premises
            for premise in premises:
                if edge.rule is not None:
                    assert edge.rule in RULES
                    assert (edge.rule, premise) in concluded
                else:
                    assert premise in cited or _in_record(found, premise)
    linked = {name for edge in trail.edges for name in (edge.source, edge.target)}
    assert {node.id for node in trail.nodes} - linked <= {DECISION}


def _in_record(found: dp.Report, place: str) -> bool:
    head = place.partition("[")[0].partition(".")[0].partition("(")[0].partition(":")[0]
    if head in ("verdict", "undetermined", "needs_judgement"):
        return True
    if head == "acts" and "[" in place:
        act_id = place.partition("[")[2].partition("]")[0].partition("~")[0]
        return any(item.id == act_id for item in found.decision.acts)
    return head in (*type(found.decision).model_fields, "assume_complete", "document", "decision", "body")


def assert_posts_held(found: dp.Report, trail: Trail) -> None:
    """Nobody appears without a provision, and a post held, or an engagement, on the day of the finding.

    Where a discussion or decision is to be examined for it, that day counts as well.
    """
    acts = {act.id: act for act in found.decision.acts}
    people = {person.id: person for person in found.decision.people}
    for node in trail.of("person"):
        assert trail.leading(node.id, "under"), node.id
        for edge in trail.coming(node.id):
            for finding in edge.findings:
                data = trail.node(finding).data
                assert (data["severity"], data["binding"]) == ("violated", "direct")
                assert any(finding in link.findings for link in trail.leading(node.id, "under"))
                if edge.kind == "engaged":
                    assert data["act"] == node.data["act"]
                    continue
                posts = people[node.data["person"]].posts
                days = {data["day"]} | {
                    acts[item.get("act")].anchor.text
                    for item in found.concluded("to_be_examined")
                    if item.get("duty") == data["duty"] and item.get("act") in acts
                }
                assert any(
                    post.unit == node.data["unit"]
                    and post.capacity == node.data["capacity"]
                    and str(post.since) == node.data["since"]
                    and str(post.until or "") == node.data["until"]
                    and post.since is not None
                    and any(
                        post.since.text <= day and (post.until is None or post.until.text >= day)
                        for day in days
                    )
                    for post in posts
                )


def assert_reached(found: dp.Report, trail: Trail) -> None:
    """Each direct breach leads to an article, a bearer or a named gap, and to a person or a named gap."""
    for node in trail.of("finding"):
        if node.data["severity"] != "violated" or node.data["binding"] != "direct":
            continue
        part = trail.backwards(node.id)
        assert part.of("article")
        bearers = (*part.leading(node.id, "borne_by"), *part.leading(node.id, "engaged"))
        assert bearers, node.id
        # An instrument without a liability provision names no post: the text then says so.
        if part.leading(node.id, "borne_by") and part.leading(node.id, "consequence"):
            assert part.of("person") or part.of("gap")


DAYS = [f"{year}-{month:02d}-{day:02d}" for year in (2023, 2024) for month in range(1, 13) for day in (1, 15)]
POST = st.fixed_dictionaries(
    {"unit": st.sampled_from(["gov", "zj", "sf", "cz"]), "post": st.sampled_from(["县长", "局长", "科长"])},
    optional={
        "capacity": st.sampled_from(["chief", "leader", "staff"]),
        "since": st.sampled_from(DAYS[:24]),
        "until": st.sampled_from(DAYS[24:]),
    },
)


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    data = record(draw(st.sampled_from(DEFECTIVE)))
    for person in data["people"]:
        person["posts"] = draw(st.lists(POST, max_size=3))
    names = [item["id"] for item in data["acts"] if item["id"] != "meeting"]
    gone = set(draw(st.lists(st.sampled_from(names), max_size=6)))
    data["acts"] = [item for item in data["acts"] if item["id"] not in gone]
    for name in draw(st.lists(st.sampled_from(sorted(data["traits"])), max_size=4)):
        data["traits"][name] = {"value": draw(st.sampled_from([True, False, None]))}
    for item in data["acts"]:
        if "date" in item and item["kind"] not in ("legality_review",) and draw(st.integers(0, 3)) == 0:
            item["date"] = draw(st.sampled_from(DAYS))
        if draw(st.integers(0, 9)) == 0:
            item.pop("unit", None)
    for key in ("lead_unit", "complete"):
        if draw(st.integers(0, 5)) == 0:
            data.pop(key)
    if draw(st.booleans()):
        data["outcome_finding"] = outcome_finding(draw(st.sampled_from(["serious_error", "undue_delay"])))
    return data


@settings(max_examples=40)
@given(mutated(), st.booleans())
def test_whatever_the_record_nothing_lacks_a_premise_and_nobody_appears_without_provision_and_post(
    data: dict[str, Any], complete: bool
) -> None:
    try:
        found = report(data, assume_complete=complete)
    except dp.UnusableInput:
        assume(False)
        return

    trail = dp.trail(found)

    assert_founded(found, trail)
    assert_posts_held(found, trail)
    assert_reached(found, trail)
    assert nx.is_directed_acyclic_graph(trail.to_networkx())
    assert trail.text("zh")
    assert trail.text("en")


@settings(max_examples=25)
@given(st.randoms(use_true_random=False), st.sampled_from(DEFECTIVE))
def test_shuffling_the_record_changes_nothing(pick: random.Random, name: str) -> None:
    data = record(name)
    before = dp.trail(report(data))

    for kind in ("acts", "documents", "people", "units", "drafts"):
        pick.shuffle(data[kind])
    for person in data["people"]:
        pick.shuffle(person.get("posts", []))

    after = dp.trail(report(data))
    assert after.to_json() == before.to_json()
    assert after.text("zh") == before.text("zh")


# --- untrusted text -----------------------------------------------------------------------------------------


def test_no_control_or_direction_character_of_a_record_reaches_the_text(bad: dict[str, Any]) -> None:
    bad["title"] = "改\u202e名\x1b[31m红\x07\n假行"
    bad["documents"][0]["title"] = "a\u2028b"

    trail = dp.trail(report(bad))

    written = trail.text("zh") + trail.text("en")
    assert not {"\x1b", "\x07", "\u202e", "\u2028"} & set(written)
    assert "假行" in written.splitlines()[0]
