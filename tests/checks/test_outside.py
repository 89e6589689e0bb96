"""The checks that run a program or ask a page: real processes, stand-ins for `gh` and registries, a real web server."""

from __future__ import annotations

import http.server
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotfix_tui.adapters.url_opener import UrlOpener
from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.playbook import Item
from hotfix_tui.domain.versions.spelled import names
from tests.checks_fixtures import Bench, bench, program, words


@pytest.fixture
def seat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A fix on its branch, and a PATH that is put back."""
    import os

    monkeypatch.setenv("PATH", os.environ["PATH"])
    made = bench(tmp_path)
    made.branch()
    made.fix()
    return made


def python(script: str) -> Item:
    """An item whose command is this script."""
    return Item("tests", "Run the tests", command=(sys.executable, "-c", script))


def test_tests_pass_by_their_exit_code(seat: Bench) -> None:
    """With the commit that they ran on and their last lines; uncommitted changes are told (S3.GAT.4)."""
    head = seat.box.git("rev-parse", "HEAD")[:7]
    seen = seat.ask("tests-passed", python("print('\\n'.join(map(str, range(60))))"))
    assert (seen.ok, seen.lines[0], seen.lines[-1]) == (True, "10", "59")
    assert seen.text.startswith(f"exit code 0 at {head}: ")
    (seat.root / "unlock.py").write_text("changed\n")
    failed = seat.ask("tests-passed", python("print('1 failed'); raise SystemExit(3)"))
    assert (failed.ok, failed.lines) == (False, ("1 failed",))
    assert "exit code 3" in failed.text
    assert "with changes that are not committed" in failed.text


def test_a_command_with_a_gap_is_not_run(seat: Bench, tmp_path: Path) -> None:
    """A placeholder that nobody filled is no word of a command; and a "$" reaches no shell."""
    mark = tmp_path / "ran"
    item = Item("x", "x", command=(sys.executable, "-c", f"open({str(mark)!r}, 'w')", "$platform"))
    with pytest.raises(Refused, match=r"waits for \$platform"):
        seat.ask("tests-passed", item)
    assert not mark.exists()
    with pytest.raises(Refused, match="names no command"):
        seat.ask("tests-passed", Item("x", "x"))


@pytest.mark.parametrize(
    ("line", "so"),
    [
        ("1.2.4", True),
        ("v1.2.4", True),
        ('keyhole = "1.2.4"    # a lock', True),
        ("dist-tags: latest: 1.2.4, next: 2.0.0", True),
        ("1.2.40", False),
        ("11.2.4", False),
        ("1.2.4-rc.1", False),
        ("1.2.4+build", False),
        ("1.2.4.1", False),
        ("released 1.2.4.", True),
    ],
)
def test_a_version_is_found_whole(line: str, so: bool) -> None:
    """1.2.40 is not 1.2.4, and neither is its pre-release."""
    assert names(line, "1.2.4") is so


def test_a_registry_shows_the_version(seat: Bench, tmp_path: Path) -> None:
    """What the playbook's own command prints decides; what it said instead is told (S1.CMD.1, S2.CMD.4)."""
    item = Item("npm", "On npm", command=("npm", "view", "keyhole@$fix", "version"))
    asked = program(tmp_path, "npm", "print('1.0.4')")
    assert seat.ask("registry-shows", item).text == "1.0.5 is not shown; it says 1.0.4"
    program(tmp_path, "npm", "print('1.0.5')")
    assert (seat.ask("registry-shows", item).ok, words(asked)[-1]) == (True, "view keyhole@1.0.5 version")
    program(tmp_path, "npm", "sys.exit('npm error 404 1.0.5')")
    failed = seat.ask("registry-shows", item)
    assert (failed.ok, failed.lines) == (False, ("npm error 404 1.0.5",))


def run(name: str, conclusion: str, status: str = "completed") -> dict[str, str]:
    """A run as the forge knows it."""
    return {"name": name, "status": status, "conclusion": conclusion, "url": "https://x"}


