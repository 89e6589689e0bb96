"""A revert or a pick tried in the object store: a three-way merge whose base is a commit, with `git merge-tree`.

Objects that nothing names are left behind, always the same ones for the same question; git clears them away in time.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hotfix_tui.adapters.git_parsing import text, understood
from hotfix_tui.adapters.git_repository import GitRepository
from hotfix_tui.adapters.git_runner import GitRunner
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import clean
from hotfix_tui.ports import Rehearsed, Stage, Taking

LONGEST = 500
TAKES = re.compile(r"^This reverts commit ([0-9a-f]{40}|[0-9a-f]{64})\b", re.MULTILINE)
"""What `git revert` writes."""
NOBODY = "hotfix <> 0 +0000"
"""Who the commits are by that stand for a tree in a merge; no ref ever names them."""


@record(frozen=True, slots=True)
class GitRehearsal:
    """The rehearsals of one repository. It holds nothing open between calls; safe to use from any thread."""

    repository: GitRepository

    def line(self, base: str, head: str) -> tuple[Stage, ...]:
        """The commits of `head` that are not in `base`, along first parents, newest first. Raises: PortFailure."""
        shape = ("-z", "--format=tformat:%H%n%P%n%B", "--no-show-signature", "--first-parent")
        out = self._read("log", *shape, f"--max-count={LONGEST}", head, f"^{base}", "--")
        return tuple(_stage(entry) for entry in text(out).split("\0") if entry)

    def changing(self, head: str, path: str, limit: int) -> tuple[str, ...]:
        """The newest commits of `head` that changed the file. Raises: PortFailure."""
        return tuple(text(self._read("rev-list", f"--max-count={limit}", head, "--", path)).split())

    def without(self, head: str, takings: Sequence[Taking]) -> Rehearsed:
        """What is left of `head` once these commits are reverted in this order. Raises: PortFailure."""
        steps = [(one.commit, one.commit, f"{one.commit}^{one.mainline or 1}") for one in takings]
        return self._applied(head, steps)

    def having(self, head: str, commits: Sequence[str]) -> Rehearsed:
        """What `head` becomes once these commits, no merges, are picked in this order. Raises: PortFailure."""
        return self._applied(head, [(one, f"{one}^1", one) for one in commits])

    def _applied(self, head: str, steps: Sequence[tuple[str, str, str]]) -> Rehearsed:
        """The changes between two commits, one after the other on `head`: the commit's id, from, to."""
        git = self.repository.git()
        tree = _tree(git, head)
        idle: list[str] = []
        for commit, old, new in steps:
            now, paths = _merged(git, tree, old, new)
            if paths:
                return Rehearsed("", tuple(idle), commit, paths)
            if now == tree:
                idle.append(commit)
            tree = now
        return Rehearsed(tree, tuple(idle))

    def _read(self, *words: str) -> bytes:
        return self.repository.git().read(["git", *words])


@understood
def _stage(entry: str) -> Stage:
    oid, parents, message = entry.split("\n", 2)
    found = TAKES.search(message)
    return Stage(oid, tuple(parents.split()), found[1] if found else "")


def _merged(git: GitRunner, tree: str, old: str, new: str) -> tuple[str, tuple[str, ...]]:
    """The tree with the change from one commit to another, and the paths in conflict. Raises: PortFailure."""
    base = _commit(git, _tree(git, old))
    ours, theirs = _commit(git, tree, base), _commit(git, _tree(git, new), base)
    argv = ["git", "merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours, theirs]
    code, out = git.answer(argv, codes=(0, 1))
    now, *paths = text(out).split("\0")
    return now, tuple(path for path in paths if path) if code else ()


def _tree(git: GitRunner, name: str) -> str:
    """The tree of a commit; of the first commit's parent it is the empty one. Raises: PortFailure."""
    words = ["git", "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{tree}}"]
    code, out = git.answer(words, codes=(0, 1, 128))
    if code == 0:
        return text(out).strip()
    if not name.endswith("^1"):
        raise PortFailure("git", f"there is no commit {clean(name)} here.", "Fetch it: git fetch --tags")
    return text(git.read(["git", "hash-object", "-w", "-t", "tree", "/dev/null"])).strip()


def _commit(git: GitRunner, tree: str, parent: str = "") -> str:
    """A commit of the tree that no ref names. Raises: PortFailure."""
    above = f"parent {parent}\n" if parent else ""
    said = f"tree {tree}\n{above}author {NOBODY}\ncommitter {NOBODY}\n\nrehearsal\n"
    with tempfile.TemporaryDirectory(prefix="hotfix-") as folder:
        path = Path(folder) / "commit"
        path.write_bytes(os.fsencode(said))
        words = ["git", "hash-object", "-w", "-t", "commit", "--no-filters", "--", str(path)]
        return text(git.read(words)).strip()
