"""Texts that an earlier version may have written: only what is read of them must fit, the rest is taken as it is."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from decision_procedure.errors import UnusableInput
from decision_procedure.model.messages import keys_at, message
from decision_procedure.sources import read_json


def kept_data(text: str, name: str, form: type[BaseModel], is_no: tuple[str, str]) -> dict[str, Any]:
    """Return the data of a JSON text that was kept, once it fits what is read of it.

    `is_no` says in Chinese and English what a text is not that does not fit. Raises UnusableInput with every fault.
    """
    source = read_json(text, name)
    try:
        form.model_validate(source.data)
    except ValidationError as error:
        told = ((item["loc"], *message(item, keys_at(form, item["loc"][:-1]))) for item in error.errors())
        raise UnusableInput(
            source.fault(place, f"{is_no[0]}：{zh}", f"{is_no[1]}: {en}") for place, zh, en in told
        ) from None
    data: dict[str, Any] = source.data
    return data
