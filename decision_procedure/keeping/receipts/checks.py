"""What was verified of a dossier or a bag, what was not, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

What = Literal[
    "record",
    "report",
    "law",
    "manifests",
    "contents",
    "documents",
    "unhashed",
    "pages",
    "signature",
    "ledger",
]
State = Literal["verified", "failed", "unchecked", "absent"]

STATES: dict[State, tuple[str, str]] = {
    "verified": ("已核对,相符", "verified"),
    "failed": ("已核对,不符或者没有", "does not fit, or is not there"),
    "unchecked": ("未核对", "not verified"),
    "absent": ("没有", "not there"),
}
WHATS: dict[What, tuple[str, str]] = {
    "record": ("案卷", "the record"),
    "report": ("报告", "the report"),
    "law": ("法律规则", "the law"),
    "manifests": ("归档包清单", "the manifests of the bag"),
    "contents": ("归档包全部文件", "every file of the bag"),
    "documents": ("案卷载明 sha256 的材料", "the documents whose sha256 the record states"),
    "unhashed": ("案卷未载明 sha256 的材料", "the documents whose sha256 the record does not state"),
    "pages": ("报告的其他形式", "the other forms of the report"),
    "signature": ("签名", "the signature"),
    "ledger": ("是否已登记在账本", "whether a ledger holds the receipt"),
}
_WHY: dict[What, tuple[str, str]] = {
    "record": ("缺少随机数", "the nonce is not there"),
    "report": ("缺少随机数", "the nonce is not there"),
    "law": ("缺少随机数", "the nonce is not there"),
    "contents": ("只有读取归档包才能核对", "only reading the bag can"),
    "unhashed": ("第 1 版回执不包括", "receipts of form 1 do not bind them"),
    "pages": ("第 1 版回执不包括", "receipts of form 1 do not bind them"),
    "signature": ("没有给出公钥", "no key was given"),
    "ledger": ("请与账本对照", "hold it against the ledger"),
}


class Check(NamedTuple):
    """One part of a dossier or bag and whether it was held against what binds it.

    `verified`: it fits; `failed`: it does not; `unchecked`: nobody could, or was asked to; `absent`: it is not there.
    """

    what: What
    state: State

    def text(self, lang: str = "zh") -> str:
        """Return what was checked, and why it was not, in words."""
        one = 0 if lang == "zh" else 1
        why = _WHY[self.what][one] if self.state == "unchecked" else ""
        return WHATS[self.what][one] + (f"({why})" if why and lang == "zh" else f" ({why})" if why else "")


def check_lines(checks: Iterable[Check], lang: str = "zh") -> Iterator[str]:
    """Yield one line for each state: what was verified first."""
    found = list(checks)
    for state, words in STATES.items():
        parts = [check.text(lang) for check in found if check.state == state]
        if parts:
            yield f"{words[0 if lang == 'zh' else 1]}: {('、' if lang == 'zh' else ', ').join(parts)}"
