"""Makes a drill's sandbox: a repository with a history and its bare remote, in a folder of their own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from hotfix_tui.adapters.git_environment import GitSettings, environment
from hotfix_tui.adapters.git_python import git_python
from hotfix_tui.adapters.sandbox_history import FIX_SUBJECT, HISTORY, LATEST, PEOPLE, Revision
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import clean
from hotfix_tui.service.drills import Sandbox
from hotfix_tui.service.logs import DRILL_LOG

REPOSITORY, REMOTE = "keyhole", "origin.git"
IDENTITY = (("user.name", "Drill"), ("user.email", "drill@keyhole.example"))
RULES = (
    *IDENTITY,
    ("commit.gpgSign", "false"),
    ("tag.gpgSign", "false"),
    ("core.hooksPath", "/dev/null"),
    ("protocol.allow", "never"),
    ("protocol.file.allow", "always"),
)
"""The repository's own settings: practice needs no key, runs no hook and reaches nothing but its own remote."""


def make_repository(folder: Path, now: datetime) -> Sandbox:
    """A new repository and its remote in `folder`, which is there and empty, its last commit an hour before `now`.

    Raises: PortFailure when git is missing or says no.
    """
    if shutil.which("git") is None:
        raise PortFailure("Drill", "git is not on the PATH.", "Install git 2.31 or newer.")
    root, remote = folder / REPOSITORY, folder / REMOTE
    _git(folder, "init", "--quiet", "--template=", "--bare", "--initial-branch=main", str(remote))
    _git(folder, "init", "--quiet", "--template=", "--initial-branch=main", str(root))
    with tempfile.TemporaryFile(dir=folder) as stream:
        stream.write(b"".join(_stream(HISTORY, now)))
        stream.seek(0)
        _git(root, "fast-import", "--quiet", stdin=stream.fileno())
    with (root / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write(_config((*RULES, *_origin(remote))))
    _git(root, "push", "--quiet", "origin", "main", "--tags")
    _git(root, "reset", "--quiet", "--hard", "main")
    fix = _git(root, "log", "-1", "--format=%H", "--fixed-strings", f"--grep={FIX_SUBJECT}", "main")
    return Sandbox(
        root=root, remote=remote, log=folder / DRILL_LOG, base=LATEST, fix=fix, fix_subject=FIX_SUBJECT
    )


def _origin(remote: Path) -> tuple[tuple[str, str], ...]:
    return (
        ("remote.origin.url", str(remote)),
        ("remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"),
        ("branch.main.remote", "origin"),
        ("branch.main.merge", "refs/heads/main"),
    )


def _config(entries: Iterable[tuple[str, str]]) -> str:
    """The entries as git writes them in a file."""
    lines = []
    for key, value in entries:
        section, _, rest = key.partition(".")
        middle, _, name = rest.rpartition(".")
        head = f'[{section} "{middle}"]' if middle else f"[{section}]"
        quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        lines.append(f'{head}\n\t{name} = "{quoted}"\n')
    return "".join(lines)


def _stream(history: tuple[Revision, ...], now: datetime) -> Iterable[bytes]:
    """The history as `git fast-import` reads it: one process makes all of it."""
    for mark, revision in enumerate(history, start=1):
        who = PEOPLE[revision.author]
        when = f"{int((now - timedelta(hours=revision.age)).timestamp())} +0000"
        message = revision.subject + (f"\n\n{revision.body}" if revision.body else "") + "\n"
        yield f"commit refs/heads/main\nmark :{mark}\ncommitter {who} {when}\n".encode() + _data(message)
        for name, text in sorted(revision.files.items()):
            yield f"M 100644 inline {name}\n".encode() + _data(text)
        if revision.tag:
            yield f"tag {revision.tag}\nfrom :{mark}\ntagger {who} {when}\n".encode()
            yield _data(f"Release {revision.tag}\n")


def _data(text: str) -> bytes:
    raw = text.encode()
    return b"data %d\n%s\n" % (len(raw), raw)


def _git(folder: Path, *words: str, stdin: int | None = None) -> str:
    """What git prints; it sees neither the operator's settings nor their keys. Raises: PortFailure."""
    git, failed = git_python()
    given, hidden = environment(GitSettings(), (), os.environ)
    given |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    unset = [word for name in hidden for word in ("-u", name)]
    command = ["env", *unset, "--", "git", *words] if unset else ["git", *words]
    run: Callable[..., object] = git(str(folder)).execute
    try:
        return str(run(command, env=given, istream=stdin, shell=False, kill_after_timeout=20))
    except (failed, OSError) as error:
        said = clean(str(getattr(error, "stderr", "") or error), 300)
        raise PortFailure("Drill", f"the sandbox cannot be made: {said}.", "See: hotfix doctor") from error
