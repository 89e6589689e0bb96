"""The surroundings in which every git command runs: nothing asks, nothing pages, no stranger's program starts.

Options travel as GIT_CONFIG_* variables and not as `-c key=value`: a hostile section name may hold a "=", and
`-c` would then set another key than the one that is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from hotfix_tui.domain.record import record

KEPT = re.compile(
    r"GIT_(SSL_CAINFO|SSL_CAPATH|AUTHOR_\w+|COMMITTER_\w+|CEILING_DIRECTORIES"
    r"|CONFIG_NOSYSTEM|CONFIG_GLOBAL|CONFIG_SYSTEM|PYTHON_\w+)"
)
"""Variables of the operator's own that git still sees; every other GIT_* could point it somewhere else."""

SSH = "-oBatchMode=yes -oConnectTimeout=10 -oServerAliveInterval=5 -oServerAliveCountMax=3"

FIXED = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "SSH_ASKPASS_REQUIRE": "never",
    "GCM_INTERACTIVE": "never",
    "GIT_PAGER": "cat",
    "PAGER": "cat",
    "GIT_EDITOR": "true",
    "EDITOR": "true",
    "VISUAL": "true",
    "GIT_SEQUENCE_EDITOR": "true",
    "GIT_MERGE_AUTOEDIT": "no",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_PROTOCOL_FROM_USER": "0",
    "GIT_ADVICE": "0",
    "TERM": "dumb",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "",
}

