"""What somebody will ask for in a moment is looked up meanwhile, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """The answer of one look that has begun already; nobody has to wait for it who does not want to."""

    def __init__(self, look: Callable[[], T]) -> None:
        """Begin to look. The thread keeps nothing from ending."""
        self._look = look
        self._found: list[T] = []
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="ahead", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._found.append(self._look())
        except Exception as error:  # noqa: BLE001  (handed on to whoever asks for the answer)
            self._failure = error

    @property
    def found(self) -> T | None:
        """The answer if it is there by now and the look did not fail; this never waits."""
        return self._found[0] if self._found else None

    def answer(self) -> T:
        """The answer, waited for. Raises: what looking raised."""
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        return self._found[0]
