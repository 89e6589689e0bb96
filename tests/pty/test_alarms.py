from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pty.conftest import hotfix
from tests.pty.harness import Terminal, python

pytestmark = pytest.mark.pty
PLAYBOOK = """\
schema = 1
id = "people"
title = "People"
[[severity]]
id = "P0"
name = "Critical"
meaning = "all is down"
decision = "hotfix"
[[phase]]
id = "assess"
title = "Assess"
[[phase.item]]
id = "see"
text = "See it fail"
[[template]]
id = "call-out"
title = "Call-out"
body = "Please come."
audience = "the team"
promise = "4s"
"""
_TITLES = re.compile(rb"\x1b\][^\x07\x1b]*\x07")
"""The names that the window is given, which end with the bell's character, too."""


def bells(terminal: Terminal) -> int:
    """How often the bell rang."""
    return _TITLES.sub(b"", bytes(terminal.sent)).count(b"\x07")


@pytest.mark.parametrize(
    ("config", "wanted"), [("", {1, 2}), ("[ui]\nbell = false\n", {0})], ids=["bell", "quiet"]
)
def test_a_promise_made_elsewhere_rings_here(
    tmp_path: Path, environ: dict[str, str], config: str, wanted: set[int]
) -> None:
    """When it is due, and when it nears if anybody looks in that second; without the bell only the sentence comes."""
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks" / "people.toml").write_text(PLAYBOOK)
    (tmp_path / "config.toml").write_text(config)
    environ |= {"HOTFIX_CONFIG": str(tmp_path / "config.toml"), "HOTFIX_PLAYBOOK": "people"}
    hotfix(environ, tmp_path, "declare", "Down", "--no-input")
    with Terminal(python("-m", "hotfix_tui"), environ, cwd=tmp_path) as terminal:
        terminal.wait_for("1.1 See it fail")
        terminal.wait_for("RISK")
        terminal.settle()
        assert bells(terminal) == 0
        hotfix(environ, tmp_path, "sent", "call-out")
        terminal.wait_for("Update to the team due now.   Z snoozes for 10m")
        terminal.settle()
        assert bells(terminal) in wanted
        terminal.press("Z")
        terminal.wait_for("quiet for 10m")
        terminal.press("\x11")
        assert terminal.wait_end() == 0
