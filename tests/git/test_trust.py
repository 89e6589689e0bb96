"""Hooks, filters, signing and helpers: the operator's own work, a repository's own only where it is trusted."""

from __future__ import annotations

import http.server
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.git_environment import GitSettings
from hotfix_tui.adapters.git_repository import find_repository
from hotfix_tui.adapters.site import site_of
from hotfix_tui.adapters.trust_files import TrustFiles
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.ports import Site
from tests.git.working import Night
from tests.git_fixtures import START, Sandbox

FAILS = "#!/bin/sh\necho 'lint: line 3 is \x1b[31mbad'\nexit 1\n"


class Trusting:
    """A night whose repository can be trusted."""

    def __init__(self, night: Night, folder: Path) -> None:
        self.night, self.store = night, TrustFiles(folder / "trusted")
        night.box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
        (night.box.root / "unlock.py").write_text("fixed\n")
        night.site = self.site()

    @property
    def box(self) -> Sandbox:
        """The sandbox."""
        return self.night.box

    def site(self) -> Site:
        """The repository as it is reached in earnest."""
        settings = GitSettings(trusts=self.store.has)
        return site_of(find_repository(self.box.root, settings), FrozenClock(START))

    def trust(self) -> None:
        """Somebody said yes to what is there now."""
        self.store.add(self.night.site.making.habits().digest, "it")

    def hook(self, name: str, text: str) -> Path:
        """A hook of the repository."""
        path = self.box.root / ".git" / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
        return path


@pytest.fixture
def here(night: Night, tmp_path: Path) -> Trusting:
    """A changed file on a hotfix branch, in a repository that nobody trusts yet."""
    return Trusting(night, tmp_path)


def test_a_hook_runs_only_where_it_is_trusted(here: Trusting, tmp_path: Path) -> None:
    """Before, it is told that it will not run; after, that it will; its output is captured (§3, D.1)."""
    mark = tmp_path / "ran"
    here.hook("pre-commit", f"#!/bin/sh\ntouch '{mark}'\necho checked\n")
    told = [f.text for f in here.night.plan("commit", message="x").findings]
    assert any("will not run: hotfix trust" in text for text in told)
    assert here.night.run("commit", message="x").state == "done"
    assert not mark.exists()
    here.trust()
    (here.box.root / "unlock.py").write_text("again\n")
    assert any("will run" in f.text for f in here.night.plan("commit", message="y").findings)
    assert here.night.run("commit", message="y").state == "done"
    assert mark.exists()
    assert "checked" in [news.text for news in here.night.told if news.state == "line"]


def test_a_hook_that_says_no(here: Trusting) -> None:
    """Its words are shown clean, nothing is committed, what was staged can be taken back (row 73)."""
    here.hook("pre-commit", FAILS)
    here.trust()
    record = here.night.run("commit", message="x")
    assert record.state == "running"
    assert "lint: line 3 is bad" in record.last_words
    assert here.box.git("rev-parse", "HEAD") == here.box.release
    assert here.night.undo().state == "undone"
    assert here.box.git("diff", "--cached", "--name-only") == ""


def test_a_hook_that_takes_for_ever_is_stopped(here: Trusting) -> None:
    """Cancelling ends it, and where the commit stands is asked of git (row 73)."""
    here.hook("pre-commit", "#!/bin/sh\necho begun\nsleep 600\n")
    here.trust()
    night, lines = here.night, []
    night.case = night.runner.run(
        night.case,
        night.plan("commit", message="x"),
        night.site,
        on_progress=lambda news: lines.append(news.text),
        cancelled=lambda: "begun" in lines,
    )
    assert night.record().state == "running"
    assert [standing.state for _, standing in night.left().standings] == ["done", "not-done"]
    assert here.box.git("status", "--porcelain") == "M  unlock.py"


