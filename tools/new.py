"""`python -m tools.new act-kind|format|diagram NAME`: the files and lines that docs/how-to describes, to fill in."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from string import Template

ROOT = Path(__file__).parent.parent
TEMPLATES = Path(__file__).parent / "templates"
PACKAGE = "decision_procedure"
ACTS = f"{PACKAGE}/model/acts"
Change = tuple[str, str]
"""A file, as its path in the repository, and the text it shall have."""


class Refused(Exception):
    """What cannot be made, and why; nothing is written then."""


def act_kind(given: Mapping[str, str]) -> Iterator[Change]:
    """Yield a class at the end of a module of acts, and its test."""
    module = f"{ACTS}/{given['module']}.py"
    if f'"{given["name"]}"' in _text(module):
        raise Refused(f"{module} 已有 has already: {given['name']}")
    yield module, _text(module) + _filled("act_kind", given)
    yield _new(f"tests/records/test_{given['name']}.py", "act_kind_test", given)


def output_format(given: Mapping[str, str]) -> Iterator[Change]:
    """Yield a writer, its line in the table of formats, and its test."""
    name, table = given["name"], f"{PACKAGE}/exchange/writers.py"
    yield _new(f"{PACKAGE}/exchange/{name}.py", "format", given)
    text = _with_import(_text(table), f"from {PACKAGE}.exchange.{name} import write_{name}\n")
    yield table, _before(text, "    }\n)", f'        "{name.replace("_", "-")}": write_{name},\n')
    yield _new(f"tests/exchange/test_{name}.py", "format_test", given)


def diagram(given: Mapping[str, str]) -> Iterator[Change]:
    """Yield what draws a kind, its lines in the table of kinds, its title and its test."""
    name, table, words = given["name"], f"{PACKAGE}/diagrams/building.py", f"{PACKAGE}/wording/words.yaml"
    yield _new(f"{PACKAGE}/diagrams/{name}.py", "diagram", given)
    text = _before(_text(table), "def _report(", _BUILDER.substitute(given))
    yield table, _before(text, "    }\n)", f'        "{name}": Kind(_{name}, "portrait"),\n')
    entry = f'  {name}: {{zh: "{given["zh"]}", en: "{given["en"]}"}}\n'
    yield words, _text(words).replace("\ndiagram:\n", f"\ndiagram:\n{entry}", 1)
    yield _new(f"tests/diagrams/test_{name}.py", "diagram_test", given)


MAKERS: Mapping[str, Callable[[Mapping[str, str]], Iterator[Change]]] = {
    "act-kind": act_kind,
    "format": output_format,
    "diagram": diagram,
}

_BUILDER = Template("""def _$name(source: Any, law: Law | None, lang: str, page: str) -> Picture:
    from decision_procedure.diagrams.$name import ${name}_scenes

    return Picture(${name}_scenes(_report(source, "$name"), lang=lang, page=page))


""")


def _text(path: str) -> str:
    try:
        return (ROOT / path).read_text("utf-8")
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from error


def _filled(template: str, given: Mapping[str, str]) -> str:
    return Template((TEMPLATES / f"{template}.txt").read_text("utf-8")).substitute(given)


def _new(path: str, template: str, given: Mapping[str, str]) -> Change:
    if (ROOT / path).exists():
        raise Refused(f"已存在,不覆盖 it exists and is kept: {path}")
    return path, _filled(template, given)


def _before(text: str, anchor: str, inserted: str) -> str:
    if text.count(anchor) != 1:
        raise Refused(f"找不到唯一的位置 not one place for it: {anchor.strip()}")
    return text.replace(anchor, inserted + anchor)


def _with_import(text: str, line: str) -> str:
    """Return a text with a line among its imports from the package, in their order."""
    lines = text.splitlines(keepends=True)
    own = [number for number, found in enumerate(lines) if found.startswith(f"from {PACKAGE}.")]
    at = next((number for number in own if lines[number] > line), own[-1] + 1)
    return "".join([*lines[:at], line, *lines[at:]])


def _given(arguments: argparse.Namespace) -> dict[str, str]:
    name: str = arguments.name
    given = {"name": name, "zh": arguments.zh, "en": arguments.en or name.replace("_", " ")}
    if not re.fullmatch("[a-z][a-z_]{1,40}", name):
        raise Refused(f"名称只用小写字母和下划线 a name takes lower-case letters and underscores: {name}")
    if wrong := [text for text in given.values() if re.search(r'["\\\n$]', text)]:
        raise Refused(f"不得有引号 no quotation marks: {wrong[0]}")
    if arguments.what != "format" and not arguments.zh:
        raise Refused("缺中文名 a Chinese name is wanted: --zh")
    return given | {"cls": name.title().replace("_", ""), "module": arguments.to}


def main() -> int:
    """Write all that is asked for, or nothing; return the exit status."""
    parser = argparse.ArgumentParser("python -m tools.new", description=__doc__)
    parser.add_argument("what", choices=MAKERS)
    parser.add_argument("name", help="名称,小写字母和下划线 a name of lower-case letters and underscores")
    parser.add_argument("--zh", default="", help="中文名 what it is called in Chinese")
    parser.add_argument("--en", default="", help="英文名,默认由名称得出 in English (default: the name)")
    modules = [file.stem for file in sorted((ROOT / ACTS).glob("[a-z]*.py")) if file.stem != "base"]
    parser.add_argument(
        "--to", default="execution", choices=modules, help="行为所在的模块 the module of the act"
    )
    arguments = parser.parse_args()
    try:
        changes = list(MAKERS[arguments.what](_given(arguments)))
    except Refused as error:
        print(error, file=sys.stderr)
        return 2
    for path, text in changes:
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
