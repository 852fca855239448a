"""Articles as texts cite them: the numbers that a citation names, its words in both languages, every one of a pack file.

This is the one translator of articles: text, web pages, Word, trails, diagrams, tables and rule pages take it from here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from decision_procedure.law.pack import PackFile

_NUMERAL = "[〇零一二三四五六七八九十百千]+"
_RANGE = re.compile(f"第({_NUMERAL})条至第({_NUMERAL})条")
_ONE = re.compile(f"第({_NUMERAL})条")
_CITED = re.compile(f"第{_NUMERAL}[条项点部]|部分|未见")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = r"(?:[零〇一二三四五六七八九十百千]+|\d+)"
_TOKEN = re.compile(
    rf"第?\(?({_NUMBER})\)?(条|点|章|节|编|部分|款|项|目)|第?(附件|附录|附表)({_NUMBER})?|(附则|总则|序言|前言|正文|标题)"
)
_DIVISIONS = {
    "条": "Art. {}", "点": "Point {}", "章": "Chapter {}", "节": "Section {}", "编": "Book {}", "部分": "Part {}",
    "款": "({})", "项": "({})", "目": "({})",
}  # fmt: skip
_INNER = ("款", "项", "目")
_JOINTS = {"、": ", ", ",": ", ", ";": "; ", "和": " and ", "与": " and ", "及": " and ", "以及": " and ", "或者": " or ",
           "或": " or ", "至": " to ", "到": " to ", "-": " to ", "—": " to ", "~": " to "}  # fmt: skip
_JOINT = re.compile("|".join(sorted(map(re.escape, _JOINTS), key=len, reverse=True)))
_TAILS = {
    "前段": ", first part", "中段": ", middle part", "后段": ", latter part", "但书": ", proviso", "以后": " and after",
    "以下": " and after", "以前": " and before", "本文": ", main clause",
}  # fmt: skip
_REMARKS = {
    "条号未见": "article number not seen", "条次未见": "article number not seen",
    "条次据转引": "numbers at second hand", "点次凭记忆": "numbers recalled",
    "标题部分": "title", "内部要求部分": "internal requirements",
}  # fmt: skip
_PARTS = {
    "其余部分": "the rest", "全文": "the whole text", "附件": "Annex", "附录": "Annex", "附表": "Table annexed",
    "附则": "supplementary provisions", "总则": "general provisions", "序言": "Preamble", "前言": "Preamble",
    "标题": "the title", "正文": "the main text", "决定": "the decision itself",
    "听证公告的规定": "on the notice of a hearing", "听证延期的规定": "on putting off a hearing",
    "公开听证的规定": "on public hearings", "采纳意见的规定": "on adopting opinions",
    "多数反对的规定": "on opposition by a majority", "反馈的规定": "on feedback",
    "未经听证不得决策的规定": "on no decision without a hearing", "合法性审查的规定": "on the legality review",
    "专家咨询论证在先的规定": "on expert argument beforehand", "论证内容的规定": "on what is argued",
    "专家人数的规定": "on the number of experts", "利益回避的规定": "on conflicts of interest",
    "专家库的规定": "on the pool of experts", "公开征求意见的规定": "on publication for comment",
    "适用范围的规定": "on scope",
    "听取意见部分": "part on hearing opinions", "听证部分": "part on hearings",
    "合法性审查部分": "part on the legality review", "合法性审核部分": "part on the legality review",
    "集体决定部分": "part on collective decision", "完善听证制度部分": "part on the system of hearings",
    "完善市县政府行政决策机制部分": "part on decision-making of city and county governments",
    "建立健全六项制度部分": "part on the six systems", "实施后评价部分": "part on evaluation after execution",
    "责任追究部分": "part on accountability", "规范行政决策程序部分": "part on the decision procedure",
    "风险评估部分": "part on risk assessment", "坚持依法科学民主决策部分": "part on lawful, sound, democratic decisions",
    "跟踪反馈和责任追究部分": "part on tracking, feedback and accountability",
    "健全依法决策机制部分": "part on lawful decision-making",
    "终身责任追究和责任倒查部分": "part on lifelong accountability and tracing back",
    "健全行政决策制度体系部分": "part on the system of decision-making",
    "增强依法决策意识部分": "part on awareness of lawful decisions",
    "跟踪、评估和终身责任部分": "part on tracking, evaluation and lifelong accountability",
    "规范制发程序部分": "part on the procedure of making documents", "评估论证部分": "part on assessment and argument",
    "办公机构审核部分": "part on review by the office", "评估范围和内容部分": "part on scope and content of the assessment",
    "评估结果运用部分": "part on the use of the result",
}  # fmt: skip


_WHOLE = re.compile(rf"第({_NUMBER})条")
_STRETCH = re.compile(rf"第({_NUMBER})条至第({_NUMBER})条")
_POINT = re.compile(rf"第({_NUMBER})点")


def number_of(numeral: str) -> int:
    """Return the number that a Chinese numeral below ten thousand means. Raises ValueError for others."""
    total, digit = 0, 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            raise ValueError(f"不是数词 not a numeral: {numeral}")
    return total + digit


def articles_of(citation: str) -> frozenset[int]:
    """Return the numbers of the articles that a citation such as 第四条至第七条 names."""
    found = {number_of(numeral) for numeral in _ONE.findall(citation)}
    for first, last in _RANGE.findall(citation):
        found.update(range(number_of(first), number_of(last) + 1))
    return frozenset(found)


def is_cited(citation: str) -> bool:
    """Say whether a citation names an article, item or part, or says that its number was not seen."""
    return _CITED.search(citation) is not None


def cited_in(pack: PackFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every citation of a pack file with its path."""
    yield ("scope", "article"), pack.scope.article
    yield ("binding", "article"), pack.binding.article
    sections: dict[str, Iterable[object]] = {
        "order": pack.order,
        "duties": pack.duties,
        "liability": pack.liability,
        "unmodelled": pack.unmodelled,
        "superseded": pack.superseded,
        "allows_other": pack.allows_other,
    }
    for name, items in sections.items():
        for index, item in enumerate(items):
            yield (name, index, "article"), item.article  # type: ignore[attr-defined]


