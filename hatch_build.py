"""Writes the instruments of law as JSON into what is built: that loads many times as fast as their YAML."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ReadyRules(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before every build, of an editable installation too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Write the file into the package, from where it goes into the wheel."""
        sys.path.insert(0, self.root)
        try:
            from decision_procedure.rules.ready import FILE, written_law
        finally:
            sys.path.remove(self.root)
        folder = Path("decision_procedure", "rules")
        Path(self.root, folder, FILE).write_bytes(written_law())
        build_data["artifacts"].append(str(folder / FILE))
