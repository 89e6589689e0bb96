"""What kind of terminal this is, and the surroundings Textual must find before it is imported. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping

from hotfix_tui.domain.record import record

_STRAY = ("TEXTUAL_DRIVER", "TEXTUAL_PRESS", "TEXTUAL_SCREENSHOT", "TEXTUAL_DEBUG", "TEXTUAL_LOG")
"""Settings of Textual's that would run keys or write files on somebody else's behalf."""


@record(frozen=True, slots=True)
class Terminal:
    """What the terminal can show."""

    ascii: bool = False
    no_color: bool = False
    ssh: bool = False
    tmux: bool = False


def terminal(environ: Mapping[str, str], *, ascii: bool = False, no_color: bool = False) -> Terminal:
    """The terminal that the environment describes; the flags of the command line come on top."""
    term = environ.get("TERM", "")
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    utf8 = "utf-8" in locale.lower() or "utf8" in locale.lower()
    return Terminal(
        ascii=ascii
        or environ.get("HOTFIX_ASCII", "") not in ("", "0")
        or term.startswith(("linux", "dumb", "vt"))
        or not utf8,
        no_color=no_color
        or bool(environ.get("NO_COLOR"))
        or environ.get("HOTFIX_NO_COLOR", "") not in ("", "0"),
        ssh="SSH_CONNECTION" in environ,
        tmux=bool(environ.get("TMUX")),
    )


def unusable(environ: Mapping[str, str], *, stdin_tty: bool, stderr_tty: bool) -> str:
    """Why no full-screen console can be shown here, as a sentence; empty when it can."""
    if not stdin_tty or not stderr_tty:
        return "The console needs a terminal for input and output; here is none. Try: hotfix status"
    if environ.get("TERM", "") in ("", "dumb", "unknown"):
        return "This terminal (TERM is dumb or unset) cannot show a full screen. Try: hotfix status"
    return ""


def prepare(environ: MutableMapping[str, str], found: Terminal) -> None:
    """Set what Textual reads while it is imported: quiet drawing, no strangers' settings."""
    for name in [name for name in environ if name.startswith(_STRAY)]:
        del environ[name]
    if environ.get("NO_COLOR") == "":
        del environ["NO_COLOR"]
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    environ["TEXTUAL_SMOOTH_SCROLL"] = "0"
    if found.ssh:
        environ.setdefault("TEXTUAL_FPS", "15")
