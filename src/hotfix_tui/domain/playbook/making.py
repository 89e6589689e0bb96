"""How the fix is made and published: branches, versions, texts of git, guards over the change."""

from __future__ import annotations

from typing import Literal

from hotfix_tui.domain.record import record

Base = Literal["latest-release", "main", "named-tag"]
Scheme = Literal["patch", "pre-release-counter", "promotion", "suffix-tag"]
GuardKind = Literal[
    "files-changed",
    "commit-message",
    "branch-name",
    "protected-paths",
    "dependency-change",
    "formatting-change",
    "lines-changed",
    "lock-file-change",
    "renamed-files",
    "missing-test",
]


@record(frozen=True, slots=True)
class BranchForm:
    """One form of branch name, where a process has several (S1.BRA.2)."""

    label: str
    """What the form is for."""
    branch: str
    """The name with `$placeholders`."""


@record(frozen=True, slots=True)
class GitRules:
    """How branches are made and brought back (X.5, X.7)."""

    base: Base = "latest-release"
    """Where the branch starts: at the latest release, at main, or at a tag that is named."""
    tag_prefix: str = "v"
    """What stands before the version in a tag."""
    branch: str = "hotfix/v$fix"
    """The branch name with `$placeholders`."""
    branches: tuple[BranchForm, ...] = ()
    """Other forms to choose from."""
    remote: str = "origin"
    """The remote that is pushed to."""
    main: str = "main"
    """The name of the main branch; where there is none of that name, it is the one that the remote calls its own, or `master`."""
    merge_back: tuple[str, ...] = ("main",)
    """The branches that the fix comes back to."""
    merge_way: Literal["no-ff", "pull-request"] = "no-ff"
    """Merged here, or by pull request."""
    labels: tuple[str, ...] = ()
    """Labels of the pull request."""
    delete_branch: bool = True
    """Whether the branch is deleted at the end, here and on the remote."""
    tag_push_triggers: str = ""
    """What a pushed tag starts: the point of no return (S2.GIT.4)."""


@record(frozen=True, slots=True)
class VersionRules:
    """How the next version is made and where it is written (X.6)."""

    scheme: Scheme = "patch"
    """How the next version follows from the last one."""
    suffix: str = ""
    """The word of a pre-release or suffix, such as "beta" or "hotfix"."""
    standard: Literal["", "semver", "pep-440"] = ""
    """What versions look like and how they sort; left out it is PEP 440 for Python's files, else SemVer."""
    files: tuple[str, ...] = ()
    """The files that name the version."""
    lock_files: tuple[str, ...] = ()
    """The lock files that change with it."""
    patterns: dict[str, str] | None = None
    """File to the text around its version, `$version` for the version (S3.VER.4)."""
    changelog: str = ""
    """The changelog file."""
    changelog_entry: str = ""
    """The text of its new entry."""


@record(frozen=True, slots=True)
class Formats:
    """Texts of commits, merges, tags and pull requests, with `$placeholders`."""

    commit: str = ""
    """The message of the fix."""
    bump: str = ""
    """The message of the commit that raises the version."""
    merge: str = ""
    """The message of the merge."""
    tag: str = ""
    """The message of the tag."""
    pull_request: str = ""
    """The title of the pull request."""
    pull_request_body: str = ""
    """Its text."""


@record(frozen=True, slots=True)
class Guard:
    """A limit on the change itself, held against the base (S1.GAT.1-3, S4.GAT.4-5)."""

    id: str
    kind: GuardKind
    """What is looked at."""
    level: Literal["warn", "refuse"] = "warn"
    """Whether it only warns, or refuses."""
    limit: int = 0
    """The most files or lines, for "files-changed" and "lines-changed"."""
    pattern: str = ""
    """What a branch name or message must match: a regular expression."""
    paths: tuple[str, ...] = ()
    """The paths, as patterns such as "src/auth/**"; for "missing-test" where tests lie, if not where they usually do."""
    role: str = ""
    """Whose approval a change of them needs."""
    text: str = ""
