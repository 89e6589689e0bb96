"""What git's error messages mean, in one sentence each, with what to do."""

from __future__ import annotations

import pwd
import re
import shlex
import time
from collections.abc import Sequence
from pathlib import Path

from hotfix_tui.adapters.processes import working_in
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import LINE, NAME, clean

LOCKED = re.compile(r"Unable to create '(?P<path>.+?\.lock)': File exists")

MEANINGS: tuple[tuple[str, str, str], ...] = (
    (
        r"dubious ownership in repository at '(?P<path>[^\n]+)'",
        "This repository belongs to another user, and git does not trust it.",
        "If you do: git config --global --add safe.directory {quoted}",
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
        r"stale info",
        "It was moved meanwhile{at}, so it stays there.",
        "Look who did: git fetch, git log; then plan it again, or leave it.",
    ),
    (
        r"could not read Username|Authentication failed|terminal prompts disabled|could not read Password",
        "The remote{at} asks for a name and password, and nobody is asked here.",
        "Store them once outside: git fetch (or use an ssh remote)",
    ),
    (
        r"REMOTE HOST IDENTIFICATION HAS CHANGED",
        "The remote{at} shows another host key than before: another machine, or somebody between.",
        "Ask who runs it whether the key was changed; only then: ssh-keygen -R HOST",
    ),
    (
        r"Permission denied \(|Host key verification failed",
        "The remote{at} did not accept this machine's ssh key, or its host key is unknown.",
        "Try once outside: git ls-remote",
    ),
    (
        r"SSL certificate problem|certificate verif|SSL peer certificate|gnutls_handshake|SSL_connect|SSL routines",
        "The remote{at} cannot be trusted: its TLS certificate or handshake is wrong.",
        "Look at the date of this machine, at a proxy between, and at http.sslCAInfo; it is not switched off here.",
    ),
    (
        r"returned error: (?P<status>[45]\d\d)",
        "The remote{at} answers with error {status}.",
        "Look whether it is down (5xx), or whether you may (401, 403, 404).",
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
        "The remote's name cannot be found{at}; is the network up?",
        "Try again, or work on without the remote.",
    ),
    (
        r"Operation too slow|timed out|Timeout|Less than \d+ bytes",
        "The remote{at} does not answer.",
        "Try again, or work on without the remote.",
    ),
    (
        r"gpg failed to sign|incorrect passphrase supplied|Couldn't sign message|failed to sign the (?:data|buffer)|No secret key|failed to write commit object",
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
        r"Connection reset|Recv failure|Connection refused|[Ff]ailed to connect|early EOF|Empty reply|hung up|Connection closed by",
        "The connection to the remote{at} broke.",
        "Try again, or work on without the remote.",
    ),
    (
        r"does not appear to be a git repository|Could not read from remote|repository '.*' not found",
        "The remote repository cannot be read{at}.",
        "Look at its address: git remote -v",
    ),
)
"""What git says, what it means and what to do; the first that matches counts."""


def explain(argv: Sequence[str], code: int, output: str, folder: Path, place: str = "") -> PortFailure:
    """The failure as one sentence with a hint; git's own last words when nothing better is known."""
    title = " ".join(argv[:2])
    if known := meaning(output, folder, place):
        return PortFailure(title, *known)
    lines = [line for line in output.splitlines() if line.strip()]
    last = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1] if lines else "")
    said = clean(last.removeprefix("fatal: ").removeprefix("error: "), LINE)
    return PortFailure(title, said or f"it ended with exit code {code} and said nothing.")


def meaning(output: str, folder: Path, place: str = "") -> tuple[str, str] | None:
    """What these words of git mean and what to do, a sentence each; None when nothing better than they is known.

    `place` is where the remote is, as `place_of` says it.
    """
    for pattern, message, hint in MEANINGS:
        found = re.search(pattern, output)
        if found:
            names = {"path": "", "status": "", "folder": str(folder), **found.groupdict()}
            names["quoted"] = shlex.quote(names["path"])
            at = f" at {place}" if place else ""
            return clean(message.format(**names, at=at)), clean(hint.format(**names))
    return None


def place_of(address: str) -> str:
    """The host of a remote's address, without the name and password that may stand before it; a folder as it is."""
    scheme, mark, rest = address.partition("://")
    if not mark:
        host, colon, _ = address.partition(":")
        is_folder = not colon or "/" in host
        return clean(address if is_folder else host.rpartition("@")[2], NAME)
    host, _, path = rest.partition("/")
    return clean(f"/{path}" if scheme == "file" else host.rpartition("@")[2], NAME)


def too_slow(argv: Sequence[str], seconds: float, last: str, place: str = "") -> PortFailure:
    """The failure of a command that was ended because its time was over."""
    said = f" Its last words: {clean(last)}" if last else ""
    at = f" ({place})" if place else ""
    return PortFailure(
        " ".join(argv[:2]), f"it did not end within {seconds:g} s{at} and was stopped.{said}", "Try it again."
    )


def locked(argv: Sequence[str], path: str, folder: Path) -> PortFailure:
    """The failure of a command that found another git's lock, which is never removed for anybody."""
    name, busy = clean(path), working_in(folder, "git")
    at_work = "Wait for it to end: git is at work here, process " + ", ".join(map(str, busy))
    return PortFailure(
        " ".join(argv[:2]),
        f"another git holds the lock {name}{_history(Path(path))} so nothing was changed.",
        at_work
        if busy
        else f"Wait for it to end; if no git is running (none is here now): rm {shlex.quote(name)}",
    )


def _history(path: Path) -> str:
    """How old a file is and whose; nothing where it is gone by now."""
    try:
        found = path.stat()
    except OSError:
        return ""
    # The age of a file is a fact of this machine, not a moment of the incident: no injected clock here.
    age = max(0, round(time.time() - found.st_mtime))
    try:
        owner = pwd.getpwuid(found.st_uid).pw_name
    except KeyError:
        owner = str(found.st_uid)
    return f", {age} s old, of {clean(owner, NAME)},"


def stranger(argv: Sequence[str], key: str) -> PortFailure:
    """The refusal to start a program that the repository's own settings name."""
    name = clean(key)
    return PortFailure(
        " ".join(argv[:2]),
        f"the repository's own settings name a program for the remote ({name}), which is not started here.",
        f"If it is yours, set it for all your repositories: git config --global {name}",
    )
