"""The rule engine in one process: sessions, facts in, messages out."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from decision_procedure.inference.encoding import end

_LARGE = 16 * 2**20


class DroppedError(Exception):
    """The engine dropped a fact or did not see the end of a batch."""


class Worker:
    """The compiled rules, their lock, and the counts that name sessions and batches."""

    def __init__(self, program: str) -> None:
        # Imported here, so that importing this module loads no C code.
        import durable_rules_engine

        self.lock = threading.Lock()
        self.errors = (DroppedError, durable_rules_engine.error, MemoryError)
        self._engine = durable_rules_engine
        self._program = program
        self._handle: int | None = None
        self._sessions = self._batches = 0

    def begin(self) -> str:
        """Open a session and return its name: short, and never used before with these compiled rules."""
        if self._handle is None:
            # Freeing one large block tells glibc to keep what is freed. Otherwise it returns the memory of each
            # session to the system only to fetch it again for the next, a third of all the time spent.
            bytes(_LARGE)
            self._handle = self._engine.create_ruleset("inference", self._program)
        self._sessions += 1
        session = f"s{self._sessions}"
        # To delete a session in which no action ever started frees a wild pointer: so one starts here.
        self.fire(session, ())
        return session

    def fire(self, session: str, facts: Iterable[str]) -> list[str]:
        """Give the engine a batch of facts; return a message for each time a rule fired, and one for its end."""
        self._batches += 1
        last, seen = end(self._batches, session)
        code, state = self._engine.assert_facts(self._handle, f"[{','.join((*facts, last))}]")
        messages = self._drain(state)
        if code:
            raise DroppedError(f"a fact was dropped (code {code})")
        if seen not in messages:
            raise DroppedError("the end of a batch was missed")
        return messages

    def _drain(self, state: int) -> list[str]:
        messages = []
        started = self._engine.start_action_for_state(self._handle, state)
        message = started[1] if started else None
        while message:
            messages.append(message)
            message = self._engine.complete_and_start_action(self._handle, state)
        return messages

    def end(self, session: str) -> None:
        """Forget a session and all its facts."""
        self._engine.delete_state(self._handle, session)
