"""The words of the trail in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from decision_procedure.law.articles import article_text

NODE_KINDS: Mapping[str, tuple[str, str]] = {
    "outcome": ("决策与后果认定", "decision and outcome"),
    "instrument": ("法律文件", "instrument"),
    "article": ("条文", "article"),
    "duty": ("义务", "duty"),
    "finding": ("问题", "finding"),
    "gate": ("关口", "gate"),
    "act": ("行为", "act"),
    "absence": ("未见的行为", "absence"),
    "document": ("证据文件", "document"),
    "unit": ("单位", "unit"),
    "person": ("任职人员", "post-holder"),
    "gap": ("未载明", "not known"),
    "provision": ("责任条款", "liability provision"),
}

EDGE_KINDS: Mapping[str, tuple[str, str]] = {
    "contains": ("包含", "contains"),
    "sets": ("设定", "sets"),
    "tested": ("检验得出", "tested as"),
    "shows": ("存在", "shows"),
    "traced": ("倒查至", "traced back to"),
    "recorded_outcome": ("后果认定", "outcome recorded"),
    "decided_by": ("据以作出", "taken by"),
    "deliberated_at": ("讨论于", "deliberated at"),
    "tested_on": ("针对", "tested on"),
    "considered": ("查看了", "considered"),
    "absent": ("未见", "absent"),
    "triggered_by": ("适用条件见于", "trigger shown by"),
    "evidenced_by": ("证据", "evidenced by"),
    "done_by": ("实施单位", "done by"),
    "borne_by": ("义务由其承担", "borne by"),
    "can_settle": ("可由其说明", "can be settled by"),
    "settled_by": ("尚需", "settled by"),
    "closes": ("关闭", "closes"),
    "leaves_unknown": ("状态未知", "leaves unknown"),
    "behind": ("关口未满足时实施", "done behind the closed gate"),
    "rests": ("以其为基础", "rests on it"),
    "held_post": ("当日任职", "held the post"),
    "not_identified": ("任职者未载明", "holder not identified"),
    "engaged": ("受托", "engaged"),
    "consequence": ("责任条款", "liability provision"),
    "answers": ("条款所及单位", "unit that the provision reaches"),
    "under": ("条款所列职务", "post that the provision names"),
    "mitigated": ("不同意见的条款", "provision on dissent"),
}

CAPACITY_EXPERT = ("受托的专家、专业机构", "engaged expert or professional body")

SAY: Mapping[str, tuple[str, str]] = {
    "gate": ("关口:{step}", "gate: {step}"),
    "absence": ("没有记载:{kind}", "Not recorded: {kind}"),
    "implied": ("{kind}(由 {source} 推知)", "{kind} (implied by {source})"),
    "recorded_outcome": ("{authority}认定:{kind}", "found by {authority}: {kind}"),
    "provision": ("《{law}》{article}", "{law}, {article}"),
    "no_unit": (
        "承担该义务的单位未载明或者不能确定",
        "the unit that bore the duty is not recorded or cannot be told",
    ),
    "no_expert": ("所涉专家、机构未载明", "the expert or agency concerned is not recorded"),
    "no_holder": ("{capacity}:{day}的任职者未载明", "{capacity}: the holder {day} is not recorded"),
    "on": ("{day}", "on {day}"),
    "by": ("不晚于{day}(日期不详)", "by {day} (date not known)"),
    "missing": ("缺少:{missing}", "Missing: {missing}"),
    "disputed": ("文件记载不一致:{what}", "The documents disagree: {what}"),
    "judge": ("需判断:{what}", "To judge: {what}"),
    "reasons": ("原因:{what}", "Because: {what}"),
    "documents": ("可由下列文件证明:{kinds}", "Documents that would show it: {kinds}"),
    "post": ("{name},{post}", "{name}, {post}"),
    "assumed": ("以“案卷即全部事实”为前提", "on the statement that the record is the whole file"),
    "complete": (
        "案卷载明截至{day}此类行为已全部列入",
        "the record states that it holds all such acts up to {day}",
    ),
    "denied": ("案卷载明没有进行", "the record states that it was not done"),
    "place_of_act": ("{kind}({act})的{field}", "{field} of {kind} ({act})"),
    "more_acts": ("是否有:{kind}", "whether there was: {kind}"),
}


def both(entry: str, /, **values: tuple[str, str]) -> tuple[str, str]:
    """Return a sentence of the table in Chinese and English; each value comes in both languages."""
    zh, en = SAY[entry]
    return (
        zh.format(**{name: value[0] for name, value in values.items()}),
        en.format(**{name: value[1] for name, value in values.items()}),
    )


def article(chinese: str) -> tuple[str, str]:
    """Return a citation such as 第三十条第二款 in both languages."""
    return chinese, article_text(chinese, "en")