OPTIONS = (
    ("core.fsmonitor", "false"),
    ("core.hooksPath", "/dev/null"),
    ("core.pager", "cat"),
    ("core.attributesFile", "/dev/null"),
    ("core.quotePath", "false"),
    ("core.alternateRefsCommand", "true"),
    ("core.gitProxy", ""),
    ("diff.external", ""),
    ("log.showSignature", "false"),
    ("commit.gpgSign", "false"),
    ("tag.gpgSign", "false"),
    ("push.gpgSign", "false"),
    ("safe.bareRepository", "explicit"),
    ("submodule.recurse", "false"),
    ("fetch.recurseSubmodules", "false"),
    ("push.recurseSubmodules", "no"),
    ("fetch.fsckObjects", "true"),
    ("transfer.credentialsInUrl", "die"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("advice.detachedHead", "false"),
)
"""RELIABILITY.md D.1; signing is asked for by its own step, and hooks run only where the operator trusts them."""

PROGRAMS = (
    (re.compile(r"filter\..+\.required", re.DOTALL), "false"),
    (re.compile(r"filter\..+\.(clean|smudge|process)", re.DOTALL), ""),
    (re.compile(r"merge\..+\.driver", re.DOTALL), "false"),
    (re.compile(r"diff\..+\.(command|textconv)", re.DOTALL), ""),
    (re.compile(r"credential\.(.+\.)?helper", re.DOTALL), ""),
    (re.compile(r"gpg\.(.+\.)?program", re.DOTALL), "gpg"),
    (re.compile(r"gpg\.ssh\.defaultkeycommand"), "true"),
    (re.compile(r"hook\..+\.command", re.DOTALL), "true"),
    (re.compile(r"core\.(sshcommand|askpass|editor)|sequence\.editor"), ""),
    (re.compile(r"trailer\..+\.(command|cmd)", re.DOTALL), "true"),
)
"""Settings that name a program, and what stands for them when only the repository itself sets them (§3.1)."""

REMOTE_PROGRAMS = re.compile(r"remote\..+\.(uploadpack|receivepack|vcs)", re.DOTALL)
"""Of these git takes the first value and not the last, so that nothing can stand for them."""
NETWORK = {"fetch", "pull", "push", "ls-remote", "remote", "clone", "submodule"}

TRUSTED = {"system", "global"}
"""The scopes that the operator owns; a repository's own settings may come from anybody."""


@record(frozen=True, slots=True)
class GitSettings:
    """How long git may take, in seconds, and how it may reach a remote."""

    read: float = 10.0
    network: float = 20.0
    """How long a remote may take to say which refs it has."""
    stall: float = 15.0
    """How long a transfer may make no progress."""
    protocols: str = "https:ssh:file"
    """`file` too: a remote on this machine runs no other program than git (unlike `ext`), and drills need it."""
    output: int = 8_000_000
    """The most that a reading command may write, in bytes."""
    trusts: Callable[[str], bool] | None = None
    """Whether the operator trusts the hooks and programs of a repository, by their hash; None for never."""


@record(frozen=True, slots=True)
class Setting:
    """One entry of git's configuration."""

    scope: str
    key: str
    value: str


Trusted = Literal["nothing", "programs", "hooks"]
"""What of the repository's own may run: nothing; the programs that its settings name; its hooks as well."""


def environment(
    settings: GitSettings,
    config: Iterable[Setting],
    environ: Mapping[str, str],
    trusted: Trusted = "nothing",
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The variables to set for git, and the names of those it must not see."""
    known = tuple(config)
    fixed = [option for option in OPTIONS if trusted != "hooks" or option[0] != "core.hooksPath"]
    options = [*fixed, *_network(settings), *(() if trusted != "nothing" else _neutral(known))]
    given = dict(FIXED)
    given["GIT_ALLOW_PROTOCOL"] = settings.protocols
    given["GIT_SSH_COMMAND"] = _ssh(known, environ, TRUSTED if trusted == "nothing" else None)
    given["GIT_CONFIG_COUNT"] = str(len(options))
    for number, (key, value) in enumerate(options):
        given[f"GIT_CONFIG_KEY_{number}"] = key
        given[f"GIT_CONFIG_VALUE_{number}"] = value
    dropped = (name for name in environ if name.startswith("GIT_") and not KEPT.fullmatch(name))
    hidden = (*dropped, *(name for name in ("GPG_TTY",) if name in environ))
    return given, tuple(sorted(name for name in hidden if name not in given))


def names_program(key: str) -> bool:
    """Whether this setting names something that would run if the repository were trusted."""
    folded = _folded(key)
    named = any(pattern.fullmatch(folded) for pattern, _ in PROGRAMS)
    return named or folded == "core.hookspath" or bool(REMOTE_PROGRAMS.fullmatch(folded))


def strange_remote(argv: Sequence[str], config: Iterable[Setting]) -> str:
    """The setting by which the repository itself names a program that this command would start; empty for none."""
    if not NETWORK.intersection(argv[1:2]):
        return ""
    known = [s for s in config if REMOTE_PROGRAMS.fullmatch(_folded(s.key))]
    trusted = {s.key for s in known if s.scope in TRUSTED}
    return next((s.key for s in known if s.key not in trusted), "")


def _network(settings: GitSettings) -> tuple[tuple[str, str], ...]:
    stall = str(max(1, round(settings.stall)))
    return (("http.lowSpeedLimit", "1000"), ("http.lowSpeedTime", stall))


def _neutral(config: tuple[Setting, ...]) -> list[tuple[str, str]]:
    """For each program that the repository names: what the operator set instead, else nothing that runs."""
    found: list[tuple[str, str]] = []
    for key in dict.fromkeys(setting.key for setting in config if setting.scope not in TRUSTED):
        folded = _folded(key)
        harmless = next((value for pattern, value in PROGRAMS if pattern.fullmatch(folded)), None)
        if harmless is None:
            continue
        own = [s.value for s in config if s.key == key and s.scope in TRUSTED]
        found.append((key, harmless))
        found += [(key, value) for value in own]
    return found


def _folded(key: str) -> str:
    """The key with its first and last part in lower case; git compares those without case."""
    first, _, rest = key.partition(".")
    middle, dot, last = rest.rpartition(".")
    return f"{first.lower()}.{middle}{dot}{last.lower()}"


def _ssh(config: tuple[Setting, ...], environ: Mapping[str, str], scopes: set[str] | None) -> str:
    """The ssh command of these scopes, told not to ask and not to wait for ever; None for all of them."""
    own = [s.value for s in config if s.key == "core.sshcommand" and (scopes is None or s.scope in scopes)]
    command = environ.get("GIT_SSH_COMMAND") or (own[-1] if own else "ssh")
    is_openssh = command.split(maxsplit=1)[:1] and command.split()[0].rpartition("/")[2] == "ssh"
    return f"{command} {SSH}" if is_openssh else command
