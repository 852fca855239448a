"""What is said of an assessment in one language: points, places, reasons. Every form of it speaks by these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from decision_procedure.assessing.formula import formula_text
from decision_procedure.assessing.indicators import Indicators, Measure
from decision_procedure.assessing.scores import Points, Score, UnderUnit, YearScore
from decision_procedure.assessing.standings import BodyStanding
from decision_procedure.assessing.tallies import Ground, Met
from decision_procedure.law.articles import article_text
from decision_procedure.model.vocabulary import label
from decision_procedure.results.severity import FACES
from decision_procedure.sources.characters import plain
from decision_procedure.wording import Words, check_language

SORTS = ("indicator", "deduction", "veto")
_CENT = Decimal("0.01")


def number(value: Fraction) -> str:
    """Return points as people write them: at most two decimals, rounded half up, without needless zeros."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{exact.quantize(_CENT, ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class AssessmentWords:
    """How an assessment of a year is told in one language."""

    indicators: Indicators
    year: int
    day: str
    lang: str

    def __post_init__(self) -> None:
        check_language(self.lang)

    @property
    def words(self) -> Words:
        """The words of this section."""
        return Words(self.lang, "assess")

    @property
    def title(self) -> str:
        """The head of it all."""
        return self.words.say("title", year=self.year, day=self.day)

    def notes(self) -> Iterator[str]:
        """Yield by what bodies are scored and ranked, and what points mean."""
        words, given = self.words, self.indicators
        yield words.say("by", title=given.title.text(self.lang), source=given.source.text(self.lang))
        yield words.say("nature")
        yield words.say("out_of")
        rule = given.ranking
        if rule is not None:
            yield words.say(
                "ranked_by", decisions=rule.least_decisions, widest=rule.widest, bodies=rule.least_bodies
            )

    def points(self, points: Points | None) -> str:
        """Return points, a range where something is open."""
        if points is None:
            return self.words.say("nothing_counted")
        if points.settled:
            return number(points.best)
        return self.words.say("between", worst=number(points.worst), best=number(points.best))

    def score(self, score: Score, *, of_weight: bool = True) -> str:
        """Return what an indicator, a deduction or a veto comes to; `of_weight`: an indicator with the most it brings."""
        words, points = self.words, score.points
        if score.measure.sort == "veto":
            if score.measure.stated and score.stated is None:
                return words.say("veto_unstated")
            if points is None or not points.worst:
                return words.say("veto_not")
            return words.say("veto_holds" if points.best else "veto_open")
        if points is None:
            return self.points(None)
        if score.measure.sort == "deduction":
            turned = Points(points.best, points.worst)
            return words.say("taken_off", points=self.points(turned)) if points.worst else "0"
        if not of_weight:
            return self.points(points)
        return words.say("of_weight", points=self.points(points), weight=number(score.measure.weight))

    def head(self, measure: Measure) -> str:
        """Return what heads the column of an indicator: with the most that it brings."""
        text = measure.text.text(self.lang)
        return text + self.words.aside(number(measure.weight)) if measure.sort == "indicator" else text

    def place(self, standing: BodyStanding) -> str:
        """Return the place of a body, or that it has none."""
        place = standing.place
        if place is None:
            return self.words.say("unranked")
        if place.best == place.worst:
            return self.words.say("placed", best=place.best)
        return self.words.say("placed_between", best=place.best, worst=place.worst)

    def why(self, standing: BodyStanding) -> str:
        """Return why a body is not ranked; empty where it is."""
        if standing.unranked is None:
            return ""
        rule = self.indicators.ranking
        numbers = {} if rule is None else {
            "too_few_decisions": rule.least_decisions, "too_few_bodies": rule.least_bodies, "too_open": rule.widest,
        }  # fmt: skip
        return self.words.say(f"why_{standing.unranked}", number=numbers.get(standing.unranked, ""))

    def moved(self, standing: BodyStanding) -> str:
        """Return how the total moved since the year before."""
        if standing.before is None:
            return self.words.say("first_time")
        return "" if standing.moved is None else self.words.say(f"moved_{standing.moved}")

    def before(self, standing: BodyStanding) -> str:
        """Return the total of the year before with its year; empty: there is none."""
        before = standing.before
        if before is None:
            return ""
        return f"{self.points(before.total)}{self.words.aside(str(before.year))}"

    def beside(self, score: Score) -> Iterator[str]:
        """Yield what is said beside a score: the body's own, who stated it, what may fall out."""
        words, own, stated = self.words, score.own, score.stated
        if score.measure.stated:
            if stated is None:
                yield words.say("not_stated")
            else:
                yield words.say("stated_by", by=plain(stated.by), reason=plain(stated.reason))
        if score.may_fall_out:
            yield words.say("may_fall_out")
        if own is not None:
            compared = score.own_compared
            if compared is not None:
                yield words.say(f"own_{compared}")
            if own.note:
                yield words.say("own_says", text=plain(own.note))
            if own.materials:
                yield words.say("own_materials", text=words.listed(map(plain, own.materials)))

    def own(self, score: Score) -> str:
        """Return the points that a body gives itself; empty: it gives none."""
        return "" if score.own is None else number(Fraction(str(score.own.points)))

    def how(self, score: Score) -> str:
        """Return how an indicator counts and by which formula."""
        measure, words = score.measure, self.words
        if measure.stated:
            return ""
        return words.listed(
            (
                words.say(f"per_{measure.per}"),
                words.say("scored_by", formula=plain(formula_text(measure.written, self.lang))),
            )
        )

    def where(self, ground: Ground, folder: str) -> str:
        """Return file and line of what stands behind a number, as seen from the folder of its body."""
        line, file = ground.line, plain(self.file(ground, folder))
        if line is None:
            return file
        return self.words.say("at_line" if isinstance(line, int) else "at_cell", file=file, line=line)

    def file(self, ground: Ground, folder: str) -> str:
        """Return the file in which something stands, as seen from the folder of its body."""
        return ground.file.removeprefix(folder).lstrip("/\\")

    def met(self, met: Met) -> tuple[str, str]:
        """Return a duty that was met with its article, and in which records."""
        duty, lang, words = met.duty, self.lang, self.words
        asked = words.say("agrees")
        if duty is not None:
            law, article = duty.instrument.text(lang), article_text(duty.article, lang)
            asked = duty.text.text(lang) + words.aside(words.say("cited_law", title=law, article=article))
        titles = words.listed(map(plain, met.titles[:_MOST_TITLES]))
        return asked, words.say(
            "records_met",
            count=len(met.titles),
            titles=titles + ("…" if len(met.titles) > _MOST_TITLES else ""),
        )

    def unit(self, under: UnderUnit) -> str:
        """Return the name of a unit that undertook records."""
        return under.unit or self.words.say("unnamed_unit")

    def kind(self, kind: str) -> str:
        """Return the name of a kind of body."""
        return label("assessed_kind", kind, self.lang)

    def called(self, ground: Ground) -> str:
        """Return the name under which what stands behind a number is shown."""
        return self.words.say("differs") if ground.difference else label("face", ground.face, self.lang)


