"""The exit codes, and which error has which."""

from __future__ import annotations

from hotfix_tui.domain.errors import HotfixError, PortFailure, Refused

OK, FAILED, USAGE, NO_INCIDENT, CREDENTIALS, REFUSED, OVER_LIMIT, COMMAND = range(8)
INTERRUPTED, TERMINATED = 130, 143

EXIT_CODES: dict[int, str] = {
    OK: "it was done",
    FAILED: "it failed: the sentence on standard error says what and why",
    USAGE: "the command was not understood: a word, an option, an item or a time is wrong",
    NO_INCIDENT: "there is no such incident, none is open here, or several are and none was named",
    CREDENTIALS: "the remote wants a name, a password or a key, and nobody is asked here",
    REFUSED: "a rule said no: a reason is missing, a plan is blocked, the incident is closed, or --read-only",
    OVER_LIMIT: "`status --check`: a limit has passed",
    COMMAND: "git, or a command that was run, failed",
    INTERRUPTED: "ctrl+c",
    TERMINATED: "ended by a signal (143 terminated, 129 hung up)",
}
"""Every exit code in words: `hotfix help exit-codes` and docs/commands.md use this table."""

_CREDENTIALS = ("asks for a name and password", "did not accept this machine's ssh key")


class NoIncident(Refused):
    """There is no incident to act on, or it is not clear which."""


class NotHere(NoIncident):
    """Incidents are open, and none of them is of the repository around."""


def code_of(error: HotfixError) -> int:
    """The exit code of an error that the product explains."""
    from hotfix_tui.service.incidents import NoSuchIncident

    if isinstance(error, NoIncident | NoSuchIncident):
        return NO_INCIDENT
    if isinstance(error, Refused):
        return REFUSED
    if isinstance(error, PortFailure) and error.title.lower().startswith("git"):
        return CREDENTIALS if any(words in error.message for words in _CREDENTIALS) else COMMAND
    return FAILED
