"""What the console says of the way back: it is true, it changes nothing, and it asks no remote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.domain.playbook import Playbook, Rollback
from hotfix_tui.service.way_back import seen, way_back
from tests.case_fixtures import PLAYBOOK
from tests.git.rollback_fixtures import BETA, BRANCH, FILES, SERVICE, Way, beta, merged, released
from tests.git_fixtures import Sandbox, commit

NPM = replace(
    PLAYBOOK,
    version=FILES,
    rollbacks=(
        Rollback("latest", "Back", "channel-pointer", confirm="yes", warning="From $fix back to $base."),
    ),
)
"""A package whose users are led back by its dist-tag."""
Begin = Callable[[Callable[[Path], Sandbox], Playbook], Way]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Makes a repository whose remote has gone, and an incident beside it."""
    made: list[Way] = []

    def making(make: Callable[[Path], Sandbox], playbook: Playbook) -> Way:
        box = make(tmp_path / "box")
        box.remote.rename(box.remote.with_name("away.git"))
        made.append(Way(tmp_path / "desk", box, playbook))
        return made[-1]

    yield making
    for one in made:
        one.desk.store.close()


def line(way: Way) -> str:
    """What is said now."""
    back = way_back(way.box.site, way.case)
    assert back is not None
    return back.line


def test_ready(begin: Begin) -> None:
    """It says what it would do, and leaves refs, index and files alone; without the remote."""
    way = begin(beta, BETA)
    before = (
        way.box.git("for-each-ref"),
        (way.box.root / ".git/index").read_bytes(),
        way.box.git("rev-parse", "HEAD"),
    )
    assert line(way) == f"rollback ready: revert 2 commits on {BRANCH} and release v1.1.1-beta.2"
    after = (
        way.box.git("for-each-ref"),
        (way.box.root / ".git/index").read_bytes(),
        way.box.git("rev-parse", "HEAD"),
    )
    assert after == before
    assert way.box.git("status", "--porcelain") == ""


def test_what_was_not_asked_is_not_claimed(begin: Begin) -> None:
    """Where npm's tag would move, the registry has a say in it, and looking asks nobody."""
    way = begin(released, NPM)
    back = way_back(way.box.site, way.case)
    assert back is not None
    assert (back.state, back.line) == ("ready", "rollback: point npm’s latest back to 1.0.4")
    assert back.unasked == "registry not asked"


def test_a_warning_names_the_releases_that_it_is_about(begin: Begin) -> None:
    """Before there is a fix the release that is out is the bad one, afterwards the fix is (S1.RBK.3)."""
    way = begin(released, NPM)
    back = way_back(way.box.site, way.case)
    assert back is not None
    assert back.warning("latest") == "From 1.1.0 back to v1.0.4."
    assert back.warning("another") == ""
    commit(way.box.root, "unlock.py", "wrong\n", "fix: unlock")
    way.box.git("tag", "-a", "-m", "1.1.1", "v1.1.1")
    back = way_back(way.box.site, way.case)
    assert back is not None
    assert back.warning("latest") == "From 1.1.1 back to v1.1.0."


def test_a_conflict_is_foretold(begin: Begin) -> None:
    """When later work stands on the fix, it says which commit and file a person will have to solve."""
    way = begin(merged, SERVICE)
    commit(way.box.root, "unlock.py", "wrong, and more\n", "feat: more")
    merge = way.box.git("rev-parse", "main~2")
    assert line(way) == f"rollback by hand: revert of {merge[:7]}: in conflict unlock.py"


def test_blocked(begin: Begin) -> None:
    """What stands against it now is said, such as work that nobody committed."""
    way = begin(beta, BETA)
    (way.box.root / "unlock.py").write_text("mine\n")
    assert line(way) == "rollback blocked: tree not clean, 1 changed file: commit or stash first"


def test_nothing_yet(begin: Begin) -> None:
    """Before the fix has a commit there is nothing to take back, and that is no alarm."""
    way = begin(released, BETA)
    assert line(way) == "rollback: nothing to take back yet"


def test_no_way_back(begin: Begin) -> None:
    """A playbook without a rollback says nothing here."""
    way = begin(beta, PLAYBOOK)
    assert way_back(way.box.site, way.case) is None


def test_it_is_tried_again_only_when_something_changed(begin: Begin) -> None:
    """The same refs, tree and incident give the same question; a commit, a tag or a note gives another."""
    way = begin(beta, BETA)
    first = seen(way.box.site, way.case)
    assert seen(way.box.site, way.case) == first
    commit(way.box.root, "more.py", "x\n", "more")
    second = seen(way.box.site, way.case)
    way.box.git("tag", "v1.1.1-beta.2")
    assert len({first, second, seen(way.box.site, way.case)}) == 3
