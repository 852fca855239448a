"""Every head and word of the workbook, in Chinese and English."""

from __future__ import annotations

_WORDS: dict[str, tuple[str, str]] = {
    "findings": ("问题清单", "Findings"),
    "materials": ("材料清单", "Documents"),
    "advice": ("提示", "Advice"),
    "advised": ("提示", "Advice"),
    "advice_text": ("内容", "What it says"),
    "statistics": ("年度统计", "By year"),
    "severity": ("结论", "Severity"),
    "duty": ("义务编号", "Duty"),
    "requirement": ("要求", "Requirement"),
    "article": ("条文", "Article"),
    "act": ("行为", "Act"),
    "date": ("日期", "Date"),
    "unit": ("单位", "Unit"),
    "person": ("当时任职人员(不表示有责)", "Held the post (fault is for the authority)"),
    "fact": ("事实", "Fact"),
    "evidence": ("证据", "Evidence"),
    "cure": ("处理建议", "What to do"),
    "fingerprint": ("编号", "Fingerprint"),
    "counts": ("计入", "Counts"),
    "waiver": ("豁免或者存量", "Waiver or baseline"),
    "judged": ("人工判断", "Judged"),
    "record": ("案卷", "Record"),
    "title": ("决策事项", "Matter"),
    "file": ("文件", "File"),
    "line": ("行", "Line"),
    "doubt": ("存疑", "In doubt"),
    "step": ("环节", "Step"),
    "kind": ("材料种类", "Kind of document"),
    "asked_by": ("依据", "Asked for by"),
    "present": ("案卷中的材料", "In the record"),
    "state": ("情况", "State"),
    "there": ("有", "there"),
    "other": ("未见,另有可证明的材料", "not seen, another document shows it"),
    "unseen": ("未见", "not seen"),
    "not_due": ("未到期", "not due"),
    "year": ("年度", "Year"),
    "records": ("案卷数", "Records"),
    "scope": ("适用范围", "scope"),
    "total": ("合计", "Total"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "accepted": ("已列入存量清单", "accepted in the baseline"),
    "waived": ("已豁免", "waived"),
    "unstated": ("案卷未载明", "not stated"),
    "decision": ("整个决策", "the decision as a whole"),
}


def say(key: str, lang: str) -> str:
    """Return a word of the workbook. Raises KeyError for a key that the table does not hold."""
    return _WORDS[key][0 if lang == "zh" else 1]
