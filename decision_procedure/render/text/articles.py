"""Articles in English: `Art. 15(1)` for `第十五条第一款`, and the parts of a text that has no numbers."""

from __future__ import annotations

import re

from decision_procedure.law.articles import number_of

_NUMBER = "[零〇一二三四五六七八九十百]+"
_ONE = re.compile(f"第({_NUMBER})(条|点)(?:第({_NUMBER})款)?(?:第({_NUMBER})项)?")
_INNER = re.compile(f"第({_NUMBER})[款项]")
_KINDS = {"条": "Art.", "点": "Point"}
_TAILS = {
    "前段": ", first part", "后段": ", latter part", "但书": ", proviso", "以后": " and after",
}  # fmt: skip
_REMARKS = {
    "条号未见": "article number not seen", "条次未见": "article number not seen",
    "条次据转引": "numbers at second hand", "点次凭记忆": "numbers recalled",
    "标题部分": "title", "内部要求部分": "internal requirements",
}  # fmt: skip
_PARTS = {
    "其余部分": "the rest", "全文": "the whole text",
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


def article_text(text: str, lang: str) -> str:
    """Return an article in a language; in English a text of a form that is not known stays as it is."""
    if lang == "zh":
        return text
    known = _english(text)
    return ", ".join(_english(part) or part for part in text.split("、")) if known is None else known


def _english(text: str) -> str | None:
    """Return one article, or a stretch of them, in English; None for any other form."""
    stem, remark = text, ""
    if text.endswith(")") and "(" in text:
        stem, _, remark = text[:-1].partition("(")
        if remark not in _REMARKS:
            return None
        remark = f" ({_REMARKS[remark]})"
    if stem in _PARTS:
        return _PARTS[stem] + remark
    tail = next((tail for tail in _TAILS if stem.endswith(tail)), "")
    first, to, last = stem.removesuffix(tail).partition("至")
    found = [_numbered(part) for part in ((first, last) if to else (first,))]
    if None in found:
        return None
    return " to ".join(map(str, found)) + _TAILS.get(tail, "") + remark


def _numbered(text: str) -> str | None:
    match = _ONE.fullmatch(text)
    if match is None:
        part = _INNER.fullmatch(text)
        return None if part is None else f"({number_of(part[1])})"
    inner = "".join(f"({number_of(number)})" for number in match.group(3, 4) if number)
    return f"{_KINDS[match[2]]} {number_of(match[1])}{inner}"
