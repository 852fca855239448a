"""Office files as PDF, by LibreOffice where it is installed."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from decision_procedure.errors import UnusableArgument
from decision_procedure.wording import both

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 180
_SERIF, _SANS = "Noto Serif CJK SC,Source Han Serif SC", "Noto Sans CJK SC,Source Han Sans SC"
_INSTEAD = {
    "方正小标宋简体": f"FZXiaoBiaoSong-B05S,华文中宋,宋体,SimSun,{_SERIF}",
    "黑体": f"SimHei,华文黑体,{_SANS}",
    "楷体_GB2312": f"楷体,KaiTi,AR PL UKai CN,{_SERIF}",
    "仿宋_GB2312": f"仿宋,FangSong,{_SERIF}",
    "宋体": f"SimSun,新宋体,{_SERIF}",
}
"""What stands in for a font of the standard that the machine lacks: LibreOffice looks for none of these by itself."""


def pdf(data: bytes) -> bytes:
    """Return a Word or Excel file as PDF. Raises UnusableArgument as `pdfs`."""
    return pdfs([data])[0]


def pdfs(files: Sequence[bytes]) -> list[bytes]:
    """Return Word or Excel files as PDF, in one run.

    LibreOffice runs with a profile of its own in a folder that is removed, so that it neither meets an open one nor
    leaves anything. Raises UnusableArgument where it is not installed, fails, or does not end, and for other files.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnusableArgument(" ".join(both("paper.no_libreoffice")))
    with tempfile.TemporaryDirectory(prefix="decision-procedure-", ignore_cleanup_errors=True) as folder:
        sources = [Path(folder) / f"{number}{_suffix(data)}" for number, data in enumerate(files)]
        for source, data in zip(sources, files, strict=True):
            source.write_bytes(data)
        _convert(program, Path(folder), sources)
        made = [source.with_suffix(".pdf") for source in sources]
        if not all(path.is_file() for path in made):
            raise UnusableArgument(_failed())
        return [path.read_bytes() for path in made]


def _failed() -> str:
    return " ".join(both("paper.no_pdf"))


def _suffix(data: bytes) -> str:
    """Return the suffix of an Office file by what its archive holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        names = []
    if "word/document.xml" in names:
        return ".docx"
    if "xl/workbook.xml" in names:
        return ".xlsx"
    raise UnusableArgument(" ".join(both("paper.no_office_file")))


def _convert(program: str, folder: Path, sources: Sequence[Path]) -> None:
    fonts = folder / "fonts.conf"
    fonts.write_text(_font_rules(), encoding="utf-8")
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
        "--convert-to", "pdf", "--outdir", str(folder), *map(str, sources),
    ]  # fmt: skip
    silent, place = subprocess.DEVNULL, {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    try:
        run = subprocess.Popen(  # noqa: S603
            command, stdin=silent, stdout=silent, stderr=silent, env=place, start_new_session=True
        )
    except OSError as error:
        raise UnusableArgument(f"{_failed()}: {type(error).__name__}") from None
    try:
        run.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        _end(run)
        raise UnusableArgument(f"{_failed()}: {_SECONDS} s") from None


def _font_rules() -> str:
    """Return the rules of fontconfig, which other systems do not read, on top of those of the machine."""
    own = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    rules = "".join(
        f'<match><test name="family" compare="eq"><string>{font}</string></test>'
        f'<edit name="family" mode="append" binding="strong">{_strings(others)}</edit></match>'
        for font, others in _INSTEAD.items()
    )
    return (
        f'<?xml version="1.0"?><fontconfig><include ignore_missing="yes">{own}</include>{rules}</fontconfig>'
    )


def _strings(names: str) -> str:
    return "".join(f"<string>{name}</string>" for name in names.split(","))


def _end(run: subprocess.Popen[bytes]) -> None:
    """End LibreOffice together with what it started: its command is a script that starts the program."""
    if hasattr(os, "killpg"):
        os.killpg(run.pid, signal.SIGKILL)
    else:
        run.kill()
    run.wait()
