"""All 44 articles of the Regulation are accounted for, and what examples leave unreached is known."""

from __future__ import annotations

from decision_procedure import rules
from decision_procedure.law.applicable import load_packs, standard_law
from decision_procedure.ruletests import articles, branches

REGULATION = rules.text("cn/cn-713.yaml")


def test_the_44_articles_of_the_regulation_are_accounted_for() -> None:
    pack = next(pack for pack in standard_law().packs if pack.head.id == "cn-713")

    found = articles(pack)

    assert [article.number for article in found] == list(range(1, 45))
    assert all(article.accounted_for for article in found)


def test_an_article_that_nothing_speaks_of_is_found() -> None:
    text = REGULATION.replace("  articles: 44\n", "").replace("article: 第二十一条,", "article: 第二十条,")
    (pack,) = load_packs([("x.yaml", text)])

    assert [article.number for article in articles(pack) if not article.accounted_for] == [21]


def test_examples_reach_every_branch_but_those_no_usable_record_reaches() -> None:
    pack = next(pack for pack in standard_law().packs if pack.head.id == "cn-713")

    unreached = {(branch.duty, branch.condition) for branch in branches(pack) if branch.unreached}

    assert unreached == {
        ("cn-713.order.review_request-legality_review", "require"),
        ("cn-713.order.submission-deliberation", "when"),
        ("cn-713.order.decision-issue", "when"),
        ("cn-713.order.decision-publication", "when"),
    }


def test_a_condition_that_was_stopped_by_its_trigger_was_not_reached() -> None:
    rule = next(pack for pack in standard_law().packs if pack.head.id == "cn-713").rule("15.1d")
    assert rule is not None

    (when, *_) = branches(next(pack for pack in standard_law().packs if pack.head.id == "cn-713"), [rule])

    assert when.text == "days(act.start, act.end) < params.days"
    assert when.reached == {True, False, None}
