"""The guards over the change itself: how many files, which, called what (S1.GAT.1-3, S4.GAT.4-5)."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from hotfix_tui.domain.gates import approved
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Guard, Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.roles import title_of

DEPENDENCIES = (
    "package.json",
    "package-lock.json",
    "npm-shrinkwrap.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "Cargo.lock",
    "poetry.lock",
    "uv.lock",
    "Pipfile*",
    "requirements*.txt",
    "constraints*.txt",
    "go.mod",
    "go.sum",
    "Gemfile*",
    "composer.json",
    "composer.lock",
    "pom.xml",
    "build.gradle*",
    "*.csproj",
    "pubspec.*",
)
"""The names of files that say what a project depends on."""
LOCKS = (
    "*.lock",
    "*.lockfile",
    "package-lock.json",
    "npm-shrinkwrap.json",
    "pnpm-lock.yaml",
    "go.sum",
)
"""The names of files that tools write with what they chose."""
TESTS = (
    "tests/**",
    "**/tests/**",
    "test/**",
    "**/test/**",
    "**/__tests__/**",
    "spec/**",
    "**/test_*",
    "**/*_test.*",
    "**/*.test.*",
    "**/*.spec.*",
    "**/*Test.*",
    "**/*Tests.*",
)
"""Where tests lie, if the playbook does not say it."""
NAMED = 4
"""How many files a sentence names."""


@record(frozen=True, slots=True)
class Change:
    """What is committed on the base; all of it is untrusted text."""

    branch: str
    """Empty when HEAD is detached."""
    subjects: tuple[str, ...]
    """The commits' first lines, newest first."""
    files: tuple[str, ...]
    formatting: tuple[str, ...] = ()
    """The files of which only white space changed."""
    lines: int = 0
    """How many lines were added or taken away."""
    renamed: tuple[str, ...] = ()
    """The new names of renamed files."""


@record(frozen=True, slots=True)
class Caught:
    """A guard that the change does not pass."""

    guard: Guard
    what: str
    """What it found."""

    @property
    def text(self) -> str:
        """The sentence."""
        return f"{self.guard.text or self.guard.id} {self.what}".strip()


def caught(incident: Incident, playbook: Playbook, change: Change) -> tuple[Caught, ...]:
    """The guards that the change does not pass; none before anything is committed."""
    if not change.subjects:
        return ()
    found = ((guard, _JUDGES[guard.kind](guard, change)) for guard in playbook.guards)
    held = [Caught(guard, what) for guard, what in found if what]
    return tuple(_with_role(incident, playbook, one) for one in held if not _waived(incident, playbook, one))


def _waived(incident: Incident, playbook: Playbook, one: Caught) -> bool:
    return bool(one.guard.role) and approved(incident, playbook, one.guard.role)


def _with_role(incident: Incident, playbook: Playbook, one: Caught) -> Caught:
    if not one.guard.role:
        return one
    return Caught(one.guard, f"{one.what}; wants the approval of {title_of(playbook, one.guard.role)}")


def _many(guard: Guard, change: Change) -> str:
    count = len(change.files)
    return f"{count} files, more than {guard.limit}: {_named(change.files)}" if count > guard.limit else ""


def _branch(guard: Guard, change: Change) -> str:
    if re.search(guard.pattern, change.branch):
        return ""
    return f"The branch is {change.branch}" if change.branch else "HEAD is on no branch"


def _message(guard: Guard, change: Change) -> str:
    odd = [subject for subject in change.subjects if not re.search(guard.pattern, subject)]
    more = f" and {len(odd) - 1} more" if len(odd) > 1 else ""
    return f"“{odd[0]}”{more}" if odd else ""


def _paths(guard: Guard, change: Change) -> str:
    return _named(tuple(file for file in change.files if any(_fits(file, path) for path in guard.paths)))


def _fits(file: str, pattern: str) -> bool:
    """Whether the path fits; "**/x" also fits x at the top."""
    return fnmatchcase(file, pattern) or fnmatchcase(f"/{file}", pattern)


def _dependencies(guard: Guard, change: Change) -> str:
    return _named(_called(change, DEPENDENCIES))


def _locks(guard: Guard, change: Change) -> str:
    return _named(_called(change, LOCKS))


def _called(change: Change, patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The files with such a name, in whatever folder."""
    names = ((file, PurePosixPath(file).name) for file in change.files)
    return tuple(file for file, name in names if any(fnmatchcase(name, pattern) for pattern in patterns))


def _lines(guard: Guard, change: Change) -> str:
    return f"{change.lines} lines, more than {guard.limit}" if change.lines > guard.limit else ""


def _renamed(guard: Guard, change: Change) -> str:
    return f"renamed: {_named(change.renamed)}" if change.renamed else ""


def _untested(guard: Guard, change: Change) -> str:
    tests = guard.paths or TESTS
    if not change.files or any(_fits(file, pattern) for file in change.files for pattern in tests):
        return ""
    return f"no test is among {_named(change.files)}"


def _formatting(guard: Guard, change: Change) -> str:
    return f"only white space changed in {_named(change.formatting)}" if change.formatting else ""


def _named(files: tuple[str, ...]) -> str:
    more = f" and {len(files) - NAMED} more" if len(files) > NAMED else ""
    return ", ".join(files[:NAMED]) + more


_JUDGES: dict[str, Callable[[Guard, Change], str]] = {
    "files-changed": _many,
    "branch-name": _branch,
    "commit-message": _message,
    "protected-paths": _paths,
    "dependency-change": _dependencies,
    "formatting-change": _formatting,
    "lines-changed": _lines,
    "lock-file-change": _locks,
    "renamed-files": _renamed,
    "missing-test": _untested,
}
"""Kind to what it finds wrong with a change; empty when nothing."""
