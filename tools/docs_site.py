"""Hooks of the site of documents: the pages of the law are made from the rules, never written by hand."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from decision_procedure.law.applicable import standard_law
from decision_procedure.render.rules import LawPage, law_pages

_SECTIONS = {"zh": "法律规则", "en": "The rules in English"}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put every written page, as the first page lists them, and the pages of the law in both languages into the navigation."""
    config.nav = [{"首页 Home": "index.md"}, *listed(Path(config.docs_dir) / "index.md")]
    for lang, section in _SECTIONS.items():
        pages = [page for page in _pages() if page.path.startswith(f"rules/{lang}/")]
        config.nav.append({section: [{page.title: page.path} for page in pages]})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the law."""
    for page in _pages():
        files.append(File.generated(config, page.path, content=page.markdown))
    return files


def listed(index: Path) -> list[dict[str, list[str]]]:
    """Return the pages that the first page of the site lists, under its headings."""
    _, *parts = re.split(r"^## (.+)$", index.read_text(encoding="utf-8"), flags=re.MULTILINE)
    heads, texts = parts[::2], parts[1::2]
    return [{head: re.findall(r"\]\(([\w/-]+\.md)\)", text)} for head, text in zip(heads, texts, strict=True)]


@lru_cache(maxsize=1)
def _pages() -> tuple[LawPage, ...]:
    return law_pages(standard_law())
