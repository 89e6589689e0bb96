"""One quiet thread that looks outside: the log, the disk, git. It posts a message only when something changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from textual.message import Message

from hotfix_tui.domain.applying import provable
from hotfix_tui.domain.errors import HotfixError
from hotfix_tui.ports import LogSource
from hotfix_tui.service.incidents import Case, IncidentService
from hotfix_tui.tui.messages import CaseMoved, FeedBroke, FeedFailed, GitSeen, LogGrew
from hotfix_tui.tui.view import GitFacts

BEAT = 0.5
"""Seconds between two looks at the log."""
DISK_EVERY = 2
"""Beats between two looks at the disk."""
CHECK_EVERY = 120
"""Beats between two looks at what was ticked; it is also looked at once something is ticked, or an operation ended."""
GIT_EVERY = 40
"""Beats between two looks at git; it is also asked after every operation and by `R`."""


class _Seen:
    """What was seen last."""

    def __init__(self) -> None:
        self.git: GitFacts | None = None
        self.behind: tuple[Case, GitFacts] | None = None
        """The newest look at git that nothing was said of yet about rolling back."""
        self.failures: set[str] = set()
        self.ticked: object = None
        """What was ticked, and had run, when it was last looked at."""


class Feeds:
    """Looks outside for one console screen until it is stopped."""

    def __init__(
        self,
        post: Callable[[Message], object],
        incidents: IncidentService,
        case: Callable[[], Case],
        look_at_git: Callable[[Case], GitFacts],
        check_again: Callable[[Case], Case],
        look_back: Callable[[Case, GitFacts], GitFacts],
        logs: tuple[LogSource, ...],
    ) -> None:
        """Post through `post`, which must be safe to call from another thread."""
        self._post = post
        self._incidents = incidents
        self._case = case
        self._look_at_git = look_at_git
        self._check_again = check_again
        self._look_back = look_back
        self._logs = logs
        self._stop = threading.Event()
        self._git_wanted = threading.Event()
        self._git_wanted.set()
        self._seen = _Seen()
        self._thread = threading.Thread(target=self._run, name="feeds", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Stop within a beat and let go of the logs."""
        self._stop.set()

    def look_again(self) -> None:
        """Look at git at the next beat."""
        self._git_wanted.set()

    def _run(self) -> None:
        beat = 0
        while not self._stop.is_set():
            if self._seen.behind:
                self._try(self._look_behind)
            for source in self._logs:
                self._try(partial(self._poll, source))
            if beat % DISK_EVERY == 0:
                self._try(self._look_at_disk)
            wanted = self._git_wanted.is_set()
            if wanted or beat % GIT_EVERY == GIT_EVERY - 1:
                self._git_wanted.clear()
                self._try(self._look)
            if wanted or beat % CHECK_EVERY == CHECK_EVERY - 1 or self._ticked() != self._seen.ticked:
                self._try(self._check)
            beat += 1
            self._stop.wait(BEAT)
        for source in self._logs:
            source.close()

    def _try(self, look: Callable[[], None]) -> None:
        """Look, and say a failure once; the other looks go on."""
        try:
            look()
        except HotfixError as error:
            self._say(str(error), FeedFailed(str(error)))
        except Exception as error:  # noqa: BLE001  (told: a dead thread would leave an old picture that looks new)
            self._say(repr(error), FeedBroke(error))

    def _say(self, failure: str, message: Message) -> None:
        if failure not in self._seen.failures:
            self._seen.failures.add(failure)
            self._post(message)

    def _poll(self, source: LogSource) -> None:
        lines = source.poll()
        if lines:
            self._post(LogGrew(lines))

    def _look_at_disk(self) -> None:
        case = self._case()
        newer = self._incidents.refresh(case)
        if newer is not case:
            self._post(CaseMoved(newer))

    def _ticked(self) -> object:
        """The items that can be proven and are marked, with their moments; and the operations that ended."""
        case = self._case()
        asked = provable(case.incident, case.playbook)
        ended = tuple(run for run, record in case.incident.operations.items() if record.state != "running")
        return ended, tuple(
            (item.id, told.at) for item in asked if (told := case.incident.item(item.id)).mark == "done"
        )

    def _check(self) -> None:
        self._seen.ticked = self._ticked()
        case = self._case()
        newer = self._check_again(case)
        if newer is not case and not self._stop.is_set():
            self._post(CaseMoved(newer))

    def _look(self) -> None:
        case = self._case()
        facts = self._look_at_git(case)
        self._tell(facts)
        self._seen.behind = case, facts

    def _look_behind(self) -> None:
        """What rolling back would do takes long to find out: a beat later, when the screen already shows the rest."""
        if self._seen.behind:
            case, facts = self._seen.behind
            self._seen.behind = None
            self._tell(self._look_back(case, facts))

    def _tell(self, facts: GitFacts) -> None:
        if facts != self._seen.git:
            self._seen.git = facts
            self._post(GitSeen(facts))