def test_what_changes_is_asked_again(here: Trusting, tmp_path: Path) -> None:
    """A hook's bytes, a new hook, a setting and another hooks folder: each ends the trust."""
    path = here.hook("pre-commit", "#!/bin/sh\nexit 0\n")
    habits = here.night.site.making.habits
    here.trust()
    assert habits().trusted
    path.write_text("#!/bin/sh\nexit 1\n")
    assert not habits().trusted
    path.write_text("#!/bin/sh\nexit 0\n")
    assert habits().trusted
    path.chmod(0o644)
    assert not habits().trusted
    path.chmod(0o755)
    for key, value in (
        ("filter.x.clean", "cat"),
        ("core.hooksPath", "elsewhere"),
        ("core.sshCommand", "sh"),
        ("remote.origin.receivepack", "sh"),
    ):
        here.box.git("config", key, value)
        assert not habits().trusted, key
        assert any(key.lower() in line.lower() for line in habits().programs)
        here.box.git("config", "--unset", key)
    here.hook("pre-push", "#!/bin/sh\n")
    assert not habits().trusted


def test_another_repository_with_the_same_hooks_is_another(here: Trusting, tmp_path: Path) -> None:
    """Trust is for this place: a copy elsewhere may come from anybody."""
    here.hook("pre-commit", "#!/bin/sh\nexit 0\n")
    here.trust()
    other = Trusting(Night(tmp_path / "other"), tmp_path)
    other.hook("pre-commit", "#!/bin/sh\nexit 0\n")
    assert not other.night.site.making.habits().trusted
    other.night.close()


def test_samples_and_what_cannot_run_do_not_count(here: Trusting) -> None:
    """What git would not start is no hook."""
    here.hook("pre-commit.sample", "#!/bin/sh\n")
    here.hook("pre-push", "#!/bin/sh\n").chmod(0o644)
    assert here.night.site.making.habits().programs == ()


def test_a_filter_of_the_repository(here: Trusting) -> None:
    """Trusted, it works as for git itself, so that nothing looks changed which is not."""
    here.box.git("config", "filter.own.clean", "sed s/FIXED/fixed/")
    (here.box.root / ".gitattributes").write_text("*.py filter=own\n")
    (here.box.root / "unlock.py").write_text("FIXED\n")
    here.trust()
    assert here.night.run("commit", message="x", paths="unlock.py,.gitattributes").state == "done"
    assert here.box.git("show", "HEAD:unlock.py") == "fixed"


def signing(here: Trusting, home: Path, program: str) -> None:
    """The operator's own git signs all, with this program."""
    path = home / "sign"
    path.write_text(program)
    path.chmod(0o755)
    here.box.git("config", "--global", "gpg.program", str(path))
    here.box.git("config", "--global", "tag.gpgSign", "true")
    here.box.git("config", "--global", "commit.gpgSign", "true")


SIGNS = """#!/bin/sh
cat >/dev/null
printf '[GNUPG:] SIG_CREATED ' >&2
printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n'
"""


def test_tags_are_signed_as_the_operator_s_git_is_set(here: Trusting, home: Path) -> None:
    """Only where the repository is trusted; before, it is said, and may be left out (S2.GIT.3)."""
    signing(here, home, SIGNS)
    here.box.git("commit", "-q", "--no-gpg-sign", "-a", "-m", "the fix")
    (why,) = here.night.plan("tag", message="x").blocked
    assert "hotfix trust, or choose sign=no" in why
    assert here.night.plan("tag", message="x", sign="no").blocked == ()
    here.trust()
    plan = here.night.plan("tag", message="x")
    assert "--sign" in plan.steps[0].argv
    assert here.night.carry_out(plan).state == "done"
    assert here.night.record().detail.endswith("annotated, signed")


def test_a_signature_that_needs_a_passphrase(here: Trusting, home: Path) -> None:
    """It fails at once, with where to go; nothing is drawn over the screen (row 72)."""
    signing(here, home, "#!/bin/sh\necho 'gpg: signing failed: Inappropriate ioctl for device' >&2\nexit 2\n")
    here.trust()
    record = here.night.run("commit", message="x")
    assert record.state == "running"
    assert "run this command in your own shell" in record.last_words
    assert here.box.git("rev-parse", "HEAD") == here.box.release