@pytest.mark.parametrize(
    ("runs", "ok", "text"),
    [
        ([run("ci", "success"), run("release", "skipped")], True, "2 workflows green for "),
        ([run("ci", "failure"), run("release", "success")], False, "ci failure (https://x) for "),
        ([run("ci", "", "in_progress"), run("release", "success")], None, "ci still runs for "),
        ([run("ci", "success"), run("ci", "failure")], True, "1 workflow green for "),
        ([run("ci", "", "queued"), run("ci", "failure")], None, "ci still runs for "),
        ([], None, "no workflow has run for "),
    ],
)
def test_workflows_are_green_when_all_have_passed(
    seat: Bench, tmp_path: Path, runs: list[dict[str, str]], ok: bool | None, text: str
) -> None:
    """Of each workflow the newest run counts; one that still runs is neither (S2.CMD.1)."""
    rows = [
        json.dumps([one["name"], one["name"], one["status"], one["conclusion"], None, one["url"]])
        for one in runs
    ]
    asked = program(tmp_path, "gh", f"print({json.dumps(chr(10).join(rows))})")
    seen = seat.ask("workflow-green")
    assert seen.ok is ok
    assert seen.text.startswith(text)
    assert f"run list --commit {seat.box.git('rev-parse', 'HEAD')} " in words(asked)[0]


def test_a_forge_that_cannot_be_asked_is_no_answer(
    seat: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a missing `gh` nor one that is not signed in says that a workflow failed."""
    program(tmp_path, "gh", "sys.exit('To get started with GitHub CLI, please run:  gh auth login')")
    seen = seat.ask("workflow-green")
    assert (seen.ok, "gh auth login" in seen.text) == (None, True)
    program(tmp_path, "gh", "print('<html>')")
    seen = seat.ask("workflow-green")
    assert (seen.ok, "something else than was asked for" in seen.text) == (None, True)
    import shutil

    real = shutil.which
    monkeypatch.setattr("shutil.which", lambda name: None if name == "gh" else real(name))
    with pytest.raises(Refused, match="gh is not on the PATH"):
        seat.ask("workflow-green")


class _Pages(http.server.BaseHTTPRequestHandler):
    """Answers by the path: a status, a redirect, much, or nothing at all."""

    def do_GET(self) -> None:
        word = self.path.strip("/").partition("/")[0]
        moved = {"away": "file:///etc/passwd", "ftp": "ftp://127.0.0.1/", "moved": "/200", "loop": "/loop"}
        if word == "silent":
            self.server.quiet.wait(20)  # type: ignore[attr-defined]
            return
        self.send_response(302 if word in moved else int(word))
        if word in moved:
            self.send_header("Location", moved[word])
        self.end_headers()
        self.wfile.write(b"x" * 200_000 if word == "200" else b"said")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def pages() -> Iterator[str]:
    """The address of a real server."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    server.daemon_threads = True
    server.quiet = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.quiet.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "ok", "text"),
    [
        ("/200/$fix", True, "/200/1.0.5 answers 200"),
        ("/204", True, "answers 204"),
        ("/moved", True, "answers 200 from http://127.0.0.1"),
        ("/404", False, "answers 404"),
        ("/503", False, "answers 503"),
    ],
)
def test_a_page_answers_with_its_status(seat: Bench, pages: str, path: str, ok: bool, text: str) -> None:
    """Success is 2xx, after redirects; everything else is told by its number."""
    seen = seat.ask("url-answers", Item("page", "Page", link=pages + path))
    assert seen.ok is ok
    assert text in seen.text


@pytest.mark.parametrize("path", ["/away", "/ftp", "/loop"])
def test_no_redirect_leads_elsewhere_than_to_a_page(seat: Bench, pages: str, path: str) -> None:
    """Not into this machine's files, not to another protocol, not in circles: none of them is success."""
    try:
        seen = seat.ask("url-answers", Item("page", "Page", link=pages + path))
    except PortFailure:
        return
    assert seen.ok is False


def test_only_pages_are_asked(seat: Bench) -> None:
    """A link may be a file; that is another check's."""
    with pytest.raises(Refused, match="links no page"):
        seat.ask("url-answers", Item("page", "Page", link="file:///etc/passwd"))


def test_a_page_has_a_time_limit_and_a_size(pages: str) -> None:
    """A server that says nothing costs its seconds and no more; a large page is read in part."""
    with pytest.raises(PortFailure, match=r"did not answer within 0\.2 s"):
        UrlOpener().get(f"{pages}/silent", 0.2)
    assert len(UrlOpener().get(f"{pages}/200").text) == 64 * 1024
    with pytest.raises(PortFailure, match="cannot be asked"):
        UrlOpener().get("http://127.0.0.1:1/", 2)
