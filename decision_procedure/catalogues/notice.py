"""What stands round the table of a catalogue: title, issuer, year, number, days, approval, consent, the law it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from decision_procedure.catalogues.cell_values import on_one_line
from decision_procedure.model.dates import parse_date
from decision_procedure.model.planned import folded
from decision_procedure.model.vocabulary import PLACES


class OuterText(NamedTuple):
    """A text outside the rows, and the place where it stands; `above`: over the first table."""

    text: str
    place: str
    above: bool


class Stated(NamedTuple):
    """What a text was read as: the field of the catalogue, its value, the text and its place."""

    field: str
    value: Any
    text: str
    place: str


def stated_in(texts: Sequence[OuterText], stem: str) -> dict[str, Stated]:
    """Return what the texts round the tables say, by the field of `Catalogue`; a field on which they differ is not there.

    `stem` is the name of the file, which counts as a title where no text is one.
    """
    found: dict[str, Stated] = {}
    texts = [*texts, *_keyed(texts)]
    titles = _titles(texts)
    title = next(iter(titles), None) or _of_file(stem)
    if title is not None:
        found["title"] = title
    for field, readings in (
        ("year", _years(title, texts)),
        ("issuer", _issuers(titles, texts)),
        ("number", _numbers(texts)),
        ("issued", _days(texts, _ISSUED)),
        ("published_on", _days(texts, _PUBLISHED)),
        ("approval", _approvals(texts)),
        ("batch", _batches(title)),
        ("planned_time", _ends(texts)),
    ):
        different = {reading.value: reading for reading in readings}
        if len(different) == 1:
            (found[field],) = different.values()
    law = list(_law(texts))
    if law:
        found["cited_law"] = Stated(
            "cited_law", list(dict.fromkeys(name for name, _ in law)), law[0][1].text, law[0][1].place
        )
    return found


def _keyed(texts: Sequence[OuterText]) -> Iterator[OuterText]:
    """Yield each text that names what follows it together with that: `成文日期：`, in the next cell `2025-05-14`."""
    for key, value in pairwise(texts):
        if len(key.text) <= _KEY and key.text.rstrip().endswith((":", "：")) and key.place and value.place:
            yield OuterText(f"{key.text}{value.text}", value.place, False)


_KEY = 12
_APART = re.compile(r"^附件?\s*(?:[0-9一二三四五](?![0-9]))?\s*[:：.、]?\s*|^[一二三四五六]、")
_NAMED = re.compile(r"《([^《》]{4,80}目[录錄](?:清[单單])?)》")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?:年度?|$)")
_MOST = 80


def _titles(texts: Sequence[OuterText]) -> list[Stated]:
    """Return what may be the title: the texts over the first table that name a catalogue, the nearest first, and what a notice quotes.

    What names the year goes before what does not.
    """
    lines = [(_APART.sub("", on_one_line(said.text)), said) for said in texts if said.above]
    titles = [
        Stated("title", _APART_IN_NAME.sub("", line), said.text, said.place)
        for line, said in reversed(lines)
        if "目录" in folded(line) and len(line) <= _MOST and not _SENTENCE.search(folded(line))
    ]
    quoted = [
        Stated("title", name, said.text, said.place) for line, said in lines for name in _NAMED.findall(line)
    ]
    dated = [title for title in titles if _years_in(title.value)]
    return list(dict.fromkeys([*dated, *titles, *quoted]))


_APART_IN_NAME = re.compile("(?<=[\u4e00-\u9fff0-9]) +(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) +(?=[0-9])")
_SENTENCE = re.compile("[。;]|通知|公告|^(?:现|根据|下列)|网站$")


def _of_file(stem: str) -> Stated | None:
    return Stated("title", stem, stem, "") if "目录" in stem else None


def _in_digits(text: str) -> str:
    return _HAN_YEAR.sub(lambda year: year[0].translate(_DIGITS), folded(text))


def _years_in(text: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(_in_digits(text))}


_HAN_YEAR = re.compile("二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def _years(title: Stated | None, texts: Sequence[OuterText]) -> Iterator[Stated]:
    if title is not None and (years := _years_in(title.value)):
        yield from (Stated("year", year, title.text, title.place) for year in years)
        return
    for said in texts:
        for year in re.findall("(20[0-9]{2})年度?(?:[^0-9,。]{0,20})重大行政决策", _in_digits(said.text)):
            yield Stated("year", int(year), said.text, said.place)


_BODY = "(?:人民政府(?:办公室|办公厅)?|政府(?:办公室|办公厅)?|街道办事处|管理委员会|管委会|委员会|局|厅)"
_IN_TITLE = re.compile(
    rf"^(?:关于)?(?:印发|公布)?(?:20[0-9]{{2}}年度?)?《?([\u4e00-\u9fff]{{2,30}}?{_BODY})(?=20[0-9]{{2}}|重大|年度|[\u4e00-\u9fff]{{0,4}}决策|关于)"
)
_NAMED_BODY = re.compile(
    "(?:制定机关|发布机关|发布机构|发文机关|编制单位|决策机关|信息来源)[:：]([\u4e00-\u9fff]{2,30})"
)
_SIGNED = re.compile(rf"([\u4e00-\u9fff]{{2,30}}{_BODY})")


def _issuers(titles: Sequence[Stated], texts: Sequence[OuterText]) -> Iterator[Stated]:
    """Yield the body that the title names, or another title; else those that are named as the issuer, else those that sign."""
    for title in titles:
        named = _IN_TITLE.match(_in_digits(title.value))
        if named is not None:
            yield Stated("issuer", _as_published(named[1], title.value), title.text, title.place)
            return
    for form in (_NAMED_BODY, _SIGNED):
        lines = (("".join(said.text.split()), said) for said in texts)
        found = [
            Stated("issuer", line[match.start(1) : match.end(1)], said.text, said.place)
            for line, said in lines
            if len(line) == len(folded(line)) and (match := form.fullmatch(folded(line)))
        ]
        if found:
            yield from found
            return


def _as_published(name: str, text: str) -> str:
    """Return a name found in the folded form of a text as the text itself has it."""
    bare = "".join(text.split())
    at = folded(bare).find(name)
    return bare[at : at + len(name)] if at >= 0 and len(folded(bare)) == len(bare) else name


_BRACKETS = str.maketrans("（）［］【】", "()[][]")
_NUMBER = re.compile(
    r"\(?(?:(?:发文字号|文号)[:：])?([\u4e00-\u9fff]{2,12}[〔\[(]20[0-9]{2}[〕\])]第?[0-9]{1,4}号)\)?"
)


def _numbers(texts: Sequence[OuterText]) -> Iterator[Stated]:
    for said in texts:
        found = _NUMBER.fullmatch("".join(said.text.split()).translate(_BRACKETS))
        if found is not None:
            yield Stated("number", found[1], said.text, said.place)


_DATE = r"((?:20[0-9]{2})年[0-9]{1,2}月[0-9]{1,2}日|20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2})"
_ISSUED = re.compile(rf"(?:(?:印发|成文|发文|制定)(?:日期|时间)?:?)?{_DATE}(?:印发)?")
_PUBLISHED = re.compile(rf"-?(?:发布|公布|公开)(?:日期|时间):{_DATE}(?:[^0-9].*)?")


def _days(texts: Sequence[OuterText], form: re.Pattern[str]) -> Iterator[Stated]:
    """Yield the days that stand alone on a line, or with a word that says what day they are."""
    field = "issued" if form is _ISSUED else "published_on"
    for said in texts:
        found = form.fullmatch(folded(said.text))
        if found is None:
            continue
        try:
            yield Stated(field, parse_date(found[1]).text, said.text, said.place)
        except ValueError:
            continue


_APPROVED = re.compile(
    r"(?:[^，,。；;》]{2,24}会议?(?:审议|讨论)(?:通过)?[，,]?并)?"
    r"(?:(?<![未须应需报拟待可])(?:已|业)?经[^，。；;,]{1,40}?(?:同意|审议通过|讨论通过|批准|研究决定)(?!后)"
    r"(?:[，,]?并?报[^，。；;,]{1,20}?同意(?!后))?)"
    r"|[^，,。；;》]{2,24}会议?(?:审议|讨论)通过(?!后)"
)


def _approvals(texts: Sequence[OuterText]) -> Iterator[Stated]:
    for said in texts:
        for found in _APPROVED.finditer(on_one_line(said.text)):
            yield Stated("approval", found[0], said.text, said.place)


def approval_of(wording: str) -> Mapping[str, bool]:
    """Return what the wording of an approval states: that the Party committee consented, that the deciding body approved.

    What it does not say is not there: silence shows nothing.
    """
    found = {}
    if _PARTY.search(wording) and "同意" in wording:
        found["party_consent"] = True
    if _GOVERNMENT.search(wording):
        found["approved"] = True
    return found


_PARTY = re.compile("(?:省|市|县|区|旗|州|乡|镇|街道)委(?!员会|托|办)|党委|党工委")
_GOVERNMENT = re.compile(
    "(?:政府|常务会议?|办公会议?|街道办事处|管委会|管理委员会)[^，,。；;]{0,12}(?:同意|通过|批准|决定)"
)


def _batches(title: Stated | None) -> Iterator[Stated]:
    if title is not None and (found := re.search("第[一二三四五六1-6]批", title.value)):
        yield Stated("batch", found[0], title.text, title.place)


_END = re.compile(r"(?:须|应|应当|必须|需)(?:在|于)([^，。；]{4,16}?前)(?:全部)?(?:完成|出台|办结)")


def _ends(texts: Sequence[OuterText]) -> Iterator[Stated]:
    for said in texts:
        for found in _END.finditer(on_one_line(said.text)):
            yield Stated("planned_time", found[1], said.text, said.place)


_GROUNDS = re.compile(
    "(?:根据|依据|按照)((?:[^。；]{0,6}?《[^《》]{2,80}》(?:[（(][^（）()]{2,40}[）)])?[、和及以]{0,2})+)"
)
_LAW = re.compile("《[^《》]{2,80}》(?:[（(][^（）()]{2,40}[）)])?")


def _law(texts: Sequence[OuterText]) -> Iterator[tuple[str, OuterText]]:
    for said in texts:
        for grounds in _GROUNDS.findall(on_one_line(said.text)):
            yield from ((name, said) for name in _LAW.findall(grounds))


def level_of(issuer: str) -> str | None:
    """Return the level of a body by the last place that its name holds; None: it tells none.

    A city is taken for one of districts; that a city is of county level no name says.
    """
    bare = folded(issuer)
    if "街道" in bare:
        return "subdistrict"
    place = re.split("人民政府|政府|局|厅|管理委员会|管委会|委员会|办公室", bare)[0]
    found = re.findall("省|(?<!城)市(?!场)|县|区|旗|乡|镇", place)
    return PLACES[found[-1]] if found else None
