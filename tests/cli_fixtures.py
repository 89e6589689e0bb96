"""The command line in this process and in one of its own, over real databases and a clock that stands still."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from hotfix_tui.cli.root import hotfix as root

NOW = "2026-11-21T03:14:00Z"
PLAYBOOK = """\
schema = 1
id = "team"
title = "Team"
log_files = ["app.log"]
[budget]
target = "2h"
maximum = "6h"
[[severity]]
id = "P0"
name = "Critical"
meaning = "all is down"
decision = "hotfix"
respond = "15m"
resolve = "4h"
update_every = "30m"
[[severity]]
id = "P1"
name = "High"
meaning = "it hurts"
decision = "next-release"
[[question]]
id = "down"
text = "Is it down?"
[[question.answer]]
key = "y"
text = "yes"
[[question.answer]]
key = "n"
text = "no"
[[rule]]
when = { down = "y" }
severity = "P0"
because = "It is down."
[[rule]]
when = {}
severity = "P1"
because = "It is up."
[[flag]]
id = "telemetry"
text = "Telemetry touched?"
[[phase]]
id = "assess"
title = "Assess"
target = "15m"
maximum = "30m"
[[phase.item]]
id = "confirm"
text = "Confirm it"
[[phase.item]]
id = "users"
text = "How many users?"
kind = "number"
[[phase.item]]
id = "make-branch"
text = "Create the branch"
operation = "branch"
required = false
[[phase]]
id = "fix"
title = "Fix"
target = "30m"
[[phase.item]]
id = "tested"
text = "Tests pass"
evidence = "the last line"
command = ["make", "test", "V=$fix"]
[[template]]
id = "update"
title = "Update"
body = "We are on it."
[[milestone]]
id = "detected"
title = "Detected"
"""


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Its `--json` object, whose schema is the first."""
        found = json.loads(self.out)
        assert found["schema"] == 1
        return found


@dataclass
class Cli:
    """`hotfix` in a folder, with a data folder of its own."""

    folder: Path
    data: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that the command finds."""
        config = {"HOTFIX_CONFIG": str(self.data.parent / "config.toml"), "HOTFIX_USER": "robin"}
        return {**config, "HOTFIX_DATA_DIR": str(self.data), "HOTFIX_NOW": NOW, **self.environ}

    def __call__(self, *words: str, now: str = "", text: str = "") -> Answer:
        """Run it in this process."""
        env = {**self.environment, **({"HOTFIX_NOW": now} if now else {})}
        with unchanged():
            result = CliRunner().invoke(root, ["-C", str(self.folder), *words], env=env, input=text)
        return Answer(result.exit_code, result.stdout, result.stderr)

    def process(self, *words: str, **environ: str) -> Answer:
        """Run it in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "hotfix_tui", *words],
            cwd=self.folder,
            env={**os.environ, **self.environment, **environ},
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
            stdin=subprocess.DEVNULL,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def declared(self, title: str = "Vault crash", *words: str, now: str = "") -> str:
        """A new P0, by its id."""
        answer = self("declare", title, "--answer", "down=y", *words, now=now)
        assert answer.code == 0, answer.err
        return answer.out.strip()

    def status(self, *words: str, now: str = "") -> Any:
        """The four answers as data."""
        return self("status", "--json", "--no-git", *words, now=now).data


@contextmanager
def unchanged() -> Iterator[None]:
    """What a command sets for its whole process is put back: here the process is the tests'."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    mask = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(mask)
        for number, handler in handlers.items():
            signal.signal(number, handler)


def hotfix(tmp_path: Path) -> Cli:
    """The command line in an empty folder with the playbook above, outside of any repository."""
    folder = tmp_path / "here"
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks" / "team.toml").write_text(PLAYBOOK)
    folder.mkdir()
    return Cli(folder, tmp_path / "data", {"HOTFIX_PLAYBOOK": "team"})
