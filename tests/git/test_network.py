"""Remotes that are away, slow, strange or closed: one sentence with the host, in time, and the step can go on (row 62)."""

from __future__ import annotations

import http.server
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.git_environment import GitSettings
from hotfix_tui.adapters.git_errors import meaning, place_of
from hotfix_tui.adapters.git_repository import find_repository
from hotfix_tui.adapters.processes import POLITE
from hotfix_tui.adapters.site import site_of
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.ports import Site
from tests.git.test_hostile import LOOSE, Unauthorized, half, reset, server, stall
from tests.git.working import Night
from tests.git_fixtures import START, Sandbox, commit, git, sandbox

IN_ALL = 20.0
"""Seconds within which a remote is given up."""


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fresh repository with a remote."""
    return sandbox(tmp_path / "box")


def asked(box: Sandbox, settings: GitSettings = LOOSE) -> PortFailure:
    """What is said when the remote cannot be asked; never more than a sentence, and never later than it must be."""
    start = time.monotonic()
    with pytest.raises(PortFailure) as caught:
        find_repository(box.root, settings).remote_refs("origin", "refs/heads/*")
    assert time.monotonic() - start < IN_ALL
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    return caught.value


def test_the_limits_of_earnest_add_up() -> None:
    """A question to a remote is over within 20 s, and a transfer that stands still as well."""
    earnest = GitSettings()
    assert earnest.network <= IN_ALL
    assert earnest.stall < IN_ALL


class Failing(http.server.BaseHTTPRequestHandler):
    """Answers everything with one status."""

    status = 200

    def do_GET(self) -> None:
        """Say so."""
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def speaking(status: int) -> Iterator[int]:
    """An http server that answers everything with this status; its port."""
    kind = type("FailingAs", (Failing,), {"status": status})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield httpd.server_address[1]
        httpd.shutdown()


@pytest.mark.parametrize(("answer", "said"), [(stall, "answer"), (reset, "broke"), (half, "answer|broke")])
def test_a_push_into_a_bad_network_goes_on_later(
    night: Night, answer: Callable[[socket.socket], None], said: str
) -> None:
    """The remote goes away while it is pushed: a sentence with the host; once it is back the same step goes on."""
    box = night.box
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    fix = commit(box.root, "unlock.py", "fixed\n")
    night.site = loose(box)
    plan, lines = night.plan("push", tag="none"), list[str]()
    with server(answer) as port:
        box.git("remote", "set-url", "origin", f"http://127.0.0.1:{port}/x.git")
        start = time.monotonic()
        ended = night.site.repository.run(plan.steps[0].argv, lines.append, timeout=15)
        assert time.monotonic() - start < IN_ALL
        assert ended.code
        assert f"127.0.0.1:{port}" in ended.lines[-1]
        with pytest.raises(PortFailure, match=said):
            night.carry_out(plan)
        assert night.record().state == "running"
        assert [seen.state for _, seen in night.left().standings] == ["unknown", "not-done"]
    box.git("remote", "set-url", "origin", str(box.remote))
    assert night.resume().state == "done"
    assert git(box.remote, "rev-parse", "refs/heads/hotfix/v1.0.5") == fix


def loose(box: Sandbox) -> Site:
    """The site, with http allowed and short limits."""
    return site_of(find_repository(box.root, LOOSE), FrozenClock(START))


def test_the_remote_goes_away_after_it_took_the_push(night: Night) -> None:
    """The answer is lost and the remote cannot be asked: nobody claims anything; asked later, it is done, and not pushed
    twice.
    """
    box = night.box
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    fix = commit(box.root, "unlock.py", "fixed\n")
    away = box.remote.with_name("away")
    hook = box.remote / "hooks" / "post-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nmv '{box.remote}' '{away}'\n")
    hook.chmod(0o755)
    with pytest.raises(PortFailure, match="cannot be read"):
        night.run("push", tag="none")
    assert night.record().steps[0].state == "unknown"
    assert git(away, "rev-parse", "refs/heads/hotfix/v1.0.5") == fix
    (away / "hooks" / "post-receive").unlink()
    away.rename(box.remote)
    assert [seen.state for _, seen in night.left().standings] == ["done", "not-done"]
    night.resume()
    assert ("push-branch", "running") not in [(news.step, news.state) for news in night.told]
    assert night.record().state == "done"


def test_a_push_that_timed_out_is_answered_by_the_remote(night: Night) -> None:
    """Our patience was over when the remote had taken it: what it has is done, whatever our command said."""
    box = night.box
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    commit(box.root, "unlock.py", "fixed\n")
    hook = box.remote / "hooks" / "post-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nsleep 60\n")
    hook.chmod(0o755)
    plan = night.plan("push", tag="none")
    slow = replace(plan.steps[0], timeout=1.0)
    assert night.carry_out(replace(plan, steps=(slow, *plan.steps[1:]))).state == "done"
    words = [news.text for news in night.told if news.step == "push-branch"]
    assert any("did not end within 1 s" in text and str(box.remote) in text for text in words)


@pytest.mark.parametrize("status", [403, 404, 503])
def test_a_remote_that_answers_with_an_error(box: Sandbox, status: int) -> None:
    """The number and the host are told."""
    with speaking(status) as port:
        box.git("remote", "set-url", "origin", f"http://127.0.0.1:{port}/x.git")
        said = str(asked(box))
    assert f"127.0.0.1:{port}" in said
    assert str(status) in said or "cannot be read" in said


def test_a_remote_that_wants_credentials(box: Sandbox) -> None:
    """Asked for nowhere, told with the host."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Unauthorized) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        box.git("remote", "set-url", "origin", f"http://127.0.0.1:{httpd.server_address[1]}/x.git")
        said = str(asked(box))
        httpd.shutdown()
    assert f"127.0.0.1:{httpd.server_address[1]} asks for a name and password" in said


