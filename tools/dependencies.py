"""What the library depends on: the oldest versions that its bounds allow, and the licences of all that is installed.

`python -m tools.dependencies oldest` prints the lower bounds as constraints for pip (`.ci/oldest` tests with them);
`python -m tools.dependencies licences` compares what is installed with the table in docs/dependencies.md.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "dependencies.md"
DISTRIBUTED = (
    "archive", "sign", "prov", "render", "png", "html", "word", "excel", "catalogue", "edit", "calendar", "cluster", "docs", "sql",
    "parquet",
)  # fmt: skip
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?\s*(?:(==|>=)([0-9.]+))?(?:,<([0-9.]+))?(.*)")
_ROW = re.compile(r"^\| ([A-Za-z0-9._-]+) \| ([^|]+) \|", re.MULTILINE)


def required(extras: tuple[str, ...] | None = None) -> list[str]:
    """Return what pyproject.toml asks for, with what these extras add; None: all of them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups: Mapping[str, list[str]] = project["optional-dependencies"]
    asked = [*project["dependencies"], *(item for name in extras or groups for item in groups[name])]
    return [item for item in asked if not item.startswith(f"{project['name']}[")]  # an extra made of others


def unbounded() -> list[str]:
    """Return the requirements that do not name the first version allowed and the first major version that is not."""
    return [item for item in required() if not re.fullmatch(r"[\w.-]+(>=[\d.]+,<\d+|==[\d.]+)", item)]


def oldest() -> Iterator[str]:
    """Yield the lowest version of each requirement as a constraint."""
    for item in sorted(set(required())):
        name, _, version, *_ = _parts(item)
        yield f"{name}=={version}"


def listed() -> dict[str, str]:
    """Return the licence of each package in the table."""
    return {canonical(name): licence.strip() for name, licence in _ROW.findall(TABLE.read_text("utf-8"))}


def installed() -> dict[str, str]:
    """Return the licence that each package declares which the library or an extra of its users brings along.

    Empty: it declares none. What is not installed is left out.
    """
    waiting = [_parts(item)[0] for item in required(DISTRIBUTED)]
    found: dict[str, str] = {}
    while waiting:
        name = canonical(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = declared(name)
        except PackageNotFoundError:
            continue
        waiting += [
            _parts(item)[0] for item in requires(name) or () if "extra ==" not in item.replace('"', "'")
        ]
    return found


def declared(name: str) -> str:
    """Return the licence that an installed package declares, in words known here if it does so anywhere; empty: none."""
    metadata = distribution(name).metadata
    classified = [
        item.rpartition(" :: ")[2] for item in metadata.get_all("Classifier") or () if "License" in item
    ]
    stated = [item for key in ("License-Expression", "License") for item in metadata.get_all(key) or ()]
    named = [
        item.strip().partition("\n")[0] for item in (*stated, "; ".join(classified)) if item != "UNKNOWN"
    ]
    return next(filter(families, named), next(filter(None, named), ""))


def differences(*, unlisted: bool = True) -> Iterator[str]:
    """Yield what is installed and of another family of licences than the table says; `unlisted`: or not in it."""
    table = listed()
    for name, licence in sorted(installed().items()):
        if name not in table:
            if unlisted:
                yield f"{name}: not in {TABLE.name}, declares {licence or 'no licence'}"
        elif licence and families(licence) != families(table[name]):
            yield f"{name}: declares {licence}, {TABLE.name} has {table[name]}"


def families(licence: str) -> frozenset[str]:
    """Return the families of licences that a text names; empty: none that is known here."""
    return frozenset(
        family for family, pattern in _FAMILIES.items() if re.search(pattern, licence, re.IGNORECASE)
    )


_FAMILIES = {
    "MIT": r"\bMIT\b", "BSD": r"\bBSD\b", "Apache": r"\bApache\b", "PSF": r"\bPSF\b|Python Software", "ISC": r"\bISC\b",
    "MPL": r"\bMPL\b|Mozilla", "public domain": r"public domain|CC0|Unlicense", "GPL": r"GPL|General Public",
}  # fmt: skip


def canonical(name: str) -> str:
    """Return the name of a package in the form in which names are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _parts(item: str) -> tuple[str, ...]:
    match = _REQUIREMENT.match(item)
    assert match is not None
    return match.groups("")


def main(arguments: list[str]) -> int:
    """Print what is asked for; 1: licences differ, 2: something else was asked for."""
    if arguments == ["oldest"]:
        print(*oldest(), sep="\n")
        return 0
    if arguments == ["licences"]:
        found = [*differences()]
        for line in found:
            print(line)
        return int(bool(found))
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
