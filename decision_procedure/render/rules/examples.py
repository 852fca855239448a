"""The examples that a duty carries, as a reader of its page sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from decision_procedure.law.loading import Pack, Rule
from decision_procedure.model.vocabulary import label
from decision_procedure.render.rules.sheet import Item, LawWords
from decision_procedure.ruletests import gaps
from decision_procedure.ruletests.running import expected
from decision_procedure.ruletests.snippets import AS_OF, Claims, laid_over


def example_items(pack: Pack, rule: Rule, section: str, words: LawWords) -> Iterator[Item]:
    """Yield the first example of a list, laid over what its duty's examples share, or why there is none."""
    written = getattr(rule.duty.examples, section)
    if written:
        yield from _example(pack, rule, section, laid_over(rule.duty.examples.given, written[0]), words)
        return
    why = next((gap.why for gap in gaps(pack) if (gap.duty, gap.section) == (rule.id, section)), None)
    yield Item(
        words.say("no_example") if why is None else words.say("no_example_because", why=words.said(why))
    )


def _example(
    pack: Pack, rule: Rule, section: str, written: dict[str, Any], words: LawWords
) -> Iterator[Item]:
    claims = Claims.model_validate(
        {key: value for key, value in written.items() if key in Claims.model_fields}
    )
    if claims.case is not None:
        yield Item(words.said(claims.case))
    outcome = label("outcome", expected(pack, rule, section, claims), words.lang)
    caps = words.listed(label("cap", cap, words.lang) for cap in claims.caps or ())
    yield Item(
        words.say("outcome_because", outcome=outcome, caps=caps)
        if caps
        else words.say("outcome", outcome=outcome)
    )
    if claims.as_of != AS_OF:
        yield Item(words.say("as_of", day=claims.as_of))
    record = {key: value for key, value in written.items() if key not in Claims.model_fields}
    yield Item(yaml.safe_dump(record, allow_unicode=True, sort_keys=False).rstrip(), code=True)
