"""What git's error messages mean, in one sentence each, with what to do."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import LINE, clean

LOCKED = re.compile(r"Unable to create '(?P<path>.+?\.lock)': File exists")

MEANINGS: tuple[tuple[str, str, str], ...] = (
    (
        r"dubious ownership in repository at '(?P<path>.+?)'",
        "This repository belongs to another user, and git does not trust it.",
        "If you do: git config --global --add safe.directory {path}",
    ),
    (
        r"cannot use bare repository",
        "This is a bare repository, without files to work on.",
        "Go into a clone of it: git clone {folder}",
    ),
    (
        r"not a git repository",
        "{folder} is not in a git repository.",
        "Go into your project's folder, or start with --repo FOLDER.",
    ),
    (
        r"could not read Username|Authentication failed|terminal prompts disabled|could not read Password",
        "The remote asks for a name and password, and nobody is asked here.",
        "Store them once outside: git fetch (or use an ssh remote)",
    ),
    (
        r"Permission denied \(|Host key verification failed",
        "The remote did not accept this machine's ssh key, or its host key is unknown.",
        "Try once outside: git ls-remote",
    ),
    (
        r"transport '(?P<path>[^']*)' not allowed",
        "The remote's address uses “{path}”, which is not allowed here.",
        "Use an https or ssh address: git remote -v",
    ),
    (
        r"uses plaintext credentials",
        "The remote's address holds a password, which git would show to others.",
        "Take it out: git remote set-url",
    ),
    (
        r"Could not resolve host|Name or service not known|Temporary failure in name resolution",
        "The remote's name cannot be found; is the network up?",
        "Try again, or work on without the remote.",
    ),
    (
        r"Operation too slow|timed out|Timeout|Less than \d+ bytes",
        "The remote does not answer.",
        "Try again, or work on without the remote.",
    ),
    (
        r"gpg failed to sign|failed to sign the (?:data|buffer)|No secret key|failed to write commit object",
        "It could not be signed here, where nobody can type the key's passphrase.",
        "Unlock the key outside once (sign anything), or run this command in your own shell.",
    ),
    (
        r"\[rejected\][^\n]*(?:non-fast-forward|fetch first)|Updates were rejected because",
        "The remote has commits that are not here, so it took nothing.",
        "Look at them: git fetch, git log HEAD..@{{upstream}}; then merge them, or choose another branch. Nothing is forced.",
    ),
    (
        r"\[rejected\][^\n]*already exists",
        "The remote has this tag already, at another commit.",
        "A published tag stays: choose the next version.",
    ),
    (
        r"protected branch|GH006|GH013|not allowed to push|push declined|You are not allowed",
        "The remote protects this branch or tag and took nothing.",
        "Push another branch and open a pull request, or ask who may push.",
    ),
    (
        r"pre-receive hook declined|hook declined|\[remote rejected\]",
        "The remote refused it; its words stand above.",
        "Do what it says, and go on.",
    ),
    (
        r"Please tell me who you are|empty ident name|unable to auto-detect email",
        "Git does not know who you are.",
        "git config --global user.name NAME; git config --global user.email ADDRESS",
    ),
    (
        r"Connection reset|Recv failure|Connection refused|[Ff]ailed to connect|early EOF|Empty reply|hung up",
        "The connection to the remote broke.",
        "Try again, or work on without the remote.",
    ),
    (
        r"does not appear to be a git repository|Could not read from remote|repository '.*' not found",
        "The remote repository cannot be read.",
        "Look at its address: git remote -v",
    ),
)
"""What git says, what it means and what to do; the first that matches counts."""


def explain(argv: Sequence[str], code: int, output: str, folder: Path) -> PortFailure:
    """The failure as one sentence with a hint; git's own last words when nothing better is known."""
    title = " ".join(argv[:2])
    if known := meaning(output, folder):
        return PortFailure(title, *known)
    lines = [line for line in output.splitlines() if line.strip()]
    last = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1] if lines else "")
    said = clean(last.removeprefix("fatal: ").removeprefix("error: "), LINE)
    return PortFailure(title, said or f"it ended with exit code {code} and said nothing.")


def meaning(output: str, folder: Path) -> tuple[str, str] | None:
    """What these words of git mean and what to do, a sentence each; None when nothing better than they is known."""
    for pattern, message, hint in MEANINGS:
        found = re.search(pattern, output)
        if found:
            names = {"path": found.groupdict().get("path", ""), "folder": str(folder)}
            return clean(message.format(**names)), clean(hint.format(**names))
    return None


def too_slow(argv: Sequence[str], seconds: float, last: str) -> PortFailure:
    """The failure of a command that was ended because its time was over."""
    said = f" Its last words: {clean(last)}" if last else ""
    return PortFailure(
        " ".join(argv[:2]), f"it did not end within {seconds:g} s and was stopped.{said}", "Try it again."
    )


def locked(argv: Sequence[str], path: str) -> PortFailure:
    """The failure of a command that found another git's lock, which is never removed for anybody."""
    try:
        # The age of a file is a fact of this machine, not a moment of the incident: no injected clock here.
        age = f", {max(0, round(time.time() - Path(path).stat().st_mtime))} s old,"
    except OSError:
        age = ""
    name = clean(path)
    return PortFailure(
        " ".join(argv[:2]),
        f"another git holds the lock {name}{age} so nothing was changed.",
        f"Wait for it to end; if no git is running: rm {name}",
    )


def stranger(argv: Sequence[str], key: str) -> PortFailure:
    """The refusal to start a program that the repository's own settings name."""
    name = clean(key)
    return PortFailure(
        " ".join(argv[:2]),
        f"the repository's own settings name a program for the remote ({name}), which is not started here.",
        f"If it is yours, set it for all your repositories: git config --global {name}",
    )