_MOST_TITLES = 20


class Behind(NamedTuple):
    """What stands behind a number in words: one sentence on one matter, with every article that it bears on."""

    title: str
    said: str
    articles: tuple[str, ...]
    decided: str
    where: str


class Group(NamedTuple):
    """What stands behind a number under one name; `face` gives its colours, `standing` how it is counted.

    `counted` is how many are; several that one sentence tells of are one in `behind`.
    """

    standing: str
    face: str
    name: str
    counted: int
    behind: tuple[Behind, ...]


def groups(told: AssessmentWords, score: Score, folder: str) -> tuple[Group, ...]:
    """Return what stands behind a number by how it is counted and what it is called, the gravest first.

    Files are named as seen from `folder`.
    """
    found: dict[tuple[bool, int, str], list[Ground]] = {}
    for ground in score.grounds:
        key = (ground.standing == "open", FACES.index(ground.face), told.called(ground))
        found.setdefault(key, []).append(ground)
    return tuple(
        Group(each[0].standing, each[0].face, key[2], len(each), tuple(_merged(told, each, folder)))
        for key, each in sorted(found.items(), key=lambda pair: pair[0])
    )


def _merged(told: AssessmentWords, grounds: Sequence[Ground], folder: str) -> Iterator[Behind]:
    lang = told.lang
    same: dict[tuple[str, str, str], list[Ground]] = {}
    for ground in grounds:
        same.setdefault((ground.file, ground.title, ground.said(lang)), []).append(ground)
    for (_, title, said), each in same.items():
        articles = dict.fromkeys(filter(None, (ground.article(lang) for ground in each)))
        decided = dict.fromkeys(filter(None, (ground.decided(lang) for ground in each)))
        yield Behind(title, said, tuple(articles), told.words.series(decided), told.where(each[0], folder))


def kinds_of_bodies(standings: Sequence[BodyStanding]) -> Mapping[str, Sequence[BodyStanding]]:
    """Return standings by the kind of body, in their order."""
    found: dict[str, list[BodyStanding]] = {}
    for item in standings:
        found.setdefault(item.body.kind, []).append(item)
    return found


def open_of(year: YearScore | None) -> int:
    """Return how much is open in a year, each indicator by itself."""
    return 0 if year is None else sum(score.tally.open for score in year.of("indicator"))
