"""The words on diagrams, Chinese and English, in one table."""

from __future__ import annotations

import re
from functools import lru_cache

WORDS: dict[str, tuple[str, str]] = {
    "status": ("程序状态图", "State of the procedure"),
    "as_of": ("核查截至", "as of"),
    "decision_id": ("决策编号", "decision"),
    "when": ("时间", "Time"),
    "who": ("责任", "Unit"),
    "basis": ("依据", "Basis"),
    "findings": ("问题", "Findings"),
    "no_record": ("无记录", "no record"),
    "denied": ("案卷载明未发生", "recorded as not held"),
    "undated": ("有记录,日期不详", "recorded, date unknown"),
    "to": ("至", "to"),
    "round": ("第{}轮", "round {}"),
    "untested": ("无检验项", "no test"),
    "optional": ("可选", "optional"),
    "gate_closed": ("■ 关口关闭", "■ gate closed"),
    "gate_unknown": ("◇ 关口未知", "◇ gate unknown"),
    "gate_open": ("□ 关口开放", "□ gate open"),
    "gate_pending": ("○ 关口未到期", "○ gate not due"),
    "behind": ("▲ 关口未满足时实施", "▲ done behind a closed gate"),
    "rests": ("△ 以关口关闭后的行为为基础", "△ rests on an act behind a closed gate"),
    "more_instruments": ("另{}部文件", "other instruments: {}"),
    "waived": ("已豁免(结论不变)", "waived (the verdict stands)"),
    "next": ("下一步", "What is next"),
    "next_mark": ("→ 下一步", "→ next"),
    "from_day": ("{}(可自 {} 起办理)", "{} (possible from {})"),
    "also_possible": ("也可办理:{}", "also possible: {}"),
    "perhaps_needed": ("是否需要待定:{}", "perhaps needed: {}"),
    "closed_first": ("关口关闭,先满足:{}", "a gate is closed; first meet: {}"),
    "continued": ("(续)", "(cont.)"),
    "nothing_next": ("案卷中没有可进行的下一步", "the record shows no step to take next"),
    "uncovered": (
        "已载明的行为均不在已载入法律的施行期内,本图不能作为合规依据",
        "No recorded act falls under a loaded law in force on its day: this shows no compliance",
    ),
    "assumed": (
        "以“案卷完整”的陈述为前提",
        "rests on the statement that the record is complete",
    ),
    "law": ("法律", "Law"),
    "status_key": (
        "框线:粗实线=不合规;虚线=需人工判断;点线=待定;细实线=其他。n/m=得此结论的检验数/检验总数。箭头=相邻阶段间有法定先后;无箭头=法律未定先后。",
        "Borders: thick solid = violated; dashed = needs judgement; dotted = undetermined; thin solid = others. n/m: tests with this verdict of all tests. Arrow: the law sets an order between neighbouring phases; no arrow, no order.",
    ),
    "initiation": ("启动", "Initiation"),
    "drafting": ("起草", "Drafting"),
    "participation": ("公众参与", "Public participation"),
    "assessment": ("论证评估", "Review by experts, risk"),
    "review": ("合法性审查", "Legality review"),
    "decision": ("讨论决定", "Decision"),
    "execution": ("归档执行", "Filing and execution"),
    "steps_shown": ("各环节结论", "Verdicts by step"),
    "procedure": ("重大行政决策程序图", "Procedure of a major administrative decision"),
    "reading_key": (
        "先后只以箭头为准:上下位置不表示先后,没有箭头的法律未定先后。[n]是文件编号,其后数字是条号,“?”表示是否施行或者是否仍有效不能确定。没有写条号的,条号未见。各处全称见后表。",
        "Only arrows state an order: place above or below states none, and without an arrow the law sets none. [n] is the number of an instrument, what follows its articles, “?” one of which it is uncertain whether it was, or still is, in force. Where no article is given, its number was not seen. The table after the drawing cites in full.",
    ),
    "key_mandatory": ("必经程序", "mandatory step"),
    "key_conditional": ("附条件程序", "conditional step"),
    "key_optional": ("如进行则适用", "its rules apply if done"),
    "key_stated": ("条文明定的次序", "order stated by the text"),
    "key_implied": ("由条文推知的次序", "order implied by the text"),
    "key_gate": ("关口:未满足前不得进行", "gate: forbidden until met"),
    "key_precondition": ("前置要求:条文禁止,但不直接约束本机关,不关闭关口", "precondition: a text forbids the step, but does not bind directly and closes no gate"),
    "key_frame": ("框内除箭头所示外法律未定先后", "in a frame, no order but the arrows"),
    "key_added": ("新增的次序", "order added"),
    "key_removed": ("取消的次序", "order dropped"),
    "frame_unordered": ("∥ 框内:除箭头所示外,法律未定先后", "∥ in this frame the law sets no order but the arrows"),
    "order_stated": ("次序明定", "order stated"),
    "order_implied": ("次序推知", "order implied"),
    "order_word": ("次序:", "order "),
    "precondition": ("前置要求", "precondition"),
    "gate": ("◆ 关口", "◆ gate"),
    "against": (" 对比 ", " against "),
    "of_instruments": ("所据文件{}部,列于图后", "Instruments: {}, listed after the drawing"),
    "item_number": ("第{}点", "item {}"),
    "instruments": ("所据文件", "Instruments"),
    "step_bases": ("各环节依据", "Where each step is set"),
    "special_left_out": (
        "未画专项程序,仅适用于相应事项:{}。",
        "Special procedures, which govern matters of their own kind only, are not drawn: {}.",
    ),
    "orders_lost": ("与本法方向相反、未画的次序", "orders that run against this law, not drawn"),
    "unsure_force": ("是否施行或者仍有效不能确定", "uncertain whether in force"),
    "only_this": ("仅本图", "here only"),
    "only_other": ("仅对比图", "in the other only"),
    "seen_part": ("仅见部分条文", "seen in part"),
    "seen_none": ("原文未见", "text not seen"),
    "bound_reference": ("(参照)", " (by reference)"),
    "bound_internal": ("(内部要求)", " (internal)"),
    "bound_uncertain": ("(是否约束不定)", " (uncertain whether bound)"),
    "bases_changed": ("依据变化:", "bases changed: "),
    "from_then": ("{} → {}", "{} → {}"),
    "colon": (":", ": "),
    "or": ("或者", " or "),
    "and_others": ("等", ", etc."),
    "conditional": ("附条件", "if"),
    "mandatory": ("必经", "mandatory"),
    "if_done": ("如进行则适用", "rules apply if done"),
    "in_general": ("一般", "in general "),
    "some_matters": ("(部分事项)", " (some matters)"),
    "at_least": ("{}≥{}", "{}≥ {}"),
    "lead": ("提前{}≥{}", "{}≥ {} before"),
    "within": ("{}{}内", "{}within {}"),
    "once_held": ("已进行{}", "{} held"),
    "from_to": ("{}至{}", "{} to {}"),
    "required": ("需要时", "if so"),
    "not_required": ("不需要", "if not"),
    "stated": ("明定", "stated"),
    "implied": ("推知", "implied"),
    "diff_added": ("+ 新增", "+ added"),
    "diff_removed": ("- 取消", "- dropped"),
    "diff_changed": ("≠ 有变", "≠ changed"),
    "diff_key": (
        "与{}相比:+ 新增(最粗的框和线),- 取消(灰细框、点线),≠ 有变(粗框,“原 → 现”)。",
        "Against {}: + added (heaviest border and line), - dropped (thin grey border, dotted line), ≠ changed (heavy border, “then → now”).",
    ),
    "no_law": ("没有已载入且在施行期内的法律", "no loaded law is in force"),
    "diff_count": ("差别{}处(环节、次序)。", "Differences: {} (steps and orders)."),
    "diff_none": ("无差别。", "No difference."),
    "timeline": ("程序时间轴", "Timeline of the procedure"),
    "timeline_key": (
        "实心条=实际起止;空心虚线条=法定最短期限;菱形=单日事项;竖线=集体讨论日;浅灰=周末;深灰=节假日。",
        "Solid bar = actual; hollow dashed bar = statutory minimum; diamond = one day; upright line = meeting; light grey = weekend; dark grey = holiday.",
    ),
    "days_off_hidden": ("时间跨度过长,未显示非工作日。", "The span is too long to show days off."),
    "holidays_unknown": (
        "{} 之后的节假日尚未公布,不作灰底。",
        "Holidays after {} are not published yet and are not shown.",
    ),
    "step": ("程序环节", "Step"),
    "verdict": ("核查结论", "Verdict"),
    "meeting": ("集体讨论", "meeting"),
    "no_dates": ("无起止日期", "no dates"),
    "must_last": ("应满{}{}", "at least {} {}"),
    "both_counts": ("按默认算法{},按另一算法{}", "{} by the default count, {} by the other"),
    "日": ("日", "days"),
    "工作日": ("个工作日", "working days"),
    "人": ("人", "persons"),
    "项": ("项", "items"),
    "nothing_dated": ("案卷没有载明任何日期", "the record states no date"),
    "approximate": ("约", "c."),
    "trail": ("责任追溯图", "Accountability trail"),
    "trail_key": (
        "各列由左至右为追溯方向。单线直角框=条文、义务、单位;双线框=问题;圆角框=行为、人员;虚线框=欠缺、待核实;点线=证据支持关系。任职不等于有责,是否有责由有权机关认定。",
        "Columns run in the direction of the trail. Square box = article, duty, unit; double border = finding; rounded = act, person; dashed = absence or gap; dotted line = evidence. Holding a post is not fault: that is for the authority.",
    ),
    "to_date": ("今", "now"),
    "documents": ("文件{}份", "{} documents"),
    "documents_part": ("文件第{}至{}份,共{}份", "documents {} to {} of {}"),
    "listed_above": ("前文已列", "listed above"),
    "summed": (
        "{}:{}项,按法律文件汇总;案卷补全后再行追溯",
        "{}: {}, summed up by instrument; to be traced once the record says more",
    ),
    "settled_by": ("可由下列文件证明:{}", "Documents that would show it: {}"),
    "backward": ("另有{}条逆向关系未画出。", "{} links that run backwards are not drawn."),
    "outcome": ("结果认定", "Outcome"),
    "instrument": ("法律文件", "Instrument"),
    "article": ("条款", "Article"),
    "duty": ("法定义务", "Duty"),
    "finding": ("认定问题", "Finding"),
    "act": ("具体行为", "Act"),
    "absence": ("未有行为", "Absence"),
    "document": ("文件", "Document"),
    "unit": ("责任单位", "Unit"),
    "person": ("任职人员", "Post-holder"),
    "gap": ("待核实", "Gap"),
    "other": ("其他", "Other"),
    "empty_trail": ("没有可追溯的问题", "there is nothing to trace"),
    "catalogue": ("年度决策事项核查总表", "Yearly sheet of decisions"),
    "catalogue_key": (
        "每格为该环节检验中最重的结论;空格=该环节没有检验项。",
        "Each cell is the severest verdict of the step; an empty cell: no test of that step.",
    ),
    "of_year": ("{}年度", "{}"),
    "several_bodies": ("{}个决策机关", "{} deciding bodies"),
    "no_year": ("年度不详", "year unknown"),
    "item": ("决策事项", "Decision"),
    "lead_unit": ("承办单位", "Lead unit"),
    "totals": ("按承办单位合计(检验项数)", "Totals by lead unit (tests)"),
    "no_unit": ("承办单位不详", "lead unit unknown"),
    "all_units": ("合计", "total"),
    "decisions": ("决策数", "decisions"),
    "no_reports": ("没有决策", "no decisions"),
    "to_itself": ("指向自身", "leads to itself"),
    "graph": ("关系图", "Graph"),
}  # fmt: skip
PHASES = ("initiation", "drafting", "participation", "assessment", "review", "decision", "execution")
_DIGITS = {"零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ARTICLE = re.compile(r"第([零一二三四五六七八九十百]+|\d+)条")


def say(key: str, lang: str, *values: object) -> str:
    """Return a word or sentence of the table; the key itself when the table does not know it."""
    zh, en = WORDS.get(key, (key, key))
    text = zh if lang == "zh" else en
    return text.format(*values) if values else text


@lru_cache(maxsize=4096)
def articles(texts: tuple[str, ...], lang: str) -> str:
    """Return the articles of citations, sorted and once each: `第十五条第一款` and others become `第15、16条`."""
    numbers: set[int] = set()
    others: list[str] = []
    for text in texts:
        found = _ARTICLE.findall(text)
        numbers.update(_number(item) for item in found)
        if not found and text not in others:
            others.append(text)
    joined = ("、" if lang == "zh" else ", ").join(str(item) for item in sorted(numbers))
    cited = f"第{joined}条" if lang == "zh" else f"Art. {joined}"
    return ("、" if lang == "zh" else ", ").join([*((cited,) if numbers else ()), *others])


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    total = 100 * _DIGITS.get(hundreds, 0)
    if ten:
        total += 10 * (_DIGITS.get(tens.strip("零"), 1) if tens.strip("零") else 1)
    return total + (_DIGITS[ones[-1]] if ones else 0)
