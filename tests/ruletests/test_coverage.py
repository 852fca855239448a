"""All 44 articles of the Regulation are accounted for, and what examples leave unreached is known."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from decision_procedure import rules
from decision_procedure.law.applicable import load_packs, standard_law
from decision_procedure.model import vocabulary
from decision_procedure.ruletests import articles, branches, counts

REGULATION = rules.text("cn/cn-713.yaml")
LAW = standard_law().packs
CHOICES = {
    "conclusion": [get_args(vocabulary.ConclusionOfReview)],
    "secrecy_level": [get_args(vocabulary.SecrecyLevel)],
    "level": [get_args(vocabulary.RiskLevel)],
}


def test_the_44_articles_of_the_regulation_are_accounted_for() -> None:
    pack = next(pack for pack in standard_law().packs if pack.head.id == "cn-713")

    found = articles(pack)

    assert [article.number for article in found] == list(range(1, 45))
    assert all(article.accounted_for for article in found)


def test_an_article_that_nothing_speaks_of_is_found() -> None:
    text = REGULATION.replace("  articles: 44\n", "").replace("article: 第二十一条,", "article: 第二十条,")
    (pack,) = load_packs([("x.yaml", text)])

    assert [article.number for article in articles(pack) if not article.accounted_for] == [21]


WHOLE = {
    "cn-713": 44, "comp-archives": 52, "comp-fcr": 27, "comp-obe": 72, "comp-ogi": 56, "dz-2022": 41, "eco": 1242, "gd-288": 59,
    "gd-303": 32, "gd-land": 55, "gd-obe": 66, "gd-pa": 51, "nat-org": 90, "nd-115": 12, "sd-336": 65, "sdp-2012": 139,
    "track-development-plan": 38, "track-environment": 37, "track-houses": 35, "track-investment": 39, "track-land": 67,
    "track-price": 48, "track-urban-plan": 70,
}  # fmt: skip
"""The instruments whose text can be opened, with the articles, or the items, counted in it."""


def test_the_articles_of_every_text_that_can_be_opened_are_counted() -> None:
    assert {pack.head.id: pack.head.articles for pack in LAW if pack.head.articles} == WHOLE


@pytest.mark.parametrize("name", WHOLE)
def test_every_article_is_modelled_repeated_or_listed(name: str) -> None:
    pack = next(pack for pack in LAW if pack.head.id == name)

    found = counts(pack)

    assert found.modelled + found.repeated + found.listed == WHOLE[name]
    assert found.lost == 0


def test_an_entry_for_the_rest_does_not_stand_for_articles_that_are_counted() -> None:
    text = rules.text("cn/track-price.yaml")
    listed = text.replace("article: 第六条至第十七条,", "article: 其余部分,")
    (uncounted,) = load_packs([("x.yaml", listed.replace("  articles: 48\n", ""))], LAW)
    (counted,) = load_packs([("x.yaml", listed)], LAW)

    assert counts(uncounted).lost == 0
    assert [article.number for article in articles(counted) if not article.accounted_for] == [*range(6, 18)]


ENTITIES = "traits.market_entities"
REVIEW, FAIR = (
    f"last_opinion('{kind}') == 'for_a_person'" for kind in ("legality_review", "fair_competition_review")
)
# What no usable record can reach, and why.
UNREACHABLE = {
    "an act implied by the one tested": {
        "cn-713.order.review_request-legality_review": {"not before(act.done, act.sent)", "before(act.done, act.sent)"},
    },
    "no record states a hearing before its notice": {"cn-713.16.2": {"before(act.notice_date, act.date)"}},
    "where the requirement surely fails, it is known what governs": {
        "cn-713.25.2a": {
            "last_opinion('legality_review', it.form == 'review_opinion') == 'for_a_person'", "it.form == 'review_opinion'",
        },
        **{duty: {REVIEW} for duty in ("nat-2008.N08-4", "nat-2010.N10-c", "nat-2014.N14-b", "nat-2015.N15-18",
                                       "nd-37.ND37-review", "nd-115.7-gate")},
        "gd-288.31.1": {"last_opinion('unit_review') == 'for_a_person'"},
        **{duty: {"decided_on_meeting() == 'for_a_person'"} for duty in ("cn-713.30.1b", "nat-org.ORG-6", "gd-288.37", "sd-336.48")},
    },
    "every word that the field can hold is listed": {
        "comp-fcr.FCR-17": {"act.conclusion in ['no_restriction', 'exception_applies', 'restriction']"},
        "comp-ogi.OGI-14-secret": {"decision.withholding.secrecy_level in ['top_secret', 'secret', 'confidential']"},
        "sd-336.38-level": {"act.level in ['high', 'medium', 'low']"},
        "nat-2010.N10-d-contents": {"act.level in ['high', 'medium', 'low']"},
    },
    "the duty applies only where the record says": {
        "cn-713.34b-truthful": {"act.truthful or not act.truthful", "act.truthful"},
    },
    "the matter is then outside the instrument": {
        **{duty: {ENTITIES} for duty in ("comp-fcr.FCR-2", "gd-obe.46")},
        "comp-fcr.FCR-18": {ENTITIES, FAIR},
        "gd-obe.47": {ENTITIES, "last_opinion('fair_competition_review') in ['for_a_person', 'unfavourable']"},
        **{f"comp-obe.OBE-{duty}": {ENTITIES} for duty in ("62.1", "62.2", "62.2-days", "62.2-feedback", "63.1", "63.2")},
    },
}  # fmt: skip


def test_examples_reach_every_branch_of_every_duty_but_those_no_usable_record_reaches() -> None:
    unreached: dict[str, set[str]] = {}
    for pack in LAW:
        for branch in branches(pack, beside=LAW):
            if branch.unreached:
                unreached.setdefault(branch.duty, set()).add(branch.text)

    expected = {duty: texts for duties in UNREACHABLE.values() for duty, texts in duties.items()}
    assert unreached == expected


def test_the_words_said_to_be_all_of_a_field_are_all_that_it_can_hold() -> None:
    for duty, (text,) in UNREACHABLE["every word that the field can hold is listed"].items():
        field = text.partition(" in ")[0].rpartition(".")[2]
        words = set(re.findall(r"'(\w+)'", text))

        assert any(words == set(choices) for choices in CHOICES[field]), duty


def test_a_condition_that_was_stopped_by_its_trigger_was_not_reached() -> None:
    rule = next(pack for pack in standard_law().packs if pack.head.id == "cn-713").rule("15.1d")
    assert rule is not None

    (when, *_) = branches(next(pack for pack in standard_law().packs if pack.head.id == "cn-713"), [rule])

    assert when.text == "days(act.start, act.end) < params.days"
    assert when.reached == {True, False, None}
