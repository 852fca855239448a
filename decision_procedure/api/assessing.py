"""Bodies assessed by indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from decision_procedure.api.given import law_at_hand
from decision_procedure.model.dates import day_of

if TYPE_CHECKING:
    from decision_procedure.assessing.bodies import BodyScore
    from decision_procedure.assessing.indicators import Indicators
    from decision_procedure.assessing.standings import Overview
    from decision_procedure.law.applicable import Law


def load_indicators(path: str | Path | None = None, *, law: Law | None = None) -> Indicators:
    """Return the set of indicators (考评指标) of a YAML or JSON file; None: the example set that ships, which is ours.

    `law` None: the law that travels with the library, whose steps and duties the set may name. Raises UnusableInput with
    every fault, each with file, line and key.
    """
    from decision_procedure.assessing import indicators

    return indicators.load_indicators(None if path is None else Path(path), law or law_at_hand())


def assess(
    *folders: str | Path,
    as_of: date | str,
    year: int | None = None,
    indicators: Indicators | None = None,
    assume_complete: bool = False,
    law: Law | None = None,
) -> Iterator[BodyScore]:
    """Yield what each body of a county's folders comes to by a set of indicators, one by one in bounded memory.

    A folder holds a folder for each body, or is that of one. `year` is told with what stands behind its numbers (None:
    that of `as_of`); other years come as numbers. Points are ranges: the worst and the best case of what is open.
    `indicators` None: the example set that ships. Raises UnusableInput with the faults of all files once all are read,
    for points that leave out what cannot be read would be wrong, and UnusableArgument for a folder that holds nothing.
    """
    from decision_procedure.assessing.bodies import AssessmentManner, body_scores

    day, law = day_of(as_of, "as_of"), law or law_at_hand()
    manner = AssessmentManner(
        indicators or load_indicators(law=law), law, day, year or day.year, assume_complete=assume_complete
    )
    return body_scores(map(Path, folders), manner)


def overview(bodies: Iterable[BodyScore], *, year: int, indicators: Indicators | None = None) -> Overview:
    """Return bodies side by side in a year: totals, places where the sample allows them, and how they moved.

    Bodies are taken one by one; what stands behind their numbers is let go. `indicators` None: the set that ships.
    """
    from decision_procedure.assessing.standings import Overview

    return Overview(indicators or load_indicators(), year, bodies)
