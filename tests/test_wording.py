"""The table of words: whole in both languages, each entry used, and read by nobody who does not print."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
import yaml

from decision_procedure.errors import UnusableArgument
from decision_procedure.law.pack import Allowance
from decision_procedure.wording import Words, both, say, section

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "decision_procedure"
TABLE = yaml.safe_load((PACKAGE / "wording/words.yaml").read_text("utf-8"))
ENTRIES = {f"{name}.{key}": pair for name, part in TABLE.items() for key, pair in part.items()}


def test_every_entry_says_something_in_both_languages_and_in_english_no_chinese() -> None:
    assert [key for key, pair in ENTRIES.items() if [*pair] != ["zh", "en"]] == []
    assert [key for key, pair in ENTRIES.items() if re.search("[\u3400-\u9fff]", pair["en"])] == []


def test_both_languages_of_an_entry_have_the_same_fields() -> None:
    for key, pair in ENTRIES.items():
        zh, en = (Counter(re.findall(r"{(\w+)(?:!d)?}", text)) for text in pair.values())
        assert zh.keys() == en.keys(), key


def test_no_entry_calls_a_decision_void_or_lawful() -> None:
    for word in ("无效", "合法的", "违法决策", "invalid", "lawful "):
        found = [key for key, pair in ENTRIES.items() if any(word in text for text in pair.values())]
        assert [key for key in found if not key.startswith("passage.")] == []  # names of passages of the law


def test_what_sections_share_stands_in_the_glossary_alone() -> None:
    shared = TABLE["glossary"]
    own = Counter(
        (key, *pair.values())
        for name, part in TABLE.items()
        if name != "glossary"
        for key, pair in part.items()
    )

    assert [entry for entry, times in own.items() if times > 1 and entry[0] not in shared] == []
    assert [key for key, *texts in own if texts == [*shared.get(key, {}).values()]] == []


def test_every_entry_is_used() -> None:
    exact, formed = written()
    by_themselves = (
        "number.",
        "passage.",
        "law_name.",
        "place.",
        "province_short.",  # looked up by what a text of the law or a code says
        *("flag.", "flag_not.", "done.", "not_done.", "moment."),  # and by the field or the kind of act
    )

    unused = [
        key
        for key in ENTRIES
        if not key.startswith(by_themselves)
        and not {key, key.partition(".")[2]} & exact
        and not any(form.fullmatch(text) for form in formed for text in (key, key.partition(".")[2]))
    ]

    assert unused == []


@cache
def written() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return every text in the code and the templates, and the texts with gaps of which more than two letters are given."""
    exact = {
        name
        for file in PACKAGE.rglob("*.j2")
        for name in re.findall(r"\bt\.(\w+)|\"(\w+(?:\.\w+)?)\"", file.read_text("utf-8"))
        for name in name
    }
    formed = set()
    for file in PACKAGE.rglob("*.py"):
        for text in texts(ast.parse(file.read_text("utf-8"))):
            if "\0" not in text:
                exact.add(text)
            elif re.fullmatch(r"[\w.\0]*", text) and len(re.sub(r"^\w+\.|\0", "", text)) > 2:
                formed.add(text)
    return frozenset(exact), tuple(re.compile(re.escape(text).replace("\0", ".+")) for text in sorted(formed))


def texts(tree: ast.AST) -> Iterator[str]:
    for part in ast.walk(tree):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        elif isinstance(part, ast.JoinedStr):
            yield "".join(
                item.value if isinstance(item, ast.Constant) else "\0"
                for item in part.values  # type: ignore[misc]
            )


def test_a_text_comes_with_its_fields_filled_in() -> None:
    assert say("law.to", "en", day="2024-06-01") == "until 2024-06-01"
    assert both("law.outcome", outcome=("不合规", "violated")) == ("结论：不合规", "verdict: violated")
    assert section("law", "zh")["comma"] == "、"
    assert Words("en").listed(["a", "b"]) == "a, b"
    assert Words("zh").aside("甲") + Words("zh").aside("") == "（甲）"


def test_a_key_a_field_and_a_language_that_there_is_not_are_named() -> None:
    with pytest.raises(KeyError, match=r"law\.nothing"):
        say("law.nothing", "zh")
    with pytest.raises(KeyError, match=r"law\.to: {day}"):
        say("law.to", "zh")
    with pytest.raises(KeyError, match="nowhere"):
        say("nowhere.to", "zh")
    with pytest.raises(UnusableArgument, match="fr"):
        say("law.to", "fr")


