"""What the commands of a document would do that is not meant: each rule is a pattern, where it stands and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotfix_tui.domain.record import record
from hotfix_tui.importing.understood import Command, Notice, Understood


@record(frozen=True, slots=True)
class Trap:
    """A command that misleads."""

    rule: str
    pattern: re.Pattern[str]
    message: str
    todo: str
    unless: re.Pattern[str] | None = None
    """What in the same fence makes it harmless."""
    back: bool = False
    """Only in ways back."""


def _trap(rule: str, pattern: str, message: str, todo: str, unless: str = "", *, back: bool = False) -> Trap:
    return Trap(
        rule, re.compile(pattern, re.MULTILINE), message, todo, re.compile(unless) if unless else None, back
    )


TRAPS = (
    _trap(
        "base-main",
        r"git (?:checkout|switch) (?:-q )?(?:main|master)\s*\n(?:\s*git pull[^\n]*\n)?\s*git (?:checkout -[bB]|switch -[cC]) \S*fix\S*\s*$",
        "The hotfix starts at main, and so brings along what is not released yet.",
        "Start at the tag that users run: git switch -c NAME vX.Y.Z.",
    ),
    _trap(
        "tag-order",
        r"git tag[^\n]*--sort=-?(?:v(?:ersion)?:refname)",
        "This order puts a pre-release above its release, so the first tag may be a beta.",
        "Leave out tags with a suffix, or set versionsort.suffix.",
        r"grep|versionsort",
    ),
    _trap(
        "tag-sorts-below",
        r"git tag (?:-\w+ )*[\"']?v?\d+\.\d+\.\d+-(?:hotfix|fix|patch)",
        "A version with this suffix is a pre-release: it sorts below the release that it repairs.",
        "Raise the patch number instead.",
    ),
    _trap(
        "branch-like-version",
        r"hotfix/v\$\(date",
        "A branch named by the date looks like a version.",
        "Leave out the v, or name the version.",
    ),
    _trap(
        "narrow-command",
        r"git diff[^\n]*HEAD~1",
        "Only the last commit is looked at, not the whole fix.",
        "Compare with the tag that the branch started from.",
    ),
    _trap(
        "narrow-command",
        r"sed -i ''",
        "This form of sed works on BSD and macOS only.",
        "Use a form that works on every system of the team, or let hotfix raise the version.",
    ),
    _trap(
        "changelog-unfilled",
        r"cat >> ?CHANGELOG\S*.*<< ?'\w+'(?:[^\n]*\n){1,12}?.*\$\(date",
        "The entry goes to the end of the changelog, and a quoted heredoc leaves $(date …) as it is.",
        "Put the entry at the top, and the date in by hand.",
    ),
    _trap(
        "tests-skipped",
        r"--skip(?:-full)?-tests?\b|--no-verify\b",
        "The tests are skipped here.",
        "Say which tests must pass all the same.",
    ),
    _trap(
        "merge-without-pull",
        r"git (?:checkout|switch) (?:main|master|develop)[ \t]*\n[ \t]*git merge ",
        "The branch is merged into a main that may be behind the remote.",
        "Pull before the merge.",
    ),
    _trap(
        "rollback-same-version",
        r"npm version patch|cargo set-version|bump",
        "The way back raises the version from the older one: it may come out as the one that failed.",
        "Take the number after the one that failed.",
        back=True,
    ),
    _trap(
        "rollback-beside-latest",
        r"npm publish[^\n]*--tag (?!latest)",
        "What is published under another tag leaves “latest” at the version that failed.",
        "Move “latest” as well: npm dist-tag add NAME@VERSION latest.",
        r"dist-tag",
        back=True,
    ),
    _trap(
        "no-undo",
        r"git push (?:-\S+ )*\S+ (?:--delete \S*tags?/|:refs/tags/)|cargo yank|npm unpublish",
        "A deleted tag or a withdrawn version stays with those who have it already: this is no undo.",
        "Tell them, and publish a higher version.",
        back=True,
    ),
    _trap(
        "revert-main-only",
        r"git revert (?!.*-m)[^\n]*\n[ \t]*git push \S+ (?:main|master)[ \t]*$",
        "A revert on main does not change what runs, where a tag was deployed.",
        "Deploy the version before as well.",
        back=True,
    ),
    _trap(
        "detached-head",
        r"git checkout (?:\$\w+|\$\(git describe[^\n]*\)|v\d\S*)[ \t]*$",
        "This leaves no branch behind (a detached HEAD): a commit made there is lost easily.",
        "Start a branch at that tag.",
        back=True,
    ),
)
"""Every trap in a command (S0.TRP.2, S0.TRP.3, S1.TRP.2 to 9, S2.TRP.2, S2.TRP.5, S3.TRP.7, S4.TRP.1, S4.TRP.2, S4.TRP.4)."""


def traps(document: Understood) -> Iterator[Notice]:
    """The commands that mislead, each rule once a fence."""
    back = {command.origin.first for way in document.rollbacks for command in way.commands}
    for command in document.commands:
        for trap in TRAPS:
            found = trap.pattern.search(command.text[:20_000])
            if (
                not found
                or (trap.back and not _goes_back(command, back))
                or (trap.unless and trap.unless.search(command.text))
            ):
                continue
            line = command.origin.first + 1 + command.text.count("\n", 0, found.start())
            yield Notice(trap.rule, line, trap.message, trap.todo)


def _goes_back(command: Command, back: set[int]) -> bool:
    return command.origin.first in back


_MERGE = re.compile(
    r"git merge\b|gh pr (?:create|merge)|pull request|cherry-pick|back-?merge|merge.*(?:main|master|develop)",
    re.IGNORECASE,
)
_DELETE = re.compile(
    r"git branch -[dD]\b|push \S+ --delete|--delete-branch|branch (?:is )?deleted|delete.*branch|lösch|supprim|borrar|apagar|удал|删除|削除|삭제",
    re.IGNORECASE,
)


def comes_back(document: Understood) -> Iterator[Notice]:
    """The fix comes back to main, and its branch goes away (S0.TRP.4, S3.TRP.6)."""
    if not document.branches or not document.commands:
        return
    said = "\n".join(
        (
            *(c.text for c in document.commands),
            *(t.text for t in document.tasks),
            *(text for phase in document.phases for text, _ in phase.todo),
            *(s.title for s in document.sections),
        )
    )
    first = document.branches[0].origin.first
    if not _MERGE.search(said):
        yield Notice(
            "no-merge-back",
            first,
            "Nothing brings the fix back to main: the next release would be without it.",
            "Add a step that merges the branch, or opens a pull request.",
        )
    if not _DELETE.search(said):
        yield Notice(
            "no-clean-up", first, "Nothing deletes the hotfix branch in the end.", "Add it to the last step."
        )
