"""Places by their GB/T 2260 codes: provinces, and those below them whose own law travels with the library."""

from __future__ import annotations

import unicodedata

from decision_procedure.model.vocabulary import Level, labels
from decision_procedure.wording import LANGUAGES, Words, is_chinese, section


def place_name(code: str, lang: str) -> str:
    """Return the name of a place, from the province down; the code follows where the place itself is not known."""
    code, known = short_code(code), section("place", lang)
    if not code:
        return known["cn"]
    names = list(dict.fromkeys(known[part] for part in (code[:2], code[:4], code[:6]) if part in known))
    joined = "".join(names) if is_chinese(lang) else ", ".join(reversed(names))
    return joined if code in known else f"{joined}{Words(lang).aside(code)}" if joined else code


def level_of(code: str) -> Level | None:
    """Return the level of the government of a place; None for the whole country."""
    code = short_code(code)
    if len(code) > 6:
        return "subdistrict" if code[6] == "0" else "township"
    levels: dict[int, Level] = {2: "province", 4: "city", 6: "county"}
    return levels.get(len(code))


def short_code(code: str) -> str:
    """Return a code without the zeros that stand for a higher level: `440000` is `44`, `441223000000` is `441223`."""
    code = narrow(code)
    while len(code) > 6 and code.endswith("000"):
        code = code[:-3]
    while 2 < len(code) <= 6 and code.endswith("00"):
        code = code[:-2]
    return code


def narrow(code: str) -> str:
    """Return a code in the digits that codes are compared by, whatever digits it was typed with (`４４` is `44`)."""
    return unicodedata.normalize("NFKC", code).strip()


def unknown_part(code: str) -> str | None:
    """Return the first part of a code that is of no place, `4499` of `449901`; None where each is of one.

    Below a place none of whose parts is named here every code counts as known.
    """
    code, known = short_code(code), section("place", LANGUAGES[0])
    parents = {name[:-2] for name in known}
    for length in (2, 4, 6):
        part = code[:length]
        if len(part) == length and part not in known and part[:-2] in parents:
            return part
    return None


def oddity(code: str, level: str | None, *, known: bool) -> tuple[str, str] | None:
    """Return why a code may miss the law of a place, in Chinese and English; None where nothing is odd.

    `known` says whether there is such a place, `level` is that of the government whose code it should be; None:
    not known, or no government.
    """
    if not known:
        return (
            f"没有行政区划代码 {code} 的地方：该地自己的规定因而不适用，请核对代码",
            f"no place has the division code {code}, so that no law of its own is applied: check the code",
        )
    found = level_of(code)
    if level is None or found is None or _DEPTH[found] == _DEPTH.get(level, _DEPTH[found]):
        return None
    zh, en = labels("level", found)
    given_zh, given_en = labels("level", level)
    return (
        f"行政区划代码 {code} 属{zh}，决策机关属{given_zh}：适用该代码所在地的规定，请核对代码",
        f"the code {code} is {en}, the body {given_en}: the law of the code's place is applied",
    )


_DEPTH = {"national": 0, "province": 1, "city": 2, "county": 3, "township": 4, "subdistrict": 4}
