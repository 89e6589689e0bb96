"""The one thread that writes: it owns its connection, and whoever asks waits for the commit."""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from hotfix_tui.domain.errors import HotfixError, PortFailure

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], Any]


class Writer:
    """Carries out jobs one at a time, in order, on its own connection; after a failure it opens another one."""

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        explain: Callable[[sqlite3.Error | OSError], PortFailure],
    ) -> None:
        """Start nothing yet: a console that only reads has no such thread."""
        self._connect = connect
        self._explain = explain
        self._work: queue.SimpleQueue[tuple[Future[Any], Job] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def do(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """The job's answer, once it is done. Raises: what the job raises; PortFailure."""
        from concurrent.futures import Future  # late: it brings logging along, and reading needs neither

        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise PortFailure("Saving", "the store was closed already; nothing was saved.")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="store", daemon=True)
                self._thread.start()
            self._work.put((future, job))
        return future.result()

    def close(self) -> None:
        """End after what was asked for before."""
        with self._lock:
            self._closed = True
            if self._thread is not None:
                self._work.put(None)
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        connection: sqlite3.Connection | None = None
        while (task := self._work.get()) is not None:
            future, job = task
            try:
                connection = connection or self._connect()
                answer = job(connection)
            except HotfixError as error:
                future.set_exception(error)
            except (sqlite3.Error, OSError) as error:
                if connection is not None:
                    connection.close()
                connection = None
                future.set_exception(self._explain(error))
            except BaseException as error:  # noqa: BLE001  (the asker gets it; a dead thread would let it wait for ever)
                future.set_exception(error)
            else:
                future.set_result(answer)
        if connection is not None:
            connection.close()
