"""The templates, and the one gate through which every text of a record passes on its way into a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module, resources
from typing import TYPE_CHECKING, Any

from decision_procedure.law.numbers import numbered
from decision_procedure.model.vocabulary import label
from decision_procedure.sources.characters import one_line
from decision_procedure.sources.optional import needed
from decision_procedure.wording import say, section

if TYPE_CHECKING:
    from jinja2 import Environment

_LONGEST = 2000
_DAY = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")


def drawn(template: str, lang: str, values: Mapping[str, Any]) -> str:
    """Return a page. Raises UnusableArgument when Jinja2 (extra `html`) is absent."""
    return _environment().get_template(template).render(lang=lang, t=section("page", lang), **values)


def short(text: str, most: int = _LONGEST) -> str:
    """Return a text on one line, invisible characters spelt out, cut after `most` characters with `…`.

    A space at either end stays: it parts the text from what stands beside it.
    """
    cut = text if len(text) <= most else text[:most] + "…"
    before, after = cut[:1].isspace(), cut[1:] and cut[-1].isspace()
    return f"{' ' if before else ''}{one_line(cut)}{' ' if after else ''}"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    needed("jinja2", "html")
    jinja = import_module("jinja2")
    environment: Environment = jinja.Environment(
        loader=jinja.PackageLoader("decision_procedure.render.html"),
        autoescape=True,
        undefined=jinja.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["style"] = import_module("markupsafe").Markup(_style())
    environment.globals["label"] = label
    environment.globals["say"] = say
    environment.globals["numbered"] = numbered
    environment.filters["short"] = short
    environment.filters["days"] = _days
    return environment


def _shown(value: Any) -> Any:
    """Return what an expression of a template comes to, fit for the page: `short`, unless it is markup already."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return short(value)
    return value


def _days(text: str) -> Any:
    """Return a text as markup in which no line breaks inside a day."""
    markup = import_module("markupsafe")
    return markup.Markup(_DAY.sub(r'<span class="day">\g<0></span>', str(markup.escape(short(text)))))


def _style() -> str:
    return (
        resources.files("decision_procedure.render.html").joinpath("templates/style.css").read_text("utf-8")
    )
