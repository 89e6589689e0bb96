"""Suspects on a real repository: found between two releases, shown, and tried in the object store alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.service.suspects import Lineup, dry_run, line_up
from tests.case_fixtures import Desk
from tests.cli_fixtures import Cli
from tests.git_fixtures import Sandbox, commit, sandbox

TRACE = '  File "/srv/app/41/vault/lock.py", line 2, in lock\n'


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """After v1.0.4: a large change, the guilty one, its file changed once more, a merge, then v1.0.5."""
    box = sandbox(tmp_path / "box")
    box.git("switch", "-q", "-c", "work", "v1.0.4")
    (box.root / "vault").mkdir()
    commit(box.root, "big.py", "x\n" * 900, "big one")
    commit(box.root, "vault/lock.py", "def lock():\n    return 1\n", "guilty")
    box.git("switch", "-q", "-c", "side", "v1.0.4")
    commit(box.root, "side.py", "s\n", "on the side")
    box.git("switch", "-q", "work")
    box.git("merge", "-q", "--no-ff", "-m", "merge the side", "side")
    box.git("tag", "-a", "-m", "x", "v1.0.5")
    return box


def found(box: Sandbox, tmp_path: Path, *, trace: str = "", good: str = "", bad: str = "") -> Lineup:
    """What is found with the small playbook."""
    return line_up(box.site, Desk(tmp_path / "data").playbook, good=good, bad=bad, trace=trace)


def subjects(lineup: Lineup) -> list[str]:
    """The subjects, the likeliest first."""
    return [one.made.subject for one in lineup.suspects]


def test_between_the_latest_release_and_the_one_before(box: Sandbox, tmp_path: Path) -> None:
    """What the trace names comes first and the merge last; each with what it changed."""
    lineup = found(box, tmp_path, trace=TRACE)
    assert (lineup.good, lineup.bad) == ("v1.0.4", "v1.0.5")
    assert subjects(lineup) == ["guilty", "on the side", "big one", "merge the side"]
    assert lineup.heading == "v1.0.4 to v1.0.5: 4 commits, 1 of them merges"
    assert lineup.named == "lock.py:2"
    assert lineup.suspects[0].made.files == (("vault/lock.py", 2),)


def test_ends_that_are_named(box: Sandbox, tmp_path: Path) -> None:
    """Tags, branches and commits; what is not here is told."""
    assert subjects(found(box, tmp_path, good="v1.0.3", bad="v1.0.4")) == ["unlock twice"]
    assert "merge the side" in subjects(found(box, tmp_path, good="v1.0.4", bad="work"))
    for good, bad in (("v9.9.9", "v1.0.4"), ("v1.0.4", "v9.9.9"), ("v1.0.4", "v1.0.4"), ("", "v1.0.3")):
        with pytest.raises(Refused):
            found(box, tmp_path, good=good, bad=bad)


def test_a_dry_run_touches_nothing(box: Sandbox, tmp_path: Path) -> None:
    """Clean, in conflict with the file, or taken back already; HEAD, index and files stay as they are."""
    commit(box.root, "vault/lock.py", "def lock():\n    return 2\n", "on it")
    big = box.git("rev-parse", "HEAD~3")
    box.git("revert", "--no-edit", big)
    (box.root / "vault/lock.py").write_text("being repaired\n")
    before = box.git("status", "--porcelain"), box.git("rev-parse", "HEAD"), box.git("for-each-ref")
    tried = {one.made.subject: dry_run(box.site, one.made).words for one in found(box, tmp_path).suspects}
    assert tried == {
        "guilty": "does not revert cleanly: conflict in vault/lock.py",
        "big one": "its change is not in HEAD any more",
        "on the side": "reverts cleanly on HEAD",
        "merge the side": "reverts cleanly on HEAD",
    }
    assert (box.git("status", "--porcelain"), box.git("rev-parse", "HEAD"), box.git("for-each-ref")) == before


def test_what_a_commit_changes_is_bounded(box: Sandbox, tmp_path: Path) -> None:
    """A merge is shown beside its first parent; a huge one is cut and nothing waits for the rest."""
    texts = {o.made.subject: box.site.history.shown(o.made.oid) for o in found(box, tmp_path).suspects}
    assert "+    return 1" in texts["guilty"]
    assert "+s" in texts["merge the side"]
    big = next(o.made.oid for o in found(box, tmp_path).suspects if o.made.subject == "big one")
    assert len(box.site.history.shown(big, 500)) <= 500


def test_names_with_odd_characters(box: Sandbox, tmp_path: Path) -> None:
    """Tabs and line ends in a path, and an empty subject, are kept apart from what git says."""
    (box.root / "a\tb\nc.py").write_text("1\n")
    box.git("add", "-A")
    box.git("commit", "-q", "--allow-empty-message", "-m", "")
    box.git("commit", "-q", "--allow-empty", "-m", "1\t2\tthree")
    (first, second) = box.site.history.made("refs/tags/v1.0.5", "HEAD")
    assert (first.subject, first.files) == ("1\t2\tthree", ())
    assert (second.subject, second.files) == ("", (("a\tb\nc.py", 1),))


def test_by_command_line(box: Sandbox, tmp_path: Path) -> None:
    """The trace from a file or a pipe, as words and as data; one of them is shown."""
    cli = Cli(box.root, tmp_path / "data")
    (tmp_path / "trace").write_text(TRACE)
    said = cli("suspects", "--trace", str(tmp_path / "trace"), "--limit", "2")
    lines = said.out.splitlines()
    assert lines[:2] == ["v1.0.4 to v1.0.5: 4 commits, 1 of them merges", "the trace names lock.py:2"]
    assert "guilty" in lines[2]
    assert "     changes what the trace names: vault/lock.py (line 2)" in lines
    assert "2 more" in said.err
    data = cli("suspects", "--trace", "-", "--json", text=TRACE).data
    assert data["places"] == [{"path": "srv/app/41/vault/lock.py", "line": 2}]
    assert [one["reverts"]["clean"] for one in data["suspects"]] == [True] * 4
    assert json.dumps(data)
    oid = data["suspects"][0]["oid"]
    assert "+def lock():" in cli("suspects", "--show", oid[:8]).out
    assert cli("suspects", "--show", "0000").code == 2
    assert cli("suspects", "--trace", str(tmp_path / "none")).code == 1
    assert cli("suspects", "--good", "nope").code == 5