def test_a_real_key_with_a_passphrase(here: Trusting, home: Path) -> None:
    """OpenSSH itself, with nobody to type: commit and tag fail at once; what git leaves all the same, a tag without a
    signature and exit code 0, is told and not taken for ours; without signing both are made (row 72).
    """
    key = home / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f", str(key)], check=True)
    for setting, value in (("gpg.format", "ssh"), ("user.signingKey", str(key))):
        here.box.git("config", "--global", setting, value)
    for kind in ("tag", "commit"):
        here.box.git("config", "--global", f"{kind}.gpgSign", "true")
    here.trust()
    start = time.monotonic()
    commit = here.night.run("commit", message="x")
    assert "run this command in your own shell" in commit.last_words
    here.night.undo()
    here.box.git("commit", "-q", "--no-gpg-sign", "-a", "-m", "the fix")
    tag = here.night.run("tag", message="x")
    assert time.monotonic() - start < 10
    assert tag.state == "failed"
    assert "not signed; take it away: git tag -d v1.0.5" in tag.detail
    assert any("incorrect passphrase" in news.text for news in here.night.told)
    here.box.git("tag", "-d", "v1.0.5")
    assert here.night.run("tag", message="x", sign="no").state == "done"


def test_a_pre_push_hook_that_says_no_or_takes_for_ever(here: Trusting) -> None:
    """Its words are shown, the remote has nothing, and the push is not called done; cancelled, it ends (row 73)."""
    here.box.git("commit", "-q", "-a", "-m", "the fix")
    here.hook("pre-push", FAILS)
    here.trust()
    night = here.night
    record = night.run("push", tag="none")
    assert record.state == "failed"
    assert any("lint: line 3 is bad" in news.text for news in night.told)
    here.hook("pre-push", "#!/bin/sh\necho begun >&2\nsleep 600\n")
    here.trust()
    lines: list[str] = []
    night.case = night.runner.run(
        night.case,
        night.plan("push", tag="none"),
        night.site,
        on_progress=lambda news: lines.append(news.text),
        cancelled=lambda: "begun" in lines,
    )
    assert night.record().state == "running"
    assert [seen.state for _, seen in night.left().standings] == ["not-done", "not-done"]
    assert night.site.repository.remote_refs("origin", "refs/heads/hotfix/*") == {}


def test_the_repository_cannot_ask_for_a_signature(here: Trusting) -> None:
    """Only the operator's own settings do."""
    here.box.git("config", "commit.gpgSign", "true")
    here.box.git("config", "tag.gpgSign", "true")
    habits = here.night.site.making.habits()
    assert (habits.signs_commits, habits.signs_tags) == (False, False)


class Guarded(http.server.BaseHTTPRequestHandler):
    """Wants a name and a password, and remembers which it was given."""

    given: tuple[str, ...] = ()

    def do_GET(self) -> None:
        """Answer 401 without, 404 with."""
        said = self.headers.get("Authorization", "")
        Guarded.given = (*Guarded.given, said)
        self.send_response(404 if said else 401)
        self.send_header("WWW-Authenticate", 'Basic realm="x"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_the_operator_s_credential_helper_works(here: Trusting, tmp_path: Path) -> None:
    """One in the operator's own settings is asked; one that the repository names is not."""
    mark = tmp_path / "helper-ran"
    here.box.git("config", "credential.helper", f"!touch {mark};")
    here.box.git("config", "--global", "credential.helper", "!echo username=robin; echo password=x; :")
    loose = replace(GitSettings(), protocols="http:https:ssh:file", network=8)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Guarded) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        here.box.git("remote", "set-url", "origin", f"http://127.0.0.1:{httpd.server_address[1]}/x.git")
        with pytest.raises(PortFailure):
            find_repository(here.box.root, loose).remote_refs("origin", "refs/heads/*")
        httpd.shutdown()
    assert any(said.startswith("Basic ") for said in Guarded.given)
    assert not mark.exists()
