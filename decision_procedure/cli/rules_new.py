"""`rules new`: a folder to write the rules of a place in, of which every file passes as it stands."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from string import Template
from typing import Annotated

import typer

from decision_procedure import rules
from decision_procedure.cli.options import LANG, LangOption
from decision_procedure.cli.sink import whole_folder
from decision_procedure.errors import UnusableArgument
from decision_procedure.law.applicable import standard_law
from decision_procedure.law.crosslint import broken_links
from decision_procedure.law.loading import load_together
from decision_procedure.model.divisions import level_of, short_code
from decision_procedure.model.vocabulary import label
from decision_procedure.render.text import plain
from decision_procedure.wording import say

RECORD = "案卷.yaml"


def rules_new(
    folder: Annotated[Path, typer.Argument(help="新文件夹 the new folder")],
    name: Annotated[
        str,
        typer.Option(
            "--id", help="文件编号，小写字母、数字、连字符 an identifier of your own, such as slx-zq"
        ),
    ],
    title: Annotated[str, typer.Option("--title", help="文件标题 the title, as the document has it")],
    place: Annotated[str, typer.Option("--place", help="行政区划代码 GB/T 2260 code: 44, 4412, 441223")],
    issuer: Annotated[
        str, typer.Option("--issuer", help="制定机关，即人民政府 the government that issued it")
    ],
    title_en: Annotated[str, typer.Option("--title-en", help="英文标题 the title in English")] = "",
    issuer_en: Annotated[str, typer.Option("--issuer-en", help="制定机关英文名 the issuer in English")] = "",
    number: Annotated[str, typer.Option("--number", help="文号 the number of the document")] = "待填",
    lang: LangOption = LANG,
) -> None:
    """建立编写地方规则的文件夹 Make a folder to write the rules of a place in."""
    code = short_code(place)
    level = level_of(code) if re.fullmatch(r"\d{2}(\d{2}){0,2}", code) else None
    if level is None:
        raise UnusableArgument(
            f"区划代码有误 no code of a province, city or county: --place {plain(place[:20])}"
        )
    said = {"id": name, "title": title, "title_en": title_en or title, "number": number}
    said |= {"issuer": issuer, "issuer_en": issuer_en or issuer}
    given = {key: json.dumps(text, ensure_ascii=False) for key, text in said.items()}
    given |= {"place": code, "level": level, "level_zh": label("level", level)}
    texts = {
        Path("rules", f"{name}.yaml"): Template(rules.text("_new/pack.yaml")).substitute(given),
        Path(RECORD): Template(rules.text("_new/record.yaml")).substitute(given),
    }
    _refuse_faults(texts[Path("rules", f"{name}.yaml")])
    _write(folder, texts)
    typer.echo(say("ruletest.made", lang, folder=plain(str(folder)), name=name, record=RECORD))


def _refuse_faults(text: str) -> None:
    """Raise UnusableArgument with all that keeps a pack from being applied beside those that ship."""
    shipped = standard_law().packs
    packs, faults = load_together([("", text)], shipped)
    if faults := [*faults, *(fault for fault in broken_links((*shipped, *packs)) if fault.file == "")]:
        told = "; ".join(f"{fault.key}: {fault.zh} {fault.en}" for fault in faults)
        raise UnusableArgument(plain(f"不能这样写 cannot be written: {told}"))


def _write(folder: Path, texts: dict[Path, str]) -> None:
    """Write the files of a folder that appears whole or not at all. Raises UnusableArgument where there is one."""
    if os.path.lexists(folder):
        raise UnusableArgument(f"已存在，不覆盖 it exists and is kept: {plain(str(folder))}")
    if not folder.parent.is_dir():
        raise UnusableArgument(f"没有上级文件夹 no such folder: {plain(str(folder.parent))}")
    with whole_folder(folder) as made:
        for path, text in texts.items():
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_text(text, encoding="utf-8")