def test_checking_a_record_reads_no_word_of_the_table() -> None:
    code = (
        "import datetime, sys, decision_procedure as dp, decision_procedure.wording.words as words;"
        "report = dp.check(dp.load_decision(sys.argv[1]), as_of=datetime.date(2024, 6, 1));"
        "assert report.violations; assert words._parts.cache_info().misses == 0"
    )
    record = next((ROOT / "examples").rglob("*多处不合规*.yaml"))

    subprocess.run([sys.executable, "-c", code, str(record)], check=True, cwd=ROOT)


OUTSIDE = ("wording/", "model/vocabulary.py", "errors.py", "api/", "cli/options.py")
"""Where a language may be named and two texts may stand side by side."""

LEFT = {
    "checking/advice.py": 5,
    "checking/law_used.py": 3,
    "cli/receipt.py": 1,
    "cli/report.py": 1,
    "cli/waivers.py": 1,
    "exchange/graphml.py": 2,
    "inference/rules_file.py": 10,
    "keeping/archive.py": 3,
    "keeping/ledger/examining.py": 11,
    "keeping/ledger/store.py": 3,
    "keeping/papers.py": 5,
    "keeping/receipts/replaying.py": 1,
    "law/arguments.py": 1,
    "law/articles.py": 22,
    "law/attention.py": 4,
    "law/citations.py": 15,
    "law/comparing.py": 4,
    "law/crosslint.py": 5,
    "law/evidence.py": 4,
    "law/expression.py": 6,
    "law/functions.py": 1,
    "law/language.py": 2,
    "law/declaring.py": 13,
    "law/linting.py": 1,
    "law/lists.py": 1,
    "law/opinions.py": 1,
    "law/passing.py": 4,
    "law/precedence.py": 4,
    "masking/holders.py": 1,
    "model/consistency.py": 8,
    "model/divisions.py": 2,
    "model/messages.py": 25,
    "model/reading.py": 1,
    "results/renewing.py": 1,
    "results/waiver_files.py": 2,
    "ruletests/running.py": 3,
    "ruletests/unreadable.py": 1,
    "sources/files.py": 2,
    "sources/yaml_text.py": 1,
    "trails/chain.py": 2,
}
"""How often files still do either, most of them in what they say of faults; a count only goes down."""


def test_languages_are_named_and_texts_paired_in_the_table_alone() -> None:
    files = {str(file.relative_to(PACKAGE)): file for file in sorted(PACKAGE.rglob("*.py"))}
    found = {name: paired(file) for name, file in files.items() if not name.startswith(OUTSIDE)}

    assert {name: number for name, number in found.items() if number} == LEFT


def paired(file: Path) -> int:
    """Return how often a file names a language, or puts a Chinese and an English text side by side."""
    tree = ast.parse(file.read_text("utf-8"))
    defaults = {
        id(value)
        for part in ast.walk(tree)
        if isinstance(part, ast.FunctionDef)
        for value in (*part.args.defaults, *part.args.kw_defaults)
    } | {id(part.value) for part in ast.walk(tree) if isinstance(part, ast.AnnAssign)}
    named = sum(
        isinstance(part, ast.Constant) and part.value in ("zh", "en") and id(part) not in defaults
        for part in ast.walk(tree)
    )
    return named + sum(map(pairs, ast.walk(tree)))


def pairs(part: ast.AST) -> int:
    """Return how many pairs of texts a tuple, a mapping or a choice holds."""
    if isinstance(part, ast.Tuple):
        return sum(chinese(one) is True and chinese(other) is False for one, other in pairwise(part.elts))
    if isinstance(part, ast.Dict):
        return sum(
            key is not None and chinese(key) is True and chinese(value) is False
            for key, value in zip(part.keys, part.values, strict=True)
        )
    return isinstance(part, ast.IfExp) and chinese(part.body) is True and chinese(part.orelse) is False


def chinese(part: ast.AST) -> bool | None:
    """Say whether a text is Chinese; None for what is no text, or has no letter of either."""
    found = "".join(texts(part)) if isinstance(part, ast.Constant | ast.JoinedStr) else ""
    return True if re.search("[\u3400-\u9fff]", found) else False if re.search("[A-Za-z]{2}", found) else None


def test_days_are_written_in_chinese_in_chinese_texts_alone():
    table = yaml.safe_load((PACKAGE / "wording" / "words.yaml").read_text("utf-8"))

    assert [
        key for entries in table.values() for key, pair in entries.items() if "!d}" in str(pair["en"])
    ] == []


def test_whatever_a_text_lets_other_law_settle_has_words() -> None:
    (settled,) = [
        get_args(field.annotation) for field in Allowance.model_fields.values() if field.alias == "for"
    ]

    assert [name for name in settled if f"allows_{name}" not in section("law", "zh")] == []
