"""`hotfix doctor`: what hotfix needs, how it is, and what to do about it. It changes nothing."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator

import click

from hotfix_tui.adapters.health import examine_data
from hotfix_tui.adapters.surroundings import asked, examine_git, examine_ssh
from hotfix_tui.cli import codes
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, say
from hotfix_tui.cli.session import Session, current
from hotfix_tui.domain.errors import HotfixError
from hotfix_tui.service.health import Finding


@click.command(cls=CommandBase, name="doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def doctor_command(as_json: bool) -> int:
    """Look at everything that hotfix needs; exit with 1 when something fails. It changes nothing."""
    session = current()
    findings = [finding for look in _LOOKS for finding in look(session)]
    if as_json:
        emit(findings=[{"state": f.state, "name": f.name, "text": f.text, "hint": f.hint} for f in findings])
    else:
        for finding in findings:
            say(f"{finding.state:<4}  {finding.name:<10}  {finding.text}")
            if finding.hint:
                say(f"{'':<18}{finding.hint}")
        say("If a terminal is ever left in disorder, type: reset")
    return codes.FAILED if any(finding.state == "fail" for finding in findings) else codes.OK


def _python(session: Session) -> Iterator[Finding]:
    # An older one could not even have read this file: pip refuses it, and ./dev says so.
    yield Finding("ok", "python", f"{platform.python_version()} ({sys.executable})")


def _textual(session: Session) -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, version

    try:
        yield Finding("ok", "textual", version("textual"))
    except PackageNotFoundError:
        yield Finding("fail", "textual", "is not installed", "Install hotfix-tui again.")


def _styles(session: Session) -> Iterator[Finding]:
    from hotfix_tui._resources import styles_dir

    try:
        yield Finding("ok", "styles", str(styles_dir()))
    except FileNotFoundError as error:
        yield Finding("fail", "styles", str(error), "Install hotfix-tui again.")


def _git(session: Session) -> Iterator[Finding]:
    yield from examine_git(session.settings.repository_dir)


def _ssh(session: Session) -> Iterator[Finding]:
    yield from examine_ssh(session.settings.repository_dir)


def _data(session: Session) -> Iterator[Finding]:
    from hotfix_tui.wiring import read_playbook

    yield from examine_data(session.settings.data_dir, read_playbook)


def _config(session: Session) -> Iterator[Finding]:
    settings = session.settings
    for warning in settings.warnings:
        yield Finding("warn", "config", warning)
    if not settings.warnings:
        yield Finding("ok", "config", f"{settings.config_dir}, nothing to complain about")


def _playbooks(session: Session) -> Iterator[Finding]:
    from hotfix_tui.wiring import open_library

    library = open_library(session.settings)
    for entry in library.entries():
        if entry.problems:
            text = f"{entry.path} has {len(entry.problems)} problems"
            yield Finding(
                "fail" if entry.origin == "built-in" else "warn",
                "playbook",
                text,
                f"hotfix playbook check {entry.id}",
            )
    try:
        chosen = library.load(session.settings.playbook).entry
        yield Finding("ok", "playbook", f"{chosen.title} ({chosen.id}, {chosen.origin})")
    except HotfixError as error:
        yield Finding("fail", "playbook", str(error).partition("\n")[0], "hotfix playbook list")


def _keys(session: Session) -> Iterator[Finding]:
    from hotfix_tui.cli.keys import conflicts

    found = list(dict.fromkeys(conflicts(session.settings.keys)))
    for sentence in found:
        yield Finding("warn", "keys", sentence, "Change [keys] in config.toml; hotfix keys lists them.")
    if not found:
        yield Finding("ok", "keys", "no key is taken twice")


def _terminal(session: Session) -> Iterator[Finding]:
    from hotfix_tui.tui.environment import terminal

    settings, term = session.settings, os.environ.get("TERM", "")
    found = terminal(os.environ, ascii=settings.ascii, no_color=settings.no_color)
    looks = [term or "TERM is not set", "plain characters" if found.ascii else "all characters"]
    looks.append("no colours" if found.no_color else os.environ.get("COLORTERM") or "colours as TERM says")
    if term in {"", "dumb", "unknown"}:
        yield Finding(
            "warn", "terminal", f"{looks[0]}: it cannot show a full screen", "hotfix status works everywhere."
        )
    else:
        yield Finding("ok", "terminal", ", ".join([*looks, "over ssh" if found.ssh else "local"]))
    if found.tmux:
        how = asked("tmux", "show-options", "-gv", "set-clipboard")
        if how in {"on", "external"}:
            yield Finding("ok", "tmux", f"set-clipboard is {how}: copying reaches your own clipboard")
        else:
            yield Finding(
                "warn", "tmux", "set-clipboard is off: copying stays in tmux", "tmux set -g set-clipboard on"
            )


_LOOKS: tuple[Callable[[Session], Iterator[Finding]], ...] = (
    _python,
    _textual,
    _styles,
    _git,
    _ssh,
    _data,
    _config,
    _playbooks,
    _keys,
    _terminal,
)
