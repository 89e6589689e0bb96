"""A plan: the exact commands of an operation, what each changes, how to see that it happened, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from hotfix_tui.domain.record import record
from hotfix_tui.ports import Site

Level = Literal[0, 1, 2, 3]
"""The confirm levels of SCREENS.md §1.3: 0 none, 1 "y", 2 "y" with Cancel focused, 3 a word is typed."""


StandingState = Literal[
    "not-done", "done", "conflict", "stopped", "ready", "unknown", "running", "ended", "lost"
]
"""Not done; done by us; in conflict with something else; begun, and stopped until a person has solved what git cannot;
or that is solved, so that it can go on; not known, since the remote cannot be asked now;
its command still runs; it has ended, and its outcome is not taken yet; it began, and nobody knows how it ended."""


@record(frozen=True, slots=True)
class Standing:
    """Where a step stands in the world, never in memory."""

    state: StandingState
    observed: str
    """What was seen, as a sentence; untrusted text."""


@record(frozen=True, slots=True)
class Edit:
    """A file of the work tree before and after a step that edits it. Both ends are known before the plan is shown."""

    path: str
    """Relative to the work tree, with "/"."""
    before: bytes | None
    """None where there is no file yet."""
    after: bytes | None
    """None where the file goes away."""


@record(frozen=True, slots=True)
class PlannedStep:
    """One command of a plan, or one edit of files."""

    id: str
    title: str
    argv: tuple[str, ...]
    """The exact command; empty for a step that edits files."""
    effect: Literal["reads", "writes"]
    changes: str
    """What it changes, in words; for a reading step, what it looks at."""
    look: Callable[[Site], Standing]
    """Tells from the site itself whether the step has already happened; a step that only reads leaves nothing to see,
    and is done when its command ends well."""
    level: Level = 1
    inverse: tuple[str, ...] = ()
    """The command that takes it back; empty when there is none."""
    exact_inverse: Callable[[Site], tuple[str, ...]] | None = None
    """The same with what is only known when it begins, asked for then. Raises: PortFailure when taking back would lose
    somebody's work."""
    way_back: str = ""
    """The way back in words; "no way back" where there is none."""
    edits: tuple[Edit, ...] = ()
    """The files that it edits; taken back by the same edits the other way round."""
    proceed: tuple[str, ...] = ()
    """The command that ends a step which is "ready" after it had stopped."""
    abort: tuple[str, ...] = ()
    """The command that takes back a step which has stopped halfway."""
    exact: Callable[[Site], tuple[str, ...]] | None = None
    """The command with the object ids that the steps before it have made, asked for when it begins; None where they
    are known when the plan is made."""
    traceless: bool = False
    """Whether it leaves nothing to be seen, and does the same when it runs again: its exit code is believed."""
    final: str = ""
    """What begins with it that nobody can stop or take back; the plan is drawn with a line after it (S2.GIT.4)."""
    patience: float = 0.0
    """For how many seconds what it did may take to show after its command ended well."""
    timeout: float = 60.0
    """After how many seconds its command is ended."""

    @property
    def spoken(self) -> tuple[str, ...]:
        """What it does as the journal keeps it: its command, or "edit" and its files."""
        return self.argv or ("edit", *(edit.path for edit in self.edits))

    @property
    def can_be_undone(self) -> bool:
        """Whether something takes it back."""
        return bool(self.inverse or self.edits)


@record(frozen=True, slots=True)
class Choice:
    """Something that a person may choose before the plan is made; the operation has an answer of its own for the rest."""

    name: str
    """Its key in what `prepare` is given, and on the command line: `--with NAME=VALUE`."""
    title: str
    """What it is, as it is asked for."""
    required: bool = False
    """Whether the operation cannot know it by itself, so that it must be asked."""


@record(frozen=True, slots=True)
class Finding:
    """Something that was checked before a plan is confirmed."""

    ok: bool
    text: str
    blocks: bool = True
    """Whether the plan must not run while it is not ok."""


@record(frozen=True, slots=True)
class Plan:
    """An operation ready to be shown, confirmed and run."""

    operation: str
    title: str
    why: str
    parameters: Mapping[str, str]
    """All that is needed to build the very same plan again after a crash."""
    steps: tuple[PlannedStep, ...]
    findings: tuple[Finding, ...] = ()
    word: str = ""
    """What is typed to confirm at level 3."""

    @property
    def level(self) -> Level:
        """The highest confirm level among its steps."""
        return max((step.level for step in self.steps), default=0)

    @property
    def blocked(self) -> tuple[str, ...]:
        """Why the plan must not run now; empty when it may."""
        return tuple(finding.text for finding in self.findings if finding.blocks and not finding.ok)


def edited(edits: tuple[Edit, ...], title: str) -> Callable[[Site], Standing]:
    """How a step that edits files is looked at: all as they should be, all as before, some of both
    (which goes on or is taken back), or somebody else's work.
    """

    def look(site: Site) -> Standing:
        now = {edit.path: site.tree.read(edit.path) for edit in edits}
        if all(now[edit.path] == edit.after for edit in edits):
            return Standing("done", title)
        odd = [edit.path for edit in edits if now[edit.path] not in (edit.before, edit.after)]
        if odd:
            return Standing(
                "conflict", f"{', '.join(odd)} was changed by somebody else; commit or restore it"
            )
        written = [edit.path for edit in edits if now[edit.path] == edit.after != edit.before]
        if written:
            return Standing("ready", f"only {', '.join(written)} changed of {len(edits)} files")
        return Standing("not-done", f"{', '.join(now)} not changed yet")

    return look