def article_text(text: str, lang: str) -> str:
    """Return a citation of one instrument in a language.

    In English no Chinese is left, but in the name of a passage that has no number and that the table does not know.
    """
    return text if lang == "zh" else _in_english(text)


@lru_cache(maxsize=4096)
def articles_text(texts: tuple[str, ...], lang: str) -> str:
    """Return the articles of citations, sorted and once each: `第十五条第一款` and others become `第15、16条`.

    Paragraphs and items are left out; what has no article number stands after those, in full.
    """
    numbers: set[tuple[int, int]] = set()
    others: dict[str, None] = {}
    for text in texts:
        found = _stretches(text)
        numbers.update(found)
        if not found:
            others[_figures(text) if lang == "zh" else article_text(text, lang)] = None
    comma, to = ("、", "至") if lang == "zh" else (", ", " to ")
    joined = comma.join(str(a) if a == b else f"{a}{to}{b}" for a, b in _merged(numbers))
    cited = f"第{joined}条" if lang == "zh" else f"Art. {joined}"
    return comma.join([*((cited,) if numbers else ()), *others])


def has_number(text: str) -> bool:
    """Say whether a citation names an article, or a point of an outline, by its number and nothing else needs words."""
    return bool(_stretches(text)) or _POINT.fullmatch(text) is not None


def _figures(text: str) -> str:
    """Return points of an outline with their numbers in figures: 第12点."""
    return _POINT.sub(lambda found: f"第{_number(found[1])}点", text)


def _stretches(text: str) -> set[tuple[int, int]]:
    ranges = {(_number(first), _number(last)) for first, last in _STRETCH.findall(text)}
    single = {(_number(item), _number(item)) for item in _WHOLE.findall(_STRETCH.sub("", text))}
    return ranges | single


def _merged(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches in order, each number in one of them; neighbours stay apart unless a range holds them."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(stretches, key=lambda item: (item[0], -item[1])):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


@lru_cache(maxsize=4096)
def _in_english(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    stem, remark = _without_remark(plain)
    said = _PARTS.get(stem) or _sequence(stem)
    return text if said is None else said + remark


def _without_remark(text: str) -> tuple[str, str]:
    """Return a citation without the remark in brackets at its end, and the remark in English."""
    if not text.endswith(")") or "(" not in text:
        return text, ""
    stem, _, inside = text[:-1].rpartition("(")
    if not stem or re.fullmatch(_NUMBER, inside):
        return text, ""
    if inside in _REMARKS:
        return stem, f" ({_REMARKS[inside]})"
    return stem, f" ({_PARTS.get(inside) or _sequence(inside) or inside})"


def _sequence(text: str) -> str | None:
    """Return citations joined by commas, `to` and the like; None where one of them is of no known form."""
    pieces = _split(text)
    said = [(_PARTS.get(part) or _one(part), joint) for part, joint in pieces]
    if any(part is None for part, _ in said):
        return None
    return "".join(f"{part}{joint}" for part, joint in said)


def _split(text: str) -> Sequence[tuple[str, str]]:
    """Return the parts of a citation, each with the joint after it in English."""
    found, start = [], 0
    for match in _JOINT.finditer(text):
        found.append((text[start : match.start()], _JOINTS[match[0]]))
        start = match.end()
    return [*found, (text[start:], "")]


def _one(text: str) -> str | None:
    """Return one citation in English: divisions, then paragraphs and items; None for any other form."""
    tail = next((tail for tail in _TAILS if text.endswith(tail)), "")
    rest, found = text.removesuffix(tail), []
    while rest:
        match = _TOKEN.match(rest)
        if match is None:
            return None
        number, kind, annex, of_annex, part = match.groups()
        if part or annex:
            more = f" {_number(of_annex)}" if of_annex else ""
            found.append((False, _PARTS[part or annex] + more))
        else:
            found.append((kind in _INNER, _DIVISIONS[kind].format(_number(number))))
        rest = rest[match.end() :]
    if not found:
        return None
    said = "".join(text if inner or at == 0 else f", {text}" for at, (inner, text) in enumerate(found))
    return said + _TAILS.get(tail, "")


def _number(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else number_of(numeral)
