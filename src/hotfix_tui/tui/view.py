"""What the console shows, as one frozen value: the panes are pictures of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotfix_tui.domain.applying import latest_phase
from hotfix_tui.domain.glance import Glance, Risk, glance
from hotfix_tui.domain.record import record
from hotfix_tui.ports import Commit, RepositoryStatus
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.safestep import SafeStep
from hotfix_tui.service.way_back import WayBack


@record(frozen=True, slots=True)
class GitFacts:
    """What was last seen in git."""

    status: RepositoryStatus | None = None
    lines: tuple[str, ...] = ()
    """Where the work tree stands, in words; untrusted text."""
    risks: tuple[Risk, ...] = ()
    commits: tuple[Commit, ...] = ()
    step: SafeStep | None = None
    """The one safe next command."""
    trouble: str = ""
    """Why nothing could be seen, as a sentence."""
    back: WayBack | None = None
    """What rolling back would do; None while nobody has looked, or where there is no way back."""


@record(frozen=True, slots=True)
class Job:
    """Something that runs, or ran, in the background."""

    title: str
    state: str
    at: datetime
    detail: str = ""


@record(frozen=True, slots=True)
class LogFacts:
    """What the log pane tells the rest of the screen."""

    name: str = ""
    errors: int = 0
    """Errors of the last five minutes."""


NO_GIT, NO_LOG = GitFacts(), LogFacts()
"""Before anything was seen."""


@record(frozen=True, slots=True)
class View:
    """Everything on the console's screen at one moment."""

    case: Case
    now: datetime
    glance: Glance
    git: GitFacts = NO_GIT
    log: LogFacts = NO_LOG
    jobs: tuple[Job, ...] = ()
    shown_phase: str = ""
    """The phase whose checklist is shown: the running one or the last, unless somebody looks elsewhere."""
    ascii: bool = False
    read_only: bool = False
    said: tuple[str, str] = ("", "dim")
    """The sentence at the bottom and its role; untrusted text."""

    @property
    def minute(self) -> datetime:
        """The moment, to the minute: what panes without seconds depend on."""
        return self.now.replace(second=0, microsecond=0)


def view(
    case: Case,
    now: datetime,
    *,
    git: GitFacts = NO_GIT,
    log: LogFacts = NO_LOG,
    clock: tuple[Risk, ...] = (),
    jobs: tuple[Job, ...] = (),
    shown_phase: str = "",
    ascii: bool = False,
    read_only: bool = False,
    said: tuple[str, str] = ("", "dim"),
) -> View:
    """The view of a case at `now`, with what was seen outside; a change of the clock comes before all other risks."""
    answers = glance(case.incident, case.playbook, now, git.risks)
    answers = replace(answers, risks=(*clock, *answers.risks))
    shown = shown_phase or latest_phase(case.incident, case.playbook)
    return View(case, now, answers, git, log, jobs, shown, ascii, read_only, said)
