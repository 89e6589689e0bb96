"""Git repositories, by the git of this machine through GitPython: explicit commands, one short-lived object each."""

from __future__ import annotations

import re
import shutil
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from pathlib import Path

from hotfix_tui.adapters.git_environment import GitSettings, Setting
from hotfix_tui.adapters.git_errors import LOCKED, explain, locked, meaning, too_slow
from hotfix_tui.adapters.git_parsing import (
    Places,
    fetched_at,
    parse_commits,
    parse_count,
    parse_numstat,
    parse_refs,
    parse_status,
    pending,
    text,
)
from hotfix_tui.adapters.git_runner import GitRunner
from hotfix_tui.adapters.git_trust import found_programs
from hotfix_tui.adapters.processes import Ended, Limits, Lines
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import clean
from hotfix_tui.ports import Changes, Commit, Finished, RepositoryStatus

OLDEST = (2, 31)
"""The first git that takes its options from GIT_CONFIG_COUNT."""
KEPT_LINES = 200
LOCK_WAITS = (0.02, 0.04, 0.08, 0.16, 0.32, 0.64)
"""How long, in seconds, to wait before trying again at a lock: 1.3 s in all."""
OBJECT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
REF = re.compile(
    r"(?:(?:MERGE|CHERRY_PICK|REVERT)_)?HEAD|refs/[^\x00-\x20~^:?*\[\\\x7f]+|[0-9a-f]{40}|[0-9a-f]{64}"
)


def find_repository(folder: Path, settings: GitSettings | None = None) -> GitRepository:
    """The repository around `folder`.

    Raises: PortFailure when there is none, it is bare or not trusted, or git is missing or too old.
    """
    if shutil.which("git") is None:
        raise PortFailure("Git", "git is not on the PATH.", "Install git 2.31 or newer.")
    runner = GitRunner(folder, settings or GitSettings())
    if not folder.is_dir():
        raise PortFailure("Git", f"there is no folder {clean(str(folder))}.", "Look at --repo.")
    names = ("--is-bare-repository", "--absolute-git-dir", "--git-common-dir", "--show-toplevel")
    try:
        answer = text(runner.read(["git", "rev-parse", "--path-format=absolute", *names]))
    except PortFailure:
        _refuse_old(runner)
        raise
    bare, *folders = answer.split("\n")
    if bare not in {"true", "false"} or not all(name.startswith("/") for name in folders if name):
        raise PortFailure("Git", "it answers what no git does.", "Look which one it is: git --version")
    if bare != "false" or len(folders) < 3:
        raise explain(["git", "rev-parse"], 128, "cannot use bare repository", folder)
    git, common, root = (Path(name) for name in folders[:3])
    return GitRepository(Places(root, git, common), runner.settings)


def _refuse_old(runner: GitRunner) -> None:
    """Raises: PortFailure when this git is older than what is needed, or does not even say which one it is."""
    try:
        said = text(runner.read(["git", "--version"]))
    except PortFailure as error:
        raise PortFailure("Git", "git is there and does not work.", "Look: git --version") from error
    numbers = re.search(r"(\d+)\.(\d+)", said)
    if numbers and (int(numbers[1]), int(numbers[2])) < OLDEST:
        raise PortFailure(
            "Git", f"this is {clean(said.strip())}, which is too old.", "Install git 2.31 or newer."
        )


