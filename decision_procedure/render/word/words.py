"""Every sentence of the Word documents, in Chinese and English."""

from __future__ import annotations

_WORDS: dict[str, tuple[str, str]] = {
    "opinion": ("程序核查意见书", "Opinion on the Procedure"),
    "to": ("{}:", "To: {}"),
    "basis": ("核查的对象和依据", "What was checked, and by what"),
    "checked": (
        "对“{title}”的决策程序案卷进行了核查,截至{day}。",
        "The record of the procedure of “{title}” was checked as of {day}.",
    ),
    "tested_by": ("据以核查的有:{}。法律清单见附表。", "Checked by: {}. The annex lists the law."),
    "overall": ("总体情况", "Overall"),
    "counted": ("核查结论共{total}项:{parts}。", "{total} verdicts: {parts}."),
    "listed": (
        "以下所列问题共{number}项(不合规、存疑、需人工判断、待补、尚无记录,以及豁免方面的问题),编号与其他格式的输出一致。",
        "{number} findings follow (violated, in doubt, needs judgement, to supply, nothing recorded, and faults of waivers), numbered as in every format.",
    ),
    "none_listed": ("没有应列出的问题。", "There is no finding to list."),
    "picture": ("附图:程序状态图", "Annex: state of the procedure"),
    "picture_alt": ("“{}”各程序环节的状态", "The state of each step of “{}”"),
    "no_picture": (
        "(本机缺少图片渲染工具或者中文字体,程序状态图从略;各环节状态见“问题”和附表。)",
        "(This machine has no picture renderer or no Chinese font: the diagram is left out; the findings and the list below say the same.)",
    ),
    "gates": ("关口", "Gates"),
    "no_gate": ("没有关闭或者未知的关口。", "No gate is closed or unknown."),
    "gates_waiting": (
        "下列环节的关口尚未经检验,不等于开放:{}。",
        "No act has put the gates of these steps to the test yet, which does not open them: {}.",
    ),
    "gate_line": (
        "关口“{step}”{state}:{article},{text}。",
        "Gate “{step}” is {state}: {article}, {text}.",
    ),
    "findings": ("问题及处理建议", "Findings and what to do"),
    "to_supply_in_list": (
        "待补事项{}项缺少事实或者材料,逐项列入附表。",
        "{} matters wait for facts or documents to be supplied; the annexed list names them.",
    ),
    "nothing_recorded_in_list": (
        "尚无记录的事项{}项,逐项列入附表。",
        "For {} matters nothing is recorded; the annexed list names them.",
    ),
    "number": ("编号", "No."),
    "waiver": ("豁免", "waiver"),
    "waived_by": ("{approver},依据{basis},{date}", "{approver}, by {basis}, {date}"),
    "until": (",至{}止", ", until {}"),
    "accepted": ("已列入存量清单", "accepted in the baseline"),
    "advice": ("提示", "Advice"),
    "advice_nature": (
        "案卷所引法律文件、行政区划代码或者所列数目有下列需要核对之处;这不是不合规,不影响核查结论。",
        "The law that the record cites, its division code or its numbers need a second look; this is no breach and changes no verdict.",
    ),
    "notes": ("说明", "Notes"),
    "note_persons": (
        "“当时任职”只说明有关日期的任职情况,是否有责由有权机关认定。",
        "“Held post” says who held a post on the day; fault is for the competent authority to find.",
    ),
    "note_scope": (
        "本意见只对照案卷所载事实与程序要求,不评价决策内容,也不对决策的效力作出结论。",
        "This opinion compares the recorded facts with the procedural requirements only; it judges neither the content nor the effect of the decision.",
    ),
    "sign": ("(核查单位印章)", "(seal of the checking unit)"),
    "annex": ("附表:问题一览", "Annex: list of findings"),
    "law": ("附表:法律清单", "Annex: the law"),
    "state": ("情况", "State"),
    "instrument": ("文件", "Instrument"),
    "document_number": ("文号", "Number"),
    "n": ("序号", "No."),
    "verdict": ("结论", "Verdict"),
    "source": ("依据", "Source"),
    "content": ("要求、事实和处理", "Requirement, facts and what to do"),
    "fingerprint": ("编号", "Fingerprint"),
    "cut": ("…(原文共{}字)", "… ({} characters in all)"),
}


def say(key: str, lang: str) -> str:
    """Return a sentence of the Word documents. Raises KeyError for a key that the table does not hold."""
    return _WORDS[key][0 if lang == "zh" else 1]


def day_text(day: str, lang: str) -> str:
    """Return an ISO day as official documents write it: `2024年9月30日`; in English unchanged."""
    if lang != "zh":
        return day
    year, month, of_month = day.split("-")
    return f"{year}年{int(month)}月{int(of_month)}日"


def numeral(number: int) -> str:
    """Return a number below a hundred as headings count: 一、十、十一、二十; larger ones in digits."""
    digits = "〇一二三四五六七八九"
    if number < 10:
        return digits[number]
    if number >= 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
