"""Hooks of the site of documents: the pages of the law are made from the rules, never written by hand."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from decision_procedure.law.applicable import standard_law
from decision_procedure.render.rules import LawPage, law_pages

_SECTIONS = {"zh": "法律规则", "en": "The rules in English"}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put every written page, and the pages of the law in both languages, into the navigation."""
    written = sorted(page.name for page in Path(config.docs_dir).glob("*.md") if page.name != "index.md")
    config.nav = [{"首页 Home": "index.md"}, {"文档 Documents": written}]
    for lang, section in _SECTIONS.items():
        pages = [page for page in _pages() if page.path.startswith(f"rules/{lang}/")]
        config.nav.append({section: [{page.title: page.path} for page in pages]})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the law."""
    for page in _pages():
        files.append(File.generated(config, page.path, content=page.markdown))
    return files


@lru_cache(maxsize=1)
def _pages() -> tuple[LawPage, ...]:
    return law_pages(standard_law())