@record(frozen=True, slots=True)
class GitRepository:
    """One work tree. It holds no open file and no process between calls; safe to use from any thread."""

    places: Places
    settings: GitSettings = field(default_factory=GitSettings)
    seen: tuple[Setting, ...] | None = None
    """What git's own settings say, where one look is to read them once; None where each question reads them."""

    def still(self) -> GitRepository:
        """The same for one look, not to be kept: git's own settings are read now, and for this look only once."""
        return replace(self, seen=self.git().config)

    @property
    def root(self) -> Path:
        """The top of the work tree."""
        return self.places.root

    def status(self) -> RepositoryStatus:
        """Where the work tree stands now. Raises: PortFailure."""
        git = self.git()
        words = ("--porcelain=v2", "--branch", "-z", "--untracked-files=normal", "--ignore-submodules=dirty")
        status = parse_status(git.read(["git", "status", *words]), str(self.root))
        if not status.branch:  # a branch may be called “(detached)”
            status = replace(status, branch=self.head_ref().removeprefix("refs/heads/"))
        return replace(
            status,
            pending=pending(self.places.git),
            linked_worktree=self.places.git != self.places.common,
            shallow=(self.places.common / "shallow").exists(),
            fetched_at=fetched_at(self.places),
            pushed=self._pushed(git, status),
        )

    def _pushed(self, git: GitRunner, status: RepositoryStatus) -> bool | None:
        """Whether a remote-tracking branch of the same name holds HEAD; None when there is none."""
        if not status.head or not status.branch:
            return None
        patterns = [f"refs/remotes/{remote}/{status.branch}" for remote in self._remotes(git)]
        if not patterns:
            return None
        out = git.read(["git", "for-each-ref", "--format=%(objectname) %(refname)", *patterns])
        heads = [line.partition(" ") for line in text(out).splitlines()]
        oids = [oid for oid, _, ref in heads if ref in patterns]
        return any(self._holds(git, status.head, oid) for oid in oids) if oids else None

    def _holds(self, git: GitRunner, commit: str, head: str) -> bool:
        if commit == head:
            return True
        found = git.read(["git", "rev-list", "--max-count=1", commit, f"^{head}", "--"])
        return not found.strip()

    def tags(self) -> tuple[str, ...]:
        """The short names of all tags. Raises: PortFailure."""
        out = self.git().read(["git", "for-each-ref", "--format=%(refname)", "refs/tags"])
        return tuple(line.removeprefix("refs/tags/") for line in text(out).splitlines())

    def resolve(self, ref: str) -> str:
        """The commit that a full ref name, HEAD, MERGE_HEAD and its like or an object id names; empty for none."""
        if not REF.fullmatch(ref) or "@{" in ref or ".." in ref:
            return ""
        words = ("--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        return text(self.git().read(["git", "rev-parse", *words], codes=(0, 1, 128))).strip()

    def head_ref(self) -> str:
        """The full ref name that HEAD stands for; empty when it is detached. Raises: PortFailure."""
        return text(self.git().read(["git", "symbolic-ref", "--quiet", "HEAD"], codes=(0, 1))).rstrip("\n")

    def default_branch(self, remote: str) -> str:
        """The branch that the remote had as its own when this was cloned; empty where nobody knows."""
        there = f"refs/remotes/{remote}/"
        out = self.git().read(["git", "symbolic-ref", "--quiet", f"{there}HEAD"], codes=(0, 1, 128))
        named = text(out).rstrip("\n")
        return named.removeprefix(there) if named.startswith(there) else ""

    def valid_branch(self, name: str) -> bool:
        """Whether git would accept this branch name, and it cannot be taken for something else."""
        if not name or name.startswith("-") or "\0" in name or REF.fullmatch(name):
            return False
        if clean(name) != name:
            return False
        # It prints nothing when it is content, so its exit code is what is asked for.
        ended = self.git().start(
            ["git", "check-ref-format", f"refs/heads/{name}"], Limits(self.settings.read), lambda *_: None
        )
        return ended == Ended(0)

    def remotes(self) -> tuple[str, ...]:
        """The names of the remotes. Raises: PortFailure."""
        return self._remotes(self.git())

    @staticmethod
    def _remotes(git: GitRunner) -> tuple[str, ...]:
        keys = (re.fullmatch(r"remote\.(.+)\.url", setting.key, re.DOTALL) for setting in git.config)
        return tuple(dict.fromkeys(found[1] for found in keys if found))

    def remote_refs(self, remote: str, pattern: str) -> dict[str, str]:
        """Full ref name to object id, as the remote itself says now. Raises: PortFailure."""
        if remote not in self.remotes():
            raise PortFailure(
                "git ls-remote", f"there is no remote “{clean(remote)}”.", "Look: git remote -v"
            )
        argv = ["git", "ls-remote", "--refs", "--end-of-options", remote, pattern]
        return parse_refs(self.git().read(argv, seconds=self.settings.network))

    def commits(self, base: str, head: str, limit: int = 20) -> tuple[Commit, ...]:
        """The commits in `head` and not in `base`, newest first, at most `limit`. Raises: PortFailure."""
        old, new = self._ends(base, head)
        shape = ("-z", "--format=tformat:%H%x00%s%x00%an%x00%ct", "--no-show-signature", "--no-ext-diff")
        argv = ["git", "log", *shape, f"--max-count={limit}", new, f"^{old}", "--"]
        return parse_commits(self.git().read(argv))

    def count(self, base: str, head: str) -> int:
        """How many commits are in `head` and not in `base`. Raises: PortFailure."""
        old, new = self._ends(base, head)
        return parse_count(self.git().read(["git", "rev-list", "--count", new, f"^{old}", "--"]))

    def changes(self, base: str, head: str) -> Changes:
        """The files that `head` changed since it left `base`. Raises: PortFailure."""
        old, new = self._ends(base, head)
        argv = ["git", "diff", "--numstat", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"]
        ends = [f"{old}...{new}", "--"]
        every = parse_numstat(self.git().read([*argv, *ends]))
        real = parse_numstat(self.git().read([*argv, "--ignore-all-space", "--ignore-blank-lines", *ends]))
        formatting = tuple(path for path, lines in every.items() if lines and not real.get(path))
        return Changes(tuple(every), formatting, sum(every.values()), self._renamed(old, new, len(every)))

    def _renamed(self, old: str, new: str, files: int) -> tuple[str, ...]:
        """The new names of renamed files; of fewer than two files none was renamed."""
        if files < 2:
            return ()
        shape = ("--name-status", "-z", "--find-renames", "--diff-filter=R", "--no-ext-diff")
        rows = self.git().read(["git", "diff", *shape, f"{old}...{new}", "--"])
        return tuple(rows.decode("utf-8", "replace").split("\0")[2::3])

    def _ends(self, base: str, head: str) -> tuple[str, str]:
        """The commits of both. Raises: PortFailure when there is none behind one of them."""
        old, new = (name if OBJECT.fullmatch(name) else self.resolve(name) for name in (base, head))
        if not old or not new:
            raise PortFailure("git log", f"there is no commit {clean(head if old else base)}.")
        return old, new

    def run(
        self,
        argv: Sequence[str],
        on_line: Callable[[str], None] = lambda line: None,
        cancelled: Callable[[], bool] = lambda: False,
        timeout: float = 60.0,
    ) -> Finished:
        """Run a git command of a plan; cancelled answers -15 as its code.

        Raises: PortFailure when it cannot start, another git holds a lock, or `timeout` seconds have passed.
        """
        if not argv or argv[0] != "git":
            raise PortFailure("Git", "only git commands run here.")
        git = replace(self, seen=None).git()  # a plan's command counts on nothing that was read before
        git = replace(git, may="hooks") if git.trusted else git
        for wait in (*LOCK_WAITS, 0.0):
            lines: deque[str] = deque(maxlen=KEPT_LINES)
            ended = self._follow(git, argv, Limits(timeout, cancelled=cancelled), lines, on_line)
            if ended.why == "timeout":
                raise too_slow(argv, timeout, lines[-1] if lines else "", git.place(argv))
            held = LOCKED.search("\n".join(lines)) if ended.code else None
            if held is None or ended.why:
                if ended.code and not ended.why:
                    self._explain(lines, on_line, git.place(argv))
                return Finished(-15 if ended.why else ended.code, tuple(lines))
            if not wait:
                raise locked(argv, held["path"], self.root)
            time.sleep(wait)
        raise AssertionError("the last wait is zero")

    def _explain(self, lines: deque[str], on_line: Callable[[str], None], place: str) -> None:
        """What a failure's words mean becomes its last line."""
        known = meaning("\n".join(lines), self.root, place)
        if known:
            lines.append(" ".join(known))
            on_line(lines[-1])

    @staticmethod
    def _follow(
        git: GitRunner, argv: Sequence[str], limits: Limits, lines: deque[str], on_line: Callable[[str], None]
    ) -> Ended:
        def take(line: str) -> None:
            lines.append(line)
            on_line(line)

        cut = Lines(take)
        ended = git.start(argv, limits, cut.feed)
        cut.flush()
        return ended

    def git(self) -> GitRunner:
        """Runs git here; what the repository itself names is taken out unless it is trusted. Raises: PortFailure."""
        runner = GitRunner(self.root, self.settings)
        runner = runner.trusting_nothing() if self.seen is None else replace(runner, config=self.seen)
        trusts = self.settings.trusts
        if trusts is not None and trusts(found_programs(runner.config, self.places).digest):
            return replace(runner, may="programs")
        return runner
