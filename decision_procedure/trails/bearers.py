"""Who bore the duties: units, post-holders on the day with the provision that names the post, and who is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from decision_procedure.law.applicable import Law
from decision_procedure.law.articles import article_text
from decision_procedure.law.pack import Liability
from decision_procedure.model.decision import Person, Post
from decision_procedure.model.posts import held_throughout
from decision_procedure.model.vocabulary import labels
from decision_procedure.results.bearers import stated_moment
from decision_procedure.results.conclusions import Conclusion, Fact
from decision_procedure.results.report import Report, Verdict
from decision_procedure.sources.characters import spelt
from decision_procedure.trails.draft import TrailDraft
from decision_procedure.wording import both, in_both

_DECIDING = ("DO", "CH", "MB")


class Bearers:
    """Draws units, posts, gaps and provisions on a trail, each from a conclusion of a production rule."""

    def __init__(
        self, report: Report, law: Law, draft: TrailDraft, findings: Mapping[tuple[str, str], str]
    ) -> None:
        self._report = report
        self._draft = draft
        self._findings = findings
        self._titles = {pack.head.id: pack.head.title for pack in law.for_body(report.decision)}
        self._provisions = {
            f"{pack.head.id}.{item.id}": item
            for pack in law.for_body(report.decision)
            for item in pack.file.liability
        }
        self._examined = {
            (item.get("duty"), item.get("act")): findings[item.get("duty"), item.get("of")]
            for item in report.concluded("to_be_examined")
            if (item.get("duty"), item.get("of")) in findings
        }
        self._days = {act.id: act.anchor.text for act in report.decision.acts if act.anchor is not None}
        self._verdicts: dict[str, Verdict] = {}
        for verdict in report.verdicts:
            name = findings.get((verdict.duty, verdict.act or ""))
            if name is not None:
                self._verdicts[name] = verdict
        self._people = {person.id: person for person in report.decision.people}

    def draw(self) -> None:
        """Draw everything that was concluded about bearers."""
        for item in self._concluded("bore", "settles"):
            finding = self._finding(item)
            kind = "borne_by" if item.kind == "bore" else "can_settle"
            self._draft.concluded(finding, self._unit(item), kind, item, finding)
        for item in self._concluded("consequence", "traced"):
            finding = self._finding(item)
            self._draft.concluded(finding, self._provision(item), "consequence", item, finding)
        for item in self._concluded("answers"):
            self._draft.concluded(
                self._unit(item), self._provision(item), "answers", item, self._finding(item)
            )
        for item in self._concluded("answerable"):
            self._holders(item)
        for item in self._concluded("unidentified"):
            self._vacancy(item)
        for item in self._concluded("commissioned"):
            self._engaged(item)
        for item in self._concluded("mitigated"):
            self._mitigated(item)

    @staticmethod
    def unit_node(report: Report, draft: TrailDraft, unit: str) -> str:
        """Add the node of a unit of the record, and return its identifier."""
        name = next((item.name for item in report.decision.units if item.id == unit), unit)
        return draft.node(f"unit:{spelt(unit)}", "unit", (spelt(name), spelt(name)), unit=spelt(unit))

    def _concluded(self, *kinds: str) -> Iterator[Conclusion]:
        for kind in kinds:
            yield from self._report.concluded(kind)

    def _finding(self, item: Conclusion) -> str:
        return self._finding_on(item.get("duty"), item.get("act"))

    def _finding_on(self, duty: str, act: str) -> str:
        """Return the finding of a duty on an act, or the one for which the act is to be examined."""
        return self._findings.get((duty, act)) or self._examined[duty, act]

    def _day(self, finding: str, duty: str, act: str) -> str:
        """Return the day on which posts count: that of what is to be examined, else that of the finding."""
        own = self._verdicts[finding].day
        return self._days.get(act, own) if (duty, act) in self._examined else own

    def _unit(self, item: Conclusion) -> str:
        unit = item.get("unit")
        if unit:
            return self.unit_node(self._report, self._draft, unit)
        finding = self._finding(item)
        if self._report.duties[item.get("duty")].bearer in _DECIDING:
            name = spelt(self._report.decision.body.name)
            return self._draft.node("unit:—", "unit", (name, name), unit="")
        return self._draft.node(
            f"gap:unit:{finding.removeprefix('finding:')}",
            "gap",
            both("trail.no_unit"),
            gap="unit",
            finding=finding,
        )

    def _provision(self, item: Conclusion) -> str:
        name = item.get("provision")
        provision: Liability = self._provisions[name]
        instrument = name.split(".", 1)[0]
        law = self._titles[instrument]
        article = in_both(partial(article_text, provision.article))
        words = both("trail.provision", law=in_both(law.text), article=article)
        return self._draft.node(
            f"provision:{name}", "provision", words,
            provision=name, instrument=instrument, ground=provision.ground, article=str(provision.article),
            article_en=article[1],
            text_zh=provision.text.zh, text_en=provision.text.en,
        )  # fmt: skip

    def _holders(self, item: Conclusion) -> None:
        finding = self._finding(item)
        unit, provision = self._unit(item), self._provision(item)
        person = self._people[item.get("person")]
        day = self._day(finding, item.get("duty"), item.get("act"))
        for post in _held(person, item.fact, day):
            node = self._post(person, post)
            self._draft.concluded(unit, node, "held_post", item, finding)
            self._draft.concluded(node, provision, "under", item, finding)

    def _post(self, person: Person, post: Post) -> str:
        capacity = post.capacity or ""
        name = spelt(person.name or person.id)
        title = spelt(post.post or "")
        words = (title, title) if title else labels("capacity", capacity)
        parts = (person.id, post.unit, capacity, post.post or "", str(post.since), str(post.until or ""))
        return self._draft.node(
            "person:" + "/".join(spelt(part).replace("/", "\\u002f") for part in parts), "person",
            both("trail.post", name=(name, name), post=words),
            person=spelt(person.id), name=name, unit=spelt(post.unit), post=title, capacity=capacity,
            since=str(post.since), until=str(post.until or ""),
        )  # fmt: skip

    def _vacancy(self, item: Conclusion) -> None:
        finding = self._finding(item)
        unit, capacity = self._unit(item), item.get("capacity")
        day = self._day(finding, item.get("duty"), item.get("act"))
        words = both(
            "trail.no_holder", capacity=labels("capacity", capacity),
            day=both("trail.by" if day.startswith("≤") else "trail.on", day=(day.lstrip("≤"),) * 2),
        )  # fmt: skip
        gap = self._draft.node(
            f"gap:post:{unit.partition(':')[2]}/{capacity}/{day}", "gap", words,
            gap="post", capacity=capacity, unit=spelt(item.get("unit")),
            day=day,
        )  # fmt: skip
        self._draft.concluded(unit, gap, "not_identified", item, finding)
        self._draft.concluded(gap, self._provision(item), "under", item, finding)

    def _engaged(self, item: Conclusion) -> None:
        finding = self._finding(item)
        kind, _, name = item.get("party").partition(":")
        if not item.get("party"):
            node = self._draft.node(
                f"gap:expert:{finding.removeprefix('finding:')}", "gap", both("trail.no_expert"),
                gap="expert", finding=finding,
            )  # fmt: skip
        elif kind == "unit":
            node = self.unit_node(self._report, self._draft, name)
        else:
            person = self._people.get(name) if kind == "person" else None
            shown = spelt((person.name if person else None) or name)
            node = self._draft.node(
                f"person:{kind}:{spelt(name)}/expert", "person", both("trail.post", name=(shown, shown), post=both("trail.expert")),
                person=spelt(name) if person else "", name=shown, unit="", post="", capacity="expert",
                since="", until="", act=spelt(item.get("act")),
            )  # fmt: skip
        self._draft.concluded(finding, node, "engaged", item, finding)
        self._draft.concluded(node, self._provision(item), "under", item, finding)

    def _mitigated(self, item: Conclusion) -> None:
        """Draw the provision on dissent for the posts under which the person came into the trail."""
        for premise in item.premises:
            if premise.kind == "answerable":
                person = self._people[premise.get("person")]
                finding = self._finding_on(premise.get("duty"), premise.get("act"))
                day = self._day(finding, premise.get("duty"), premise.get("act"))
                for post in _held(person, premise, day):
                    node = self._post(person, post)
                    self._draft.concluded(node, self._provision(item), "mitigated", item, finding)


def _held(person: Person, answerable: Fact, day: str) -> Iterator[Post]:
    """Yield the posts of a person for which that person is answerable."""
    moment = stated_moment(day)
    for post in person.posts:
        if (
            (post.unit, post.capacity) == (answerable.get("unit"), answerable.get("capacity"))
            and moment is not None
            and held_throughout(post, moment)
        ):
            yield post
