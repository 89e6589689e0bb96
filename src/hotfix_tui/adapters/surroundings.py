"""Looks at what a push will need: git, the repository, its remote, an ssh key. Changes nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.service.health import Finding


def examine_git(folder: Path) -> Iterator[Finding]:
    """Git, the repository around `folder`, and whether it has a remote."""
    git = shutil.which("git")
    if git is None:
        yield Finding(
            "warn", "git", "is not on the PATH: branches cannot be made", "Install git 2.31 or newer."
        )
        return
    yield Finding("ok", "git", f"{asked('git', '--version') or 'does not answer'} ({git})")
    from hotfix_tui.adapters.git_repository import find_repository

    try:
        repository = find_repository(folder)
        status = repository.status()
    except PortFailure as error:
        yield Finding("warn", "repository", error.message, error.hint)
        return
    where = status.branch or "detached"
    yield Finding(
        "ok", "repository", f"{repository.root} ({where}, {'clean' if status.clean else 'not clean'})"
    )
    remotes = repository.remotes()
    if remotes:
        yield Finding("ok", "remote", ", ".join(remotes))
    else:
        yield Finding("warn", "remote", "the repository has none: nothing can be pushed")


SSH = re.compile(r"ssh://|git\+ssh://|(?!\w+://)[^/:]+:(?!//)", re.IGNORECASE)
"""How an address begins that is reached over ssh: by its scheme, or as `host:path`."""


def _goes_over_ssh(folder: Path) -> bool:
    """Whether a remote of the repository around `folder` may be reached over ssh."""
    from hotfix_tui.adapters.git_repository import find_repository

    try:
        settings = find_repository(folder).git().config
    except PortFailure:
        return False
    rewritten = any(one.key.startswith("url.") for one in settings)
    ours = [one.value for one in settings if re.fullmatch(r"remote\..+\.(push)?url", one.key, re.DOTALL)]
    return bool(ours) and (rewritten or any(SSH.match(address) for address in ours))


def examine_ssh(folder: Path) -> Iterator[Finding]:
    """Whether an agent holds a key, where a remote needs one."""
    if not _goes_over_ssh(folder):
        return
    socket = os.environ.get("SSH_AUTH_SOCK", "")
    if not socket or not Path(socket).exists():
        yield Finding(
            "warn",
            "ssh",
            "no agent: a push over ssh would ask for a passphrase",
            "eval $(ssh-agent); ssh-add",
        )
    elif shutil.which("ssh-add") and not asked("ssh-add", "-l"):
        yield Finding("warn", "ssh", "the agent holds no key", "ssh-add")
    else:
        yield Finding("ok", "ssh", "the agent holds a key")


def asked(*argv: str) -> str:
    """The command's first line; empty when it fails, is missing, or takes longer than three seconds."""
    try:
        done = subprocess.run(
            argv,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=3,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip().partition("\n")[0] if done.returncode == 0 else ""
