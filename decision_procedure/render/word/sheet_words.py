"""Every sentence of the review sheet, in Chinese and English."""

from __future__ import annotations

_WORDS: dict[str, tuple[str, str]] = {
    "sheet": ("上会审查单", "Review Sheet for the Meeting"),
    "matter": ("决策事项", "Matter"),
    "bodies": ("决策机关", "Body"),
    "undertaken": ("{body};承办单位:{unit}", "{body}; undertaken by {unit}"),
    "unstated": ("案卷未载明", "not stated in the record"),
    "moment": ("审查时点", "As of"),
    "submitted": (
        "截至{day};案卷载明已于{date}提交讨论,以下为对该次提交的核查",
        "{day}; the record says it was submitted on {date}: that submission was checked",
    ),
    "assumed": (
        "截至{day};案卷未载明本轮提交讨论,以下按当日提交推演",
        "{day}; no submission of this round is recorded: checked as if it were submitted that day",
    ),
    "may": ("可否提交", "May submit"),
    "closed": (
        "关口关闭:按条文,第二部分所列事项未满足之前不得提交讨论",
        "A gate is closed: by its text the draft is not submitted until what part 2 lists is met",
    ),
    "unknown": (
        "尚不能确定:第二部分所列关口状态未知,先查清所列事实",
        "It cannot be said yet: a gate in part 2 is unknown; settle the facts listed first",
    ),
    "open": ("提交环节的关口未见障碍", "No gate stands in the way of submission"),
    "no_gate": ("适用的法律未对提交设关口", "The law applied sets no gate on submission"),
    "uncovered": (
        "没有已载入的法律适用,本单不能作为提交的依据",
        "No loaded law applies: this sheet supports no submission",
    ),
    "package": (
        ";上会材料缺{missing}项、待确认{open}项",
        "; of the package {missing} heads are missing, {open} to be confirmed",
    ),
    "whole": (";应有的上会材料均已载明", "; every head of the package is there"),
    "part_package": ("一、上会材料", "1. Package"),
    "needed_head": ("是否需要", "Needed"),
    "presence_head": ("现状和说明", "State and reason"),
    "no_heads": (
        "适用的法律未规定上会材料的项目",
        "The law applied does not say what the package holds",
    ),
    "there": ("有:提交的材料中已列明", "there: listed in the package"),
    "missing": ("缺:材料清单已载明完整,没有此项", "missing: the list, stated to be whole, lacks it"),
    "owed": (
        "应有而未有:应有“{step}”环节({article}),案卷载明没有进行",
        "owed and not there: {step} ({article}) is required and was not done",
    ),
    "in_file": (
        "待确认:案卷有“{}”,是否列入提交材料未载明",
        "to confirm: the record has “{}”; not listed in the package",
    ),
    "unseen": ("不详:材料清单未载明,案卷中也未见", "unknown: not listed, and not seen in the record"),
    "settle": ("先查清:{}", "settle first: {}"),
    "part_gates": ("二、提交环节的关口", "2. Gates on submission"),
    "counts_not": ("不关闭", "not closing"),
    "gate_line": ("{article},{text}", "{article}, {text}"),
    "cure": (";处理:{}", "; to do: {}"),
    "more_gates": ("另有{}项关口,见程序核查意见书", "{} more gates: see the opinion"),
    "none": ("无", "none"),
    "part_time": ("三、合法性审查时间", "3. Time for the legality review"),
    "no_time": ("适用的法律未规定合法性审查的时间", "The law applied sets no time for the review"),
    "least": ("{source}:不少于{}个工作日", "{source}: not less than {} working days"),
    "least_in_general": (
        "{source}:一般不少于{}个工作日",
        "{source}: in general not less than {} working days",
    ),
    "not_sent": ("案卷未载明完整材料的送审日期", "the record does not say when complete material was sent"),
    "sent_met": (
        "{sent}送审(材料完整),{meeting}上会,其间{days}个工作日",
        "sent {sent} (complete), meeting {meeting}: {days} working days between",
    ),
    "sent_waits": (
        "{sent}送审(材料完整),上会日期未载明;至检查日其间{days}个工作日",
        "sent {sent} (complete), no meeting recorded: {days} working days up to the day of checking",
    ),
    "edge": ("(会议当日计入则为{})", " ({} with the day of the meeting)"),
    "earliest": (";留足时间的最早上会日为{}", "; the earliest meeting that leaves them: {}"),
    "rest_day": ("(非工作日)", " (no working day)"),
    "part_findings": ("四、案卷中的问题", "4. Findings in the record"),
    "part_findings_assumed": (
        "四、如于{day}提交,将有的问题",
        "4. Findings there would be if it were submitted on {day}",
    ),
    "counted": (
        "不合规{violated}项、存疑{in_doubt}项、需人工判断{needs_judgement}项、待补{to_supply}项、尚无记录{nothing_recorded}项",
        "violated {violated}, in doubt {in_doubt}, needs judgement {needs_judgement}, to supply {to_supply}, nothing recorded {nothing_recorded}",
    ),
    "numbered": (",编号见程序核查意见书", "; numbers as in the opinion"),
    "more": ("……另有{}项,见程序核查意见书", "… {} more: see the opinion"),
    "more_assumed": ("……另有{}项,本单未列", "… {} more, not listed here"),
    "accepted": (";其中{}项已列入存量清单", "; {} of them accepted in the baseline"),
    "advice": ("提示", "Advice"),
    "advised": ("提示{}项(不是不合规),其一:{}", "{} to put right (no breach), one of them: {}"),
    "sign_unit": ("承办单位负责人(签名):", "Head of the undertaking unit:"),
    "sign_review": ("合法性审查部门负责人(签名):", "Head of the reviewing department:"),
    "sign_office": ("政府办公室核稿(签名):", "Office of the body:"),
    "sign_chief": ("审批意见(签名):", "Approval:"),
    "date": ("日期:\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日", "Date:"),
    "note": (
        "本单只对照案卷所载事实与条文,不作决策效力的结论;是否提交由有权的人决定。",
        "This sheet compares recorded facts with the texts and concludes nothing on effect; who is competent decides on submission.",
    ),
}


def say(key: str, lang: str) -> str:
    """Return a sentence of the review sheet. Raises KeyError for a key that the table does not hold."""
    return _WORDS[key][0 if lang == "zh" else 1]
