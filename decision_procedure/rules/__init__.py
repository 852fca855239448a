"""Law as data, by place, and the production rules; the only code here finds them."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

REGISTER = "register.yaml"


@lru_cache(maxsize=1)
def instrument_names() -> tuple[str, ...]:
    """Return the instrument files as `place/name.yaml`, sorted."""
    places = [
        entry for entry in files(__package__).iterdir() if entry.is_dir() and not entry.name.startswith("_")
    ]
    return tuple(
        sorted(
            f"{place.name}/{entry.name}"
            for place in places
            for entry in place.iterdir()
            if entry.name.endswith(".yaml")
        )
    )


def text(name: str) -> str:
    """Return the text of a file of this folder, such as `cn/cn-713.yaml`."""
    return files(__package__).joinpath(*name.split("/")).read_text(encoding="utf-8")
