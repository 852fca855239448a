"""All 44 articles of the Regulation are accounted for, and what examples leave unreached is known."""

from __future__ import annotations

import pytest

from decision_procedure import rules
from decision_procedure.law.applicable import load_packs, standard_law
from decision_procedure.ruletests import articles, branches
from decision_procedure.ruletests.coverage import numbers

REGULATION = rules.text("cn/cn-713.yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一条", (1,)),
        ("第十条第一项", (10,)),
        ("第十五条第一款", (15,)),
        ("第二十条前段", (20,)),
        ("第四条至第七条", (4, 5, 6, 7)),
        ("第八条第二款、第九条", (8, 9)),
        ("第二十六条第一款、第二十七条", (26, 27)),
        ("第四十三条、第四十四条", (43, 44)),
        ("第一百条", (100,)),
        ("第一百零二条", (102,)),
        ("第一百一十三条", (113,)),
        ("附则", ()),
    ],
)
def test_the_articles_of_a_citation_are_read(text: str, expected: tuple[int, ...]) -> None:
    assert numbers(text) == expected


def test_the_44_articles_of_the_regulation_are_accounted_for() -> None:
    (pack,) = [pack for pack in standard_law().packs if pack.head.id == "cn-713"]

    found = articles(pack)

    assert [article.number for article in found] == list(range(1, 45))
    assert all(article.accounted_for for article in found)


def test_an_article_that_nothing_speaks_of_is_found() -> None:
    (pack,) = load_packs([("x.yaml", REGULATION.replace("第四十三条、第四十四条", "第四十三条"))])

    assert [article.number for article in articles(pack) if not article.accounted_for] == [44]


def test_examples_reach_every_branch_but_those_no_usable_record_reaches() -> None:
    (pack,) = [pack for pack in standard_law().packs if pack.head.id == "cn-713"]

    unreached = {(branch.duty, branch.condition) for branch in branches(pack) if branch.unreached}

    assert unreached == {
        ("cn-713.order.review_request-legality_review", "require"),
        ("cn-713.order.submission-deliberation", "when"),
        ("cn-713.order.decision-issue", "when"),
        ("cn-713.order.decision-publication", "when"),
    }


def test_a_condition_that_was_stopped_by_its_trigger_was_not_reached() -> None:
    rule = standard_law().packs[0].rule("15.1d")
    assert rule is not None

    (when, *_) = branches(standard_law().packs[0], [rule])

    assert when.text == "days(act.start, act.end) < params.days"
    assert when.reached == {True, False, None}
