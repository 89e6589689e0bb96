from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli_fixtures import Cli

LOADED = """
import sys
from hotfix_tui.__main__ import main
sys.argv = ["hotfix", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print("loaded:", *sorted(sys.modules))
"""


def loaded_by(cli: Cli, *words: str) -> set[str]:
    """Every module that the command imports."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        cwd=cli.folder,
        env={**os.environ, **cli.environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return set(done.stdout.rpartition("loaded:")[2].split())


def test_the_version_loads_next_to_nothing(cli: Cli) -> None:
    """No Textual, no GitPython, no database, no rules: it answers before anybody looks up."""
    loaded = loaded_by(cli, "--version")
    assert not loaded & {
        "textual",
        "rich",
        "git",
        "sqlite3",
        "tomllib",
        "platformdirs",
        "hotfix_tui.domain.incident",
    }


def test_the_short_line_loads_only_what_it_needs(cli: Cli) -> None:
    """`status --line` runs in prompts: no console, no git, no rules, no logging."""
    cli.declared()
    loaded = loaded_by(cli, "status", "--line")
    assert "sqlite3" in loaded
    heavy = {
        "click",
        "textual",
        "rich",
        "git",
        "semver",
        "tomlkit",
        "asyncio",
        "logging",
        "subprocess",
        "concurrent",
    }
    assert not loaded & (heavy | {"hotfix_tui.domain.rules", "hotfix_tui.domain.intents"})


def test_the_short_line_starts_no_git(cli: Cli, tmp_path: Path) -> None:
    """A git on the PATH that would leave a mark is not asked; `status` asks it, and says that it is broken."""
    cli.declared()
    mark, folder = tmp_path / "asked", tmp_path / "bin"
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\ntouch {mark}\nexit 1\n")
    (folder / "git").chmod(0o755)
    path = f"{folder}:{os.environ['PATH']}"
    assert cli.process("status", "--line", PATH=path).code == 0
    assert not mark.exists()
    answer = cli.process("status", PATH=path)
    assert mark.exists()
    assert (answer.code, "git is there and does not work" in answer.out) == (0, True)


def test_exit_codes_are_the_processs(cli: Cli) -> None:
    """0, 2, 3, 5, 6 and 7 as a shell sees them; standard error has one sentence and no traceback."""
    assert cli.process("nope").code == 2
    assert cli.process("status").code == 3
    assert cli.process("declare", "x", "--answer", "down=y").code == 0
    later = {"HOTFIX_NOW": "2026-11-22T03:14:00Z"}
    for words, code, more in (
        (("phase", "next"), 5, {}),
        (("status", "--check"), 6, later),
        (("run", "branch"), 7, {}),
        (("--read-only", "note", "x"), 5, {}),
        ((), 2, {}),
        (("drill",), 2, {}),
    ):
        answer = cli.process(*words, **more)
        assert answer.code == code, words
        assert "Traceback" not in answer.err


def test_without_git_home_or_a_folder_doctor_still_answers(cli: Cli, tmp_path: Path) -> None:
    """No PATH, no HOME, a folder that is gone: every line in words, and no traceback."""
    (tmp_path / "empty").mkdir()
    answer = cli.process("doctor", PATH=str(tmp_path / "empty"), HOME="")
    assert answer.code == 0
    assert "is not on the PATH" in answer.out
    gone = cli.folder / "gone"
    code = f"import os; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); "
    code += "import sys; sys.argv = ['hotfix', 'doctor']; from hotfix_tui.__main__ import main; main()"
    gone.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **cli.environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_is_no_failure(cli: Cli) -> None:
    """A broken pipe is quiet, whether little or much was to be said."""
    cli.declared()
    for words in (["keys"], ["playbook", "show", "--source"], ["status", "--line"]):
        process = subprocess.Popen(
            [sys.executable, "-m", "hotfix_tui", *words],
            cwd=cli.folder,
            env={**os.environ, **cli.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()
        process.stderr.close()
        assert (process.wait(timeout=30), said) == (0, b"")


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_watching_quietly(cli: Cli, number: signal.Signals, code: int) -> None:
    """ctrl+c is 130, terminated 143, hung up 129, and never a traceback."""
    cli.declared()
    process = subprocess.Popen(
        [sys.executable, "-m", "hotfix_tui", "status", "--watch"],
        cwd=cli.folder,
        env={**os.environ, **cli.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("P0 1/2 Assess")
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert process.returncode == code
    assert "Traceback" not in said


def test_watching_sees_another_writer(cli: Cli) -> None:
    """A second process writes; the line follows within a moment, and only changes are printed."""
    cli.declared()
    process = subprocess.Popen(
        [sys.executable, "-m", "hotfix_tui", "status", "--watch"],
        cwd=cli.folder,
        env={**os.environ, **cli.environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        assert "1/2 Assess" in process.stdout.readline()
        assert cli.process("phase", "next", "--reason", "x").code == 0
        assert "2/2 Fix" in process.stdout.readline()
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_processes_that_write_at_once_lose_nothing(cli: Cli) -> None:
    """Eight notes from eight processes at the same time: each one is in the story."""
    cli.declared()
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "hotfix_tui", "note", f"note number {number}"],
            cwd=cli.folder,
            env={**os.environ, **cli.environment},
            stderr=subprocess.PIPE,
        )
        for number in range(8)
    ]
    for process in processes:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    told = cli("log").out
    assert all(f"note number {number}" in told for number in range(8))
    assert "every chain unbroken" in cli("doctor").out


def test_what_nobody_expected_leaves_a_sentence_and_a_private_report(cli: Cli) -> None:
    """No traceback: exit code 1, one line, and a report that only its owner can read."""
    code = "import sys; sys.argv = ['hotfix', 'list']; import hotfix_tui.wiring as w; "
    code += "w.open_store = lambda *settings, **how: 1 / 0; from hotfix_tui.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cli.folder,
        env={**os.environ, **cli.environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    (report,) = (cli.data / "crashes").iterdir()
    assert str(report) in done.stderr
    assert report.stat().st_mode & 0o077 == 0
    assert "ZeroDivisionError" in report.read_text()


def test_an_old_terminal_encoding_is_no_error(cli: Cli) -> None:
    """Characters that a stream cannot carry are replaced."""
    cli.declared("Tür")
    answer = cli.process("status", "--no-git", PYTHONIOENCODING="ascii")
    assert answer.code == 0
    assert "T?r" in answer.out


def test_completion_completes_commands(cli: Cli) -> None:
    """The shell asks with what was typed so far."""
    answer = cli.process(_HOTFIX_COMPLETE="bash_complete", COMP_WORDS="hotfix st", COMP_CWORD="1")
    assert answer.out.split() == ["plain,status", "plain,start"]
