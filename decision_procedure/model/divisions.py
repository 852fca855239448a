"""Places by their GB/T 2260 codes: provinces, and those below them whose own law travels with the library."""

from __future__ import annotations

import unicodedata

from decision_procedure.model.vocabulary import Level, labels

_NAMES: dict[str, tuple[str, str]] = {
    "11": ("北京市", "Beijing"), "12": ("天津市", "Tianjin"), "13": ("河北省", "Hebei"), "14": ("山西省", "Shanxi"),
    "15": ("内蒙古自治区", "Inner Mongolia"), "21": ("辽宁省", "Liaoning"), "22": ("吉林省", "Jilin"),
    "23": ("黑龙江省", "Heilongjiang"), "31": ("上海市", "Shanghai"), "32": ("江苏省", "Jiangsu"),
    "33": ("浙江省", "Zhejiang"), "34": ("安徽省", "Anhui"), "35": ("福建省", "Fujian"), "36": ("江西省", "Jiangxi"),
    "37": ("山东省", "Shandong"), "41": ("河南省", "Henan"), "42": ("湖北省", "Hubei"), "43": ("湖南省", "Hunan"),
    "44": ("广东省", "Guangdong"), "45": ("广西壮族自治区", "Guangxi"), "46": ("海南省", "Hainan"),
    "50": ("重庆市", "Chongqing"), "51": ("四川省", "Sichuan"), "52": ("贵州省", "Guizhou"), "53": ("云南省", "Yunnan"),
    "54": ("西藏自治区", "Tibet"), "61": ("陕西省", "Shaanxi"), "62": ("甘肃省", "Gansu"), "63": ("青海省", "Qinghai"),
    "64": ("宁夏回族自治区", "Ningxia"), "65": ("新疆维吾尔自治区", "Xinjiang"), "71": ("台湾省", "Taiwan"),
    "81": ("香港特别行政区", "Hong Kong"), "82": ("澳门特别行政区", "Macao"),
    "4401": ("广州市", "Guangzhou"), "4402": ("韶关市", "Shaoguan"), "4403": ("深圳市", "Shenzhen"),
    "4404": ("珠海市", "Zhuhai"), "4405": ("汕头市", "Shantou"), "4406": ("佛山市", "Foshan"),
    "4407": ("江门市", "Jiangmen"), "4408": ("湛江市", "Zhanjiang"), "4409": ("茂名市", "Maoming"),
    "4412": ("肇庆市", "Zhaoqing"), "4413": ("惠州市", "Huizhou"), "4414": ("梅州市", "Meizhou"),
    "4415": ("汕尾市", "Shanwei"), "4416": ("河源市", "Heyuan"), "4417": ("阳江市", "Yangjiang"),
    "4418": ("清远市", "Qingyuan"), "4419": ("东莞市", "Dongguan"), "4420": ("中山市", "Zhongshan"),
    "4451": ("潮州市", "Chaozhou"), "4452": ("揭阳市", "Jieyang"), "4453": ("云浮市", "Yunfu"),
    "441202": ("端州区", "Duanzhou"), "441203": ("鼎湖区", "Dinghu"), "441204": ("高要区", "Gaoyao"),
    "441223": ("广宁县", "Guangning"), "441224": ("怀集县", "Huaiji"), "441225": ("封开县", "Fengkai"),
    "441226": ("德庆县", "Deqing"), "441284": ("四会市", "Sihui"),
}  # fmt: skip
_COUNTRY = ("全国", "the whole country")


def place_name(code: str, lang: str) -> str:
    """Return the name of a place, from the province down; the code follows where the place itself is not known."""
    at = 0 if lang == "zh" else 1
    code = short_code(code)
    if not code:
        return _COUNTRY[at]
    names = [_NAMES[part][at] for part in (code[:2], code[:4], code[:6]) if part in _NAMES]
    names = list(dict.fromkeys(names))
    joined = "".join(names) if lang == "zh" else ", ".join(reversed(names))
    return joined if code in _NAMES else f"{joined}({code})" if joined else code


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
    code = short_code(code)
    for length in (2, 4, 6):
        part = code[:length]
        if len(part) == length and part not in _NAMES and part[:-2] in _PARENTS:
            return part
    return None


def oddity(code: str, level: str | None, *, known: bool) -> tuple[str, str] | None:
    """Return why a code may miss the law of a place, in Chinese and English; None where nothing is odd.

    `known` says whether there is such a place, `level` is that of the government whose code it should be; None:
    not known, or no government.
    """
    if not known:
        return (
            f"没有行政区划代码 {code} 的地方:该地自己的规定因而不适用,请核对代码",
            f"no place has the division code {code}, so that no law of its own is applied: check the code",
        )
    found = level_of(code)
    if level is None or found is None or _DEPTH[found] == _DEPTH.get(level, _DEPTH[found]):
        return None
    zh, en = labels("level", found)
    given_zh, given_en = labels("level", level)
    return (
        f"行政区划代码 {code} 属{zh},决策机关属{given_zh}:适用该代码所在地的规定,请核对代码",
        f"the code {code} is {en}, the body {given_en}: the law of the code's place is applied",
    )


_PARENTS = frozenset(code[:-2] for code in _NAMES)
_DEPTH = {"national": 0, "province": 1, "city": 2, "county": 3, "township": 4, "subdistrict": 4}