def test_a_name_that_cannot_be_found(box: Sandbox) -> None:
    """The host that nobody knows is named."""
    box.git("remote", "set-url", "origin", "https://nowhere.invalid/x.git")
    assert "cannot be found at nowhere.invalid" in str(asked(box))


def test_a_remote_whose_tls_is_wrong(box: Sandbox) -> None:
    """A server that speaks no TLS where it should: nothing is sent, and it is not switched off."""
    with server(half) as port:
        box.git("remote", "set-url", "origin", f"https://127.0.0.1:{port}/x.git")
        box.git("config", "http.sslVerify", "true")
        failure = asked(box)
    assert f"127.0.0.1:{port} cannot be trusted" in str(failure)
    assert "http.sslCAInfo" in failure.hint


SSH = {
    "@@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n@@@@@\nHost key verification failed.": (
        "shows another host key than before"
    ),
    "No ED25519 host key is known for h and you have requested strict checking.\nHost key verification failed.": (
        "its host key is unknown"
    ),
    "git@h: Permission denied (publickey).": "did not accept this machine's ssh key",
    "ssh: Could not resolve hostname h: Name or service not known": "cannot be found",
    "ssh: connect to host h port 22: Connection timed out": "does not answer",
    "Connection timed out during banner exchange": "does not answer",
    "ssh: connect to host h port 22: Connection refused": "broke",
    "Connection closed by 10.0.0.1 port 22": "broke",
}


@pytest.mark.parametrize("words", SSH)
def test_what_ssh_says_is_one_sentence(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """Each of ssh's own failures is told apart, with the host (the words are OpenSSH's)."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "said").write_text(f"{words}\n")
    ssh = tmp_path / "bin" / "ssh"
    ssh.write_text(f"#!/bin/sh\ncat '{tmp_path / 'said'}' >&2\nexit 255\n")
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{ssh.parent}{os.pathsep}{os.environ['PATH']}")
    box.git("remote", "set-url", "origin", "git@git.example.org:team/app.git")
    said = str(asked(box))
    assert SSH[words] in said
    assert "git.example.org" in said
    assert "git@" not in said


@pytest.mark.slow
def test_an_ssh_server_that_never_speaks(box: Sandbox) -> None:
    """OpenSSH itself gives up in time."""
    with server(stall) as port:
        box.git("remote", "set-url", "origin", f"ssh://git@127.0.0.1:{port}/x.git")
        assert f"127.0.0.1:{port} does not answer" in str(asked(box, GitSettings()))


@pytest.mark.parametrize(
    "words",
    [
        "fatal: unable to access 'https://h/x/': server certificate verification failed. CAfile: none CRLfile: none",
        "fatal: unable to access 'https://h/x/': SSL certificate problem: self-signed certificate in chain",
        "fatal: unable to access 'https://h/x/': gnutls_handshake() failed: Error in the pull function.",
    ],
)
def test_certificates_are_told(words: str, tmp_path: Path) -> None:
    """As gnutls and OpenSSL word it."""
    known = meaning(words, tmp_path, "h")
    assert known is not None
    assert known[0].startswith("The remote at h cannot be trusted")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://robin:secret@git.example.org:8443/team/app.git", "git.example.org:8443"),
        ("ssh://git@git.example.org/team/app.git", "git.example.org"),
        ("git@git.example.org:team/app.git", "git.example.org"),
        ("/srv/git/app.git", "/srv/git/app.git"),
        ("file:///srv/git/app.git", "/srv/git/app.git"),
        ("../app.git", "../app.git"),
        ("https://\x1b]0;pwn\x07h/x", "h"),
    ],
)
def test_where_a_remote_is(address: str, place: str) -> None:
    """The host alone, without the name and password that may stand before it."""
    assert place_of(address).endswith(place)
    assert "secret" not in place_of(address)
    assert "\x1b" not in place_of(address)


def test_a_transfer_lets_the_keys_go_first(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pushes or fetches runs at a lower priority, with all that it starts; other commands do not."""
    (tmp_path / "bin").mkdir()
    ssh = tmp_path / "bin" / "ssh"
    ssh.write_text("#!/bin/sh\nsleep 0.3\necho nice $(nice) >&2\nexit 255\n")
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{ssh.parent}{os.pathsep}{os.environ['PATH']}")
    box.git("remote", "set-url", "origin", "git@git.example.org:team/app.git")
    box.git("config", "--global", "alias.nice", "!sleep 0.3; echo nice $(nice)")
    own = os.nice(0)
    assert f"nice {min(own + POLITE, 19)}" in box.repository.run(["git", "fetch", "origin"]).lines
    assert box.repository.run(["git", "nice"]).lines == (f"nice {own}",)
