"""A small file as a checked model: every fault at once, each with its line, keys in either language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from decision_procedure.errors import UnusableInput
from decision_procedure.model.translating import Translation
from decision_procedure.sources import read_source

Model = TypeVar("Model", bound=BaseModel)


def read_validated(
    path: FilePath, model: type[Model], english: Mapping[str, str]
) -> tuple[Model, Translation]:
    """Return a YAML or JSON file (by its suffix) as a model, and its translation for further faults.

    `english` maps Chinese keys to the model's. Raises UnusableInput with every fault.
    """
    source = read_source(path)
    translation = Translation(source, model, english)
    try:
        found = model.model_validate(translation.data)
    except ValidationError as error:
        raise UnusableInput([*translation.faults, *translation.refused(error)]) from None
    if translation.faults:
        raise UnusableInput(translation.faults)
    return found, translation
