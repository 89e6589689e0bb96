"""How the fix is made and published, and what of it loses the fix or cannot be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from hotfix_tui.domain.finality import publishes
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.lint.finding import Fault, World
from hotfix_tui.lint.places import every_item, items

_MERGES = re.compile(r"\b(?:back-?)?merg|cherry-?pick|back-?port|pull[ -]request", re.IGNORECASE)
_CLEANS = re.compile(r"\b(?:delet|remov|clean|prun)", re.IGNORECASE)
_BRANCH = re.compile(r"\bbranch", re.IGNORECASE)
_COMPUTES = frozenset({"patch", "minor", "major", "prerelease", "--bump"})
_BUMPS = frozenset({"version", "set-version", "bump", "bump2version", "bumpversion", "bump-my-version"})
_DATED = re.compile(r"(?:^|/)v\$\{?(?:date|time|started)\b")


def _said(item: Item) -> str:
    """What the item says it does, in its text, its name, its operation or its command."""
    return " ".join((item.id.replace("-", " "), item.text, item.operation.replace("-", " "), *item.command))


def _done(playbook: Playbook) -> Iterator[str]:
    """What is done in the phases, in words: their items, and the milestones that closing needs."""
    yield from (_said(one.item) for one in items(playbook) if one.phase)
    yield from (milestone.title for milestone in playbook.milestones if milestone.required)


def merge_back(playbook: Playbook, world: World) -> Iterator[Fault]:
    """The fix comes back to where the next release is made from (S0.TRP.4, S3.TRP.6)."""
    if not playbook.git.merge_back:
        yield Fault(
            ("git", "merge_back"),
            "Nothing is merged back: the next release brings the fault again.",
            'Name the branches with “merge_back”, such as ["main"].',
        )
    elif not any(_MERGES.search(said) for said in _done(playbook)):
        yield Fault(
            ("git", "merge_back"),
            "No item brings the fix back to main: it is lost in the next release.",
            "Add an item that merges the branch back.",
        )


def clean_up(playbook: Playbook, world: World) -> Iterator[Fault]:
    """The branch is taken away once it is merged (S0.TRP.4, S3.TRP.6)."""
    key: tuple[str, ...]
    if not playbook.git.delete_branch:
        message, key = "The branch is left lying about, here and on the remote.", ("delete_branch",)
    elif not any(_CLEANS.search(said) and _BRANCH.search(said) for said in _done(playbook)):
        message, key = "No item takes the branch away.", ()
    else:
        return
    yield Fault(("git", *key), message, "Add an item at the end that deletes it here and on the remote.")


def base(playbook: Playbook, world: World) -> Iterator[Fault]:
    """The fix starts at what users run, not at main (S0.TRP.2)."""
    if playbook.git.base == "main":
        yield Fault(
            ("git", "base"),
            "The branch starts at main: whatever is unreleased there goes out with the fix.",
            'Start at the release with base = "latest-release", or at a tag that is named.',
        )


def suffix_tag(playbook: Playbook, world: World) -> Iterator[Fault]:
    """The hotfix's tag sorts above the release that it repairs (S4.TRP.1)."""
    from hotfix_tui.domain.versions import parse  # late: it loads a library

    rules = playbook.version
    if rules.scheme != "suffix-tag":
        return
    plain, tag = parse("1.2.4", ""), parse(f"1.2.4-{rules.suffix or 'hotfix'}.1", "")
    if plain and tag and tag < plain:
        yield Fault(
            ("version", "scheme"),
            f"By SemVer {tag.tag} is a pre-release of {plain.tag} and comes before it: "
            "“the latest release” passes over it, and package managers do not take it.",
            'Count the patch version up instead: scheme = "patch".',
        )


def no_way_back(playbook: Playbook, world: World) -> Iterator[Fault]:
    """What publishes is marked as having no way back (S2.GIT.4, S2.TRP.5)."""
    marked = False
    for one in items(playbook):
        marked = marked or one.item.irreversible
        if publishes(one.item.command) and not one.item.irreversible:
            yield Fault(
                (*one.path, "command"),
                "It publishes, and nobody can take that back: clones and installations keep what they got.",
                "Say “irreversible = true”, so that it is asked for twice.",
            )
    if playbook.git.tag_push_triggers and not marked:
        yield Fault(
            ("git", "tag_push_triggers"),
            f"The pushed tag starts {playbook.git.tag_push_triggers}, and no item is marked as irreversible.",
            "Say “irreversible = true” at the item that pushes the tag.",
        )


def same_version(playbook: Playbook, world: World) -> Iterator[Fault]:
    """A way back does not compute the version anew: from the old release it is the bad one again (S1.TRP.3)."""
    for one in items(playbook):
        argv = one.item.command
        computes = bool(_BUMPS & set(argv)) and bool(_COMPUTES & set(argv))
        again = publishes(argv) and any("$fix" in word for word in argv) and argv[:2] != ("git", "push")
        if one.path[0] == "rollback" and (computes or again):
            yield Fault(
                (*one.path, "command"),
                "From the release before, this makes the version of the bad one again, which is taken already.",
                "Name a version above the bad one.",
            )


def beside_latest(playbook: Playbook, world: World) -> Iterator[Fault]:
    """A way back moves what people get: a publication under another tag leaves “latest” on the bad one (S1.TRP.4)."""
    for r, rollback in enumerate(playbook.rollbacks):
        if any(_moves_latest(step) for step in rollback.steps):
            continue
        for n, step in enumerate(rollback.steps):
            if publishes(step.command) and _tag(step.command) not in ("", "latest"):
                yield Fault(
                    ("rollback", r, "step", n, "command"),
                    f"It publishes under “{_tag(step.command)}”, and “latest” stays on the bad version.",
                    "Move “latest” too: npm dist-tag add with the version and latest.",
                )


def _moves_latest(step: Item) -> bool:
    """Whether the step says, in its command or in words, that “latest” is moved."""
    moves = "dist-tag" in step.command or not step.command
    return moves and "latest" in f"{step.text} {step.hint} {' '.join(step.command)}"


def _tag(argv: tuple[str, ...]) -> str:
    """The word after --tag."""
    for word, following in zip(argv, (*argv[1:], ""), strict=True):
        if word == "--tag":
            return following
        if word.startswith("--tag="):
            return word.removeprefix("--tag=")
    return ""


def dated_branch(playbook: Playbook, world: World) -> Iterator[Fault]:
    """A branch that is named by its date does not look like a version (S1.TRP.5)."""
    forms = [
        (("git", "branch"), playbook.git.branch),
        *((("git", "branches", n, "branch"), form.branch) for n, form in enumerate(playbook.git.branches)),
    ]
    for path, form in forms:
        if _DATED.search(form):
            yield Fault(
                path,
                f"{form} looks like a version and is a date.",
                "Leave out the “v” before the date.",
            )


def narrow_commands(playbook: Playbook, world: World) -> Iterator[Fault]:
    """Commands look at the whole fix, and run on every system (S1.TRP.2, S3.TRP.7)."""
    for one in every_item(playbook):
        argv = one.item.command
        if argv[:1] == ("git",) and "diff" in argv and any(w.startswith(("HEAD~1", "HEAD^")) for w in argv):
            yield Fault(
                (*one.path, "command"),
                "It looks at the last commit only, and a fix may have several.",
                "Compare with the base: $base...HEAD.",
            )
        if argv[:1] == ("sed",) and any(pair == ("-i", "") for pair in pairwise(argv)):
            yield Fault(
                (*one.path, "command"),
                "sed -i '' is the form of BSD and macOS; elsewhere it fails.",
                "Write -i.bak, which every sed takes.",
            )
