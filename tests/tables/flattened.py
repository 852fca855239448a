"""A record as flat tables, and the mapping by which they are that record again: every field of it a column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import decision_procedure as dp
from decision_procedure.model.kinds import SHIPPED
from decision_procedure.model.references import lists_of
from decision_procedure.model.traits import Trait

Tables = dict[str, list[dict[str, str]]]
LISTS = {"acts", *lists_of(dp.Decision)}
INNER = {name for act in SHIPPED.acts.values() for name in lists_of(act)} | {"posts"}


def plain(data: Any) -> Any:
    """Return what a record states without what no cell can hold: different sayings, empty lists, spaces at ends, several lines."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items() if key != "says" and value != []}
    if isinstance(data, list):
        return [plain(item) for item in data]
    return " ".join(data.split()) if isinstance(data, str) else data


def flattened(records: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], Tables]:
    """Return the mapping and the tables of records as `plain` data."""
    tables: Tables = defaultdict(list)
    for number, data in enumerate(records, 1):
        key = f"r{number:04}"

        def add(table: str, part: dict[str, Any], **further: str) -> None:
            tables[table].append({"_no": f"{len(tables[table]):06}", **further, **cells(part)})

        add("record", {name: value for name, value in data.items() if name not in LISTS}, _key=key)
        for name in LISTS & data.keys():
            for part in data[name]:
                own = f"{key}-{len(tables[name])}"
                inner = INNER & part.keys()
                add(name, {k: v for k, v in part.items() if k not in inner}, _key=own, _of=key)
                for below in inner:
                    for item in part[below]:
                        add(f"{name}_{below}", item, _of=own)
    return mapping(tables), dict(tables)


def mapping(tables: Tables) -> dict[str, Any]:
    def rows(table: str, **further: Any) -> dict[str, Any]:
        names = dict.fromkeys(name for row in tables[table] for name in row if not name.startswith("_"))
        return {"table": table, "columns": {name: name for name in names}, "order": ["_no"], **further}

    parts = []
    for name in sorted(LISTS & tables.keys()):
        below = [
            rows(table, list=table.removeprefix(f"{name}_"), joins="_of")
            for table in sorted(tables)
            if table.startswith(f"{name}_")
        ]
        parts.append(rows(name, list=name, joins="_of", key="_key", parts=below))
    return {"schema": 1, "source": ".", "record": rows("record", key="_key", parts=parts)}


def cells(part: dict[str, Any], before: str = "") -> dict[str, str]:
    """Return the fields of a part as cells, of parts within it under names with a dot."""
    found: dict[str, str] = {}
    for key, value in part.items():
        name = f"{before}{key}"
        if key == "schema" or value is None:
            found |= {name: "不详"} if key in ("held", *Trait.model_fields) and value is None else {}
        elif isinstance(value, dict):
            found |= cells(value, f"{name}.")
        elif isinstance(value, list):
            found[name] = "\n".join(map(str, value))
        else:
            found[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return {name: text for name, text in found.items() if text}
