"""Every sentence of the text view, in Chinese and English."""

from __future__ import annotations

_WORDS: dict[str, tuple[str, str]] = {
    "assumed": (
        "本报告以“案卷完整”的陈述为前提(截至{number}):案卷没有的,视为没有做",
        "This report rests on the statement that the record is complete (up to {number}): what is not in it was not done",
    ),
    "uncovered": (
        "已载入的法律均不适用于本案卷载明的行为,本报告不能作为合规依据",
        "No loaded law applies to the recorded acts: this report shows no compliance",
    ),
    "matter": ("事项", "matter"),
    "advice": ("提示", "advice"),
    "governed": ("各项行为所依的法律", "The law that governed each act"),
    "body": ("决策机关", "deciding body"),
    "as_of": ("截至", "as of"),
    "file": ("案卷", "record"),
    "applied": ("适用的法律", "law applied"),
    "unseen": ("施行中而未见全文", "in force, text not seen"),
    "not_loaded": ("施行中而未载入", "in force, not loaded"),
    "scope": ("适用范围", "scope"),
    "act": ("行为", "act"),
    "decision": ("整个决策", "the decision as a whole"),
    "evidence": ("依据", "evidence"),
    "papers": ("材料", "documents"),
    "missing": ("缺少", "missing"),
    "disputed": ("记载不一", "documents disagree"),
    "why": ("说明", "note"),
    "capped": ("不直接认定不合规,因为", "not called violated, because"),
    "judge": ("需判断", "to judge"),
    "edge": ("另一算法", "other count"),
    "edge_says": ("另一种计算方法结论不同", "the other way of counting decides otherwise"),
    "bearer": ("义务人", "bearer"),
    "held_post": ("当时任职", "held post"),
    "fault": (
        "只说明当日任职情况,是否有责由有权机关认定",
        "who held the post that day; fault is for the authority to find",
    ),
    "nobody": ("案卷未载明", "not named in the record"),
    "cure": ("补救", "to do"),
    "waived": ("已豁免,不计入退出状态", "waived: it does not count for the exit status"),
    "waived_mark": ("已豁免", "waived"),
    "judged": ("判断", "judged"),
    "judged_met": (
        "已由人判断符合要求,不计入退出状态",
        "judged met by a person: it does not count for the exit status",
    ),
    "loose_judgements": ("不起作用的人工判断", "judgements that change nothing"),
    "judged_count": ("其中已判断符合要求 {number}", "of these judged met: {number}"),
    "further": ("另有 {number} 部(--details 列出)", "{number} more (--details lists them)"),
    "in_all": ("共 {number} 部(--details 列出)", "{number} in all (--details lists them)"),
    "scope_question": (
        "需人工判断  该事项是否属于下列 {number} 部文件的适用范围",
        "needs judgement  whether these {number} instruments cover the matter",
    ),
    "instruments": ("文件", "law"),
    "elapsed": ("起算后已过 {number} 天", "{number} days since it began to run"),
    "took": ("自起算至办理历时 {number} 天", "done {number} days after it began to run"),
    "attention": ("本库的提示期限", "looked at after"),
    "related": ("另据", "also"),
    "waiver_notes": ("豁免有问题", "waivers at fault"),
    "not_counted": ("不计入退出状态", "does not count for the exit status"),
    "unseen_text": ("条文本身未见", "the text itself was not seen"),
    "not_tested": ("未检验", "not tested"),
    "gate": ("关口", "gate"),
    "because": ("因", "by"),
    "behind": ("关口未满足时实施", "done behind the closed gate"),
    "behind_label": ("其后", "after it"),
    "rests": ("以其为基础", "rests on it"),
    "examined_label": ("待认定", "to examine"),
    "examined": ("决策机关及其行政首长,依", "the deciding body and its chief, under"),
    "made_good": ("已由{}重新办理,不计入退出状态", "made good by {}: it does not count for the exit status"),
    "settle": ("先查清", "to settle"),
    "short": ("不足", "short"),
    "short_says": ("已载明,但不符合要求", "recorded, but falls short of what is required"),
    "would_be": (
        "如案卷已列全，即不合规 {number}",
        "violated if the record is complete: {number}",
    ),
    "would_be_judged": (
        "如案卷已列全，须由人判断 {number}",
        "for a person to judge if the record is complete: {number}",
    ),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "unknown": ("不详", "unknown"),
    "is": ("实为", "in fact"),
    "none": ("无", "none"),
    "whole": ("已声明完整", "stated to be whole"),
    "open_list": ("未声明完整", "not stated to be whole"),
    "more": ("另有", "more:"),
    "step": ("环节", "step"),
    "result": ("结论", "verdict"),
    "needed": ("是否需要", "needed"),
    "progress": ("进展", "progress"),
    "note": ("说明", "note"),
    "waits": ("尚待", "waits for"),
    "no_date": ("日期不详", "date unknown"),
    "steps": ("程序环节", "Steps of the procedure"),
    "next": ("下一步", "next"),
    "next_cure": (
        "按“补救”处理以上问题,补入案卷后重新检查;逐项查看依据:",
        "act on each “to do”, add it to the record and check again; the evidence of one finding:",
    ),
    "next_judge": (
        "由有权的人就“需判断”各项作出判断并记入案卷;查看依据:",
        "have the person in charge judge what is listed and record it; the evidence of one finding:",
    ),
    "next_doubt": (
        "查清“存疑”各项,补入案卷,或者声明案卷完整(完整性声明,或者加 --assume-complete)后重新检查;查看依据:",
        "settle what is in doubt and add it, or state that the record is complete (`complete`, or --assume-complete), and check again; the evidence of one finding:",
    ),
    "next_open": (
        "补充缺少的事实后重新检查;列出全部待定事项和程序环节:",
        "add the missing facts and check again; to list all that is open, and the steps:",
    ),
    "next_pending": ("按程序继续办理;尚待的环节:", "go on with the procedure; the steps still ahead:"),
    "next_none": ("已检验的义务均有结论,无待办事项", "every duty tested has an answer: nothing to do"),
    "next_uncovered": (
        "先确定适用的法律(见“施行中而未载入”),由人核对",
        "settle which law applies (see “in force, not loaded”) and have a person check",
    ),
    "no_breach": ("案卷所载事实未显示不合规", "the recorded facts show no breach"),
    "records": ("件案卷", "records"),
    "with_breach": ("件有不合规", "with a breach"),
    "with_doubt": ("件如案卷已列全，即有不合规", "with a breach if the record is complete"),
    "duty": ("义务", "duty"),
    "nothing_found": ("没有可统计的结论", "nothing to count"),
}


def say(key: str, lang: str, number: int | str | None = None) -> str:
    """Return a sentence of the text view, with a number, or a day, where it takes one.

    Raises KeyError for a key that the table does not hold.
    """
    text = _WORDS[key][0 if lang == "zh" else 1]
    return text if number is None else text.format(number=number)


def width_of_labels(lang: str) -> tuple[str, ...]:
    """Return the labels that stand in one column, for the terminal to make it as wide as the widest."""
    return tuple(say(key, lang) for key in _LABELS)


_LABELS = (
    "act", "evidence", "papers", "missing", "why", "judge", "edge", "bearer", "held_post", "cure", "file", "not_tested",
    "settle", "short", "judged", "behind_label", "advice",
)  # fmt: skip
