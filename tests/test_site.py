"""The site of documents builds without a warning, with a page for everything, and asks nothing of other hosts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytest.importorskip("mkdocs", reason="the extra docs is not installed")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)
    assert result.returncode == 0, result.stderr
    return folder


def test_every_document_has_a_page_that_the_front_page_leads_to(site: Path) -> None:
    front = (site / "index.html").read_text(encoding="utf-8")

    missing = [page.stem for page in (ROOT / "docs").glob("*.md") if f'href="{page.stem}.html"' not in front]

    assert missing in ([], ["index"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_duty_of_the_regulation_can_be_linked_to(site: Path, lang: str) -> None:
    page = (site / "rules" / lang / "cn-713.html").read_text(encoding="utf-8")

    assert 'id="cn-713.15.1c"' in page
    assert f'href="rules/{lang}/cn-713.html"' in (site / "index.html").read_text(encoding="utf-8")


def test_the_site_fetches_nothing_from_another_host(site: Path) -> None:
    fetched = re.compile(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?//')
    imported = re.compile(r"url\(['\"]?(?:https?:)?//|@import")

    pages = [page for page in site.rglob("*.html") if fetched.search(page.read_text(encoding="utf-8"))]
    styles = [style for style in site.rglob("*.css") if imported.search(style.read_text(encoding="utf-8"))]

    assert pages == []
    assert styles == []
