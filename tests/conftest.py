"""Every test starts from the same surroundings, whoever runs it, wherever and whenever.

Textual reads its settings while it is imported, so the surroundings are set here first; only then does pytest
import the two plugins below, which bring Textual in.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest

FROZEN = "2026-11-21T03:14:00+00:00"
"""The moment at which git's commits are made in tests, so that their hashes stay the same."""

STRAYS = (
    "HOTFIX_",
    "TEXTUAL",
    "GIT_",
    "XDG_",
    "LC_",
    "SSH_",
    "TMUX",
    "GH_",
    "GITHUB_",
)
"""Variables with these beginnings belong to the person who runs the tests, not to the tests."""

KEPT = ("TEXTUAL_SNAPSHOT_TEMPDIR",)
"""How the picture plugin tells its worker processes where to leave their part of the report."""

STRAY_NAMES = (
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "COLUMNS",
    "LINES",
    "LANGUAGE",
    "EDITOR",
    "VISUAL",
    "PAGER",
    "ESCDELAY",
    "BROWSER",
    "EMAIL",
)

SETTINGS = {
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SPEEDUPS": "0",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_AUTHOR_NAME": "Robin Example",
    "GIT_AUTHOR_EMAIL": "robin@example.org",
    "GIT_AUTHOR_DATE": FROZEN,
    "GIT_COMMITTER_NAME": "Robin Example",
    "GIT_COMMITTER_EMAIL": "robin@example.org",
    "GIT_COMMITTER_DATE": FROZEN,
    "GIT_CEILING_DIRECTORIES": tempfile.gettempdir(),  # a folder made by a test is in no repository of yours
    "PYTHONDONTWRITEBYTECODE": "1",
}

GITCONFIG = """\
[user]
\tname = Robin Example
\temail = robin@example.org
[init]
\tdefaultBranch = main
[gc]
\tauto = 0
[maintenance]
\tauto = false
"""


def set_surroundings() -> None:
    """The process has the environment of nobody in particular, in UTC."""
    for name in list(os.environ):
        if name in STRAY_NAMES or (name.startswith(STRAYS) and name not in KEPT):
            del os.environ[name]
    os.environ.update(SETTINGS)
    time.tzset()
    os.umask(0o022)


set_surroundings()

pytest_plugins = ["pytest_textual_snapshot", "tests.pictures"]


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of this test's own, so that no test finds what another wrote, or what you own."""
    folder = tmp_path_factory.mktemp("home")
    (folder / ".gitconfig").write_text(GITCONFIG)
    monkeypatch.setenv("HOME", str(folder))
    return folder
