"""What stands in the index and the work tree, and what a person's words name, by plumbing commands."""

from __future__ import annotations

import re
import stat
from collections.abc import Sequence
from dataclasses import replace

from hotfix_tui.adapters.git_parsing import parse_commits, text, understood
from hotfix_tui.adapters.git_repository import GitRepository
from hotfix_tui.adapters.git_trust import found_programs
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.ports import Commit, Content, Habits

SHORT = re.compile(r"[0-9a-fA-F]{4,40}")
GONE = re.compile(r"0+")
PLACES = ("refs/heads/", "refs/tags/", "refs/remotes/", "")
"""Where a name that a person types is looked for, in this order."""
UNTRACKED = 100
TOUCHING = 20
PICKED = "(cherry picked from commit {})"
"""The line that `git cherry-pick -x` writes."""


@record(frozen=True, slots=True)
class GitMaking:
    """One repository's index and work tree. It holds nothing open between calls; safe to use from any thread."""

    repository: GitRepository

    def habits(self) -> Habits:
        """How the operator's git is set here. Raises: PortFailure."""
        git = self.repository.git()
        code, out = git.answer(["git", "var", "GIT_COMMITTER_IDENT"], codes=(0, 128))
        identity = clean(out.rpartition(b">")[0] + b">", NAME) if code == 0 else ""
        known = found_programs(git.config, self.repository.places)
        return replace(
            known,
            identity=identity,
            signs_commits=git.own("commit.gpgsign") in _YES,
            signs_tags=git.own("tag.gpgsign") in _YES,
            trusted=git.trusted,
        )

    def staged(self) -> Content:
        """What the index holds otherwise than HEAD. Raises: PortFailure."""
        return _entries(self._read("diff-index", "--cached", *_RAW, self._head()))

    def index(self, paths: Sequence[str]) -> Content:
        """What the index holds at each of these paths. Raises: PortFailure."""
        found = dict.fromkeys(paths, "")
        for row in text(self._read("ls-files", "--stage", "-z", "--full-name", "--", *paths)).split("\0"):
            about, _, path = row.partition("\t")
            if path in found:
                found[path] = about.rpartition(" ")[0]
        return found

    def changed(self, paths: Sequence[str] = ()) -> Content:
        """What the work tree holds otherwise than HEAD, by the ids that staging would give. Raises: PortFailure."""
        raw = self._read("diff-index", *_RAW, self._head())
        found, before = dict(_entries(raw)), _entries(raw, old=True)
        modules = {path: entry for path, entry in found.items() if entry.startswith("160000")}
        files = [path for path in dict.fromkeys((*found, *paths)) if path not in modules]
        modes = {path: mode for path in files if (mode := self._mode(path, found.get(path, "")))}
        ids = text(self._read("hash-object", "--", *modes)).split() if modes else []
        now = _named(modes, ids)
        kept = {path: now.get(path, "") for path in files}
        # git names a file that was only touched, too, until somebody refreshes its index
        touched = {path for path, entry in kept.items() if entry == before.get(path) and path not in paths}
        return {**modules, **{path: entry for path, entry in kept.items() if path not in touched}}

    def _mode(self, path: str, entry: str) -> str:
        """The mode that git gives the file, or would give it; empty where there is none. Raises: PortFailure."""
        if path.startswith("/") or ".." in path.split("/"):
            raise PortFailure("git", f"{clean(path)} is no path inside the repository.")
        try:
            mode = (self.repository.root / path).lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except (OSError, ValueError) as error:
            raise PortFailure(
                "git", f"{clean(path)} cannot be read.", "Look at its name and rights."
            ) from error
        if stat.S_ISREG(mode):
            return entry[:6] or ("100755" if mode & stat.S_IXUSR else "100644")
        kind = "a folder; name its files" if stat.S_ISDIR(mode) else "no plain file; commit it by hand"
        raise PortFailure("git", f"{clean(path)} is {kind}.", "Look: git status")

    def untracked(self) -> tuple[str, ...]:
        """The paths that git neither tracks nor ignores. Raises: PortFailure."""
        out = text(self._read("ls-files", "--others", "--exclude-standard", "--directory", "-z"))
        return tuple(path for path in out.split("\0") if path)[:UNTRACKED]

    def difference(self, old: str, new: str) -> Content:
        """What the commit `new` holds otherwise than the commit `old`. Raises: PortFailure."""
        return _entries(self._read("diff-tree", "-r", *_RAW, old, new, "--"))

    def upstream(self, branch: str) -> str:
        """The full name of the ref that a branch of this machine follows; empty for none. Raises: PortFailure.

        It is what git's settings say, also where this clone keeps no copy of that branch, as a shallow one.
        """
        known = {setting.key: setting.value for setting in self.repository.git().config}
        remote, merge = (known.get(f"branch.{branch}.{key}", "") for key in ("remote", "merge"))
        if not remote or not merge or remote == ".":
            return merge
        return f"refs/remotes/{remote}/{merge.removeprefix('refs/heads/')}"

    def named(self, word: str) -> str:
        """The commit that a person's word names; empty when there is none. Raises: PortFailure."""
        word = word.strip()
        for place in PLACES:
            if found := self.repository.resolve(f"{place}{word}"):
                return found
        if not SHORT.fullmatch(word):
            return ""
        words = ("--verify", "--quiet", "--end-of-options", f"{word}^{{commit}}")
        git = self.repository.git()
        return text(git.read(["git", "rev-parse", *words], codes=(0, 1, 128))).strip()

    def picked(self, head: str, commit: str) -> str:
        """The commit of `head` that holds the change of `commit`; empty when none does. Raises: PortFailure."""
        fork = self.fork(head, commit)
        if fork == commit:
            return commit
        since = (f"^{fork}",) if fork else ()
        line = ("--fixed-strings", f"--grep={PICKED.format(commit)}")
        by_line = text(self._read("rev-list", "--max-count=1", *line, head, *since, "--")).strip()
        if by_line:
            return by_line
        said = text(self._read("cherry", head, commit, f"{commit}^"))
        return head if said.startswith("- ") else ""

    def fork(self, one: str, other: str) -> str:
        """The newest commit that both have; empty when they have none. Raises: PortFailure."""
        git = self.repository.git()
        return text(git.read(["git", "merge-base", one, other], codes=(0, 1))).strip()

    def touching(self, base: str, head: str, paths: Sequence[str]) -> tuple[Commit, ...]:
        """The commits in `head`, not in `base`, that changed these paths, oldest first. Raises: PortFailure."""
        if not paths:
            return ()
        shape = ("-z", "--format=tformat:%H%x00%s%x00%an%x00%ct", "--no-show-signature", "--no-ext-diff")
        ends = (f"--max-count={TOUCHING}", "--no-merges", head, f"^{base}", "--", *paths)
        return parse_commits(self._read("log", *shape, *ends))[::-1]

    def tags_at(self, commit: str) -> tuple[str, ...]:
        """The tags that name this very commit. Raises: PortFailure."""
        out = self._read("for-each-ref", f"--points-at={commit}", "--format=%(refname)", "refs/tags")
        return tuple(line.removeprefix("refs/tags/") for line in text(out).splitlines())

    def described(self, commit: str) -> str:
        """The nearest tag at or before the commit; empty when there is none. Raises: PortFailure."""
        argv = ["git", "describe", "--tags", "--abbrev=0", commit]
        return text(self.repository.git().read(argv, codes=(0, 128))).rstrip("\n")

    def _head(self) -> str:
        """HEAD's commit; the empty tree where there is none yet."""
        return (
            self.repository.resolve("HEAD")
            or text(self._read("hash-object", "-t", "tree", "/dev/null")).strip()
        )

    def _read(self, *words: str) -> bytes:
        return self.repository.git().read(["git", *words])


_RAW = ("--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--ignore-submodules=dirty")
_YES = frozenset({"true", "yes", "on", "1"})


@understood
def _entries(raw: bytes, *, old: bool = False) -> Content:
    """The new, or the old, side of what `--raw -z` prints: ":mode mode id id status", NUL, path, NUL."""
    parts, found = text(raw).split("\0"), {}
    for about, path in zip(parts[0::2], parts[1::2], strict=False):
        old_mode, new_mode, old_oid, new_oid, _ = about.lstrip(":").split(" ")
        mode, oid = (old_mode, old_oid) if old else (new_mode, new_oid)
        found[path] = "" if GONE.fullmatch(mode) else f"{mode} {oid}"
    return found


@understood
def _named(modes: Content, ids: Sequence[str]) -> Content:
    """Each path's mode with the id of its bytes."""
    return {path: f"{mode} {oid}" for (path, mode), oid in zip(modes.items(), ids, strict=True)}
