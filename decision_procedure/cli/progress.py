"""A progress bar on stderr for whatever takes over a second; silent when stderr is no terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE = 1.0


class Bar:
    """Counts records out of files. `shown` False keeps silent: the terminal is in use for the reports."""

    def __init__(self, files: int, *, shown: bool) -> None:
        self._shown = shown and sys.stderr.isatty()
        self._begun = time.monotonic()
        self._records = 0
        self._progress: Progress | None = None
        self._files = files

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def record(self, files_done: int) -> None:
        """Say that one more record was checked, after so many whole files."""
        self._records += 1
        if not self._shown:
            return
        if self._progress is None:
            if time.monotonic() - self._begun < _PATIENCE:
                return
            self._progress = _progress()
            self._progress.add_task("", total=self._files if self._files > 1 else None)
            self._progress.start()
        self._progress.update(
            self._progress.task_ids[0], completed=files_done, description=f"已核查 checked {self._records}"
        )

    def message(self, text: str) -> None:
        """Write a message to stderr above the bar."""
        if self._progress is None:
            typer.echo(text, err=True)
        else:
            self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)


def _progress() -> Progress:
    # Loaded here, not above: most commands end before a bar is shown.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
