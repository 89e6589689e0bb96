"""The ways back on real repositories: what they run, what they leave, and what stops them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import Playbook
from tests.git.rollback_fixtures import BETA, BRANCH, SERVICE, Way, beta, merged
from tests.git_fixtures import Sandbox, commit

Begin = Callable[[Callable[[Path], Sandbox], Playbook], Way]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Makes a repository and an incident beside it."""
    made: list[Way] = []

    def making(make: Callable[[Path], Sandbox], playbook: Playbook) -> Way:
        made.append(Way(tmp_path / "desk", make(tmp_path / "box"), playbook))
        return made[-1]

    yield making
    for one in made:
        one.desk.store.close()


def test_a_beta_is_taken_back_by_the_next_one(begin: Begin) -> None:
    """Both commits are reverted, the next beta is committed, tagged and pushed; its tree is the release's but for the
    version and the changelog (S0.RBK.2, X.8).
    """
    way = begin(beta, BETA)
    plan = way.plan()
    assert plan.title == f"Revert 2 commits on {BRANCH} and release v1.1.1-beta.2"
    assert not plan.blocked
    assert "dry run ok: it can be taken back without a conflict" in [f.text for f in plan.findings]
    ended = way.run(plan)
    branch, tag = way.there(f"refs/heads/{BRANCH}")[:7], way.there("refs/tags/v1.1.1-beta.2")[:7]
    assert ended.state == "done"
    assert ended.detail == f"{BRANCH} is at {branch} on origin; v1.1.1-beta.2 is on origin ({tag})"
    git = way.box.git
    assert git("log", "--format=%s", "-4", BRANCH).splitlines() == [
        "Roll back v1.1.1-beta.1: 1.1.1-beta.2",
        'Revert "fix: unlock"',
        'Revert "test: unlock"',
        "1.1.1-beta.1",
    ]
    assert git("diff", "--name-only", "v1.1.0", BRANCH).split() == ["CHANGELOG.md", "package.json"]
    assert '"1.1.1-beta.2"' in (way.box.root / "package.json").read_text()
    assert "- v1.1.1-beta.1 is taken back: Unlocking fails" in (way.box.root / "CHANGELOG.md").read_text()
    assert git("cat-file", "-t", "v1.1.1-beta.2") == "tag"
    assert (
        way.there(f"refs/heads/{BRANCH}")
        == git("rev-parse", "v1.1.1-beta.2^{commit}")
        == git("rev-parse", "HEAD")
    )
    assert git("status", "--porcelain") == ""


def test_a_merge_is_reverted_from_main_s_own_side(begin: Begin) -> None:
    """On main the merge that brought the fix is reverted with main's parent as what stays, and main is pushed (S4.RBK.1)."""
    way = begin(merged, SERVICE)
    git = way.box.git
    merge = git("rev-parse", "main~1")
    plan = way.plan()
    assert plan.title == "Revert 1 commit on main"
    assert plan.steps[0].argv == ("git", "revert", "--no-edit", "--mainline", "1", merge)
    assert [step.id for step in plan.steps] == [f"revert-{merge[:7]}", "push-branch"]
    assert way.run(plan).state == "done"
    assert git("diff", "--name-only", "v1.1.0", "main").split() == ["later.py", "other.py"]
    assert way.there("refs/heads/main") == git("rev-parse", "main")


def test_a_merge_the_wrong_way_round(begin: Begin) -> None:
    """Where main was merged into the fix and then moved forward, the fix's commits are reverted and not that merge,
    which would take main's own work away.
    """

    def backwards(folder: Path) -> Sandbox:
        box = merged(folder)
        box.git("switch", "-q", "-c", "other", "main~2")
        box.git("switch", "-q", BRANCH)
        box.git("merge", "-q", "--no-ff", "-m", "Merge main", "other")
        box.git("branch", "-f", "main", BRANCH)
        box.git("switch", "-q", "main")
        return box

    way = begin(backwards, SERVICE)
    plan = way.plan()
    assert plan.steps[0].argv == ("git", "revert", "--no-edit", way.box.git("rev-parse", "v1.1.1~1"))
    assert [step.id for step in plan.steps[1:]] == ["push-branch"]


def test_a_later_merge_is_left_alone(begin: Begin) -> None:
    """A branch that was merged after the fix is no part of it, although it began before."""

    def later(folder: Path) -> Sandbox:
        box = merged(folder)
        box.git("switch", "-q", "-c", "feature", "v1.1.0")
        commit(box.root, "feature.py", "x\n", "feat: feature")
        box.git("switch", "-q", "main")
        box.git("merge", "-q", "--no-ff", "-m", "Merge feature", "feature")
        return box

    way = begin(later, SERVICE)
    merge = way.box.git("rev-parse", "main~2")
    assert [step.id for step in way.plan().steps] == [f"revert-{merge[:7]}", "push-branch"]


def test_a_merge_that_brought_more_than_the_fix(begin: Begin) -> None:
    """When the fix came to main within a feature's branch, its commits are reverted and the feature stays."""

    def within(folder: Path) -> Sandbox:
        box = merged(folder)
        box.git("reset", "-q", "--hard", "main~2")
        box.git("switch", "-q", "-c", "feature", "v1.1.0")
        commit(box.root, "feature.py", "x\n", "feat: feature")
        box.git("merge", "-q", "--no-ff", "-m", "Take the fix", BRANCH)
        box.git("switch", "-q", "main")
        box.git("merge", "-q", "--no-ff", "-m", "Merge feature", "feature")
        return box

    way = begin(within, SERVICE)
    plan = way.plan()
    assert plan.steps[0].argv == ("git", "revert", "--no-edit", way.box.git("rev-parse", "v1.1.1~1"))
    assert [step.id for step in plan.steps[1:]] == ["push-branch"]


def test_a_fix_on_main_without_a_merge(begin: Begin) -> None:
    """After a fast-forward each commit of the fix is reverted, newest first; the version's own commit stays."""

    def forward(folder: Path) -> Sandbox:
        box = beta(folder)
        box.git("switch", "-q", "main")
        box.git("merge", "-q", "--ff-only", BRANCH)
        return box

    way = begin(forward, SERVICE)
    assert [step.title for step in way.plan().steps] == [
        f"Revert {way.box.git('rev-parse', f'{BRANCH}~1')[:7]}",
        f"Revert {way.box.git('rev-parse', f'{BRANCH}~2')[:7]}",
        "Push main to origin",
    ]


def test_a_conflict_waits_for_a_person(begin: Begin) -> None:
    """The dry run names commit and file; the revert stops there, goes on only when no marker is left, and abort restores."""
    way = begin(beta, BETA)
    fix = way.box.git("rev-parse", f"{BRANCH}~2")
    commit(way.box.root, "unlock.py", "wrong, and more\n", "fix: more")
    plan = way.plan(commits=fix, on=BRANCH)
    told = [finding.text for finding in plan.findings if not finding.ok]
    assert told == [
        f"revert of {fix[:7]}: in conflict unlock.py; you will solve it, then it goes on",
        "the new release comes after it: bump, commit-version, tag, push",
    ]
    before = way.box.git("rev-parse", "HEAD")
    assert way.run(plan).state == "running"
    (left,) = way.runner.unfinished(way.case, way.box.site)
    assert left.standings[0][1].state == "stopped"
    way.box.git("add", "unlock.py")
    (left,) = way.runner.unfinished(way.case, way.box.site)
    assert left.standings[0][1].observed.endswith("conflict markers are left in unlock.py")
    (way.box.root / "unlock.py").write_text("sound\n")
    way.box.git("add", "unlock.py")
    (left,) = way.runner.unfinished(way.case, way.box.site)
    assert left.standings[0][1].state == "ready"
    assert way.run(left.plan, left.run).state == "done"
    assert way.box.git("rev-parse", "HEAD~1") == before
    assert f"This reverts commit {fix}" in way.box.git("log", "-1", "--format=%B")


def test_abort_restores(begin: Begin) -> None:
    """A revert that stopped in a conflict is aborted: branch, index and files are as before."""
    way = begin(beta, BETA)
    fix = way.box.git("rev-parse", f"{BRANCH}~2")
    before = commit(way.box.root, "unlock.py", "wrong, and more\n", "fix: more")
    way.run(way.plan(commits=fix, on=BRANCH))
    (left,) = way.runner.unfinished(way.case, way.box.site)
    way.case = way.runner.abort(way.case, left, way.box.site, on_progress=lambda p: None)
    assert way.box.git("rev-parse", "HEAD") == before
    assert way.box.git("status", "--porcelain") == ""


def test_a_number_that_exists_is_never_used(begin: Begin) -> None:
    """The next beta is taken on the remote: the one after it is made; a number that is named and taken is refused
    (S1.TRP.3, S2.VER.5).
    """
    way = begin(beta, BETA)
    way.box.git("push", "-q", "origin", "v1.1.1-beta.1^{}:refs/tags/v1.1.1-beta.2")
    assert way.plan().title.endswith("release v1.1.1-beta.3")
    blocked = way.plan(version="1.1.1-beta.2").blocked
    assert any("v1.1.1-beta.2" in why for why in blocked)


def test_twice_is_refused(begin: Begin) -> None:
    """What was taken back is not taken back again, since that would bring it again."""
    way = begin(beta, BETA)
    way.run(way.plan())
    with pytest.raises(Refused, match=r"Nothing of v1\.1\.1-beta\.2 is left"):
        way.plan()


def test_work_that_nobody_committed_blocks(begin: Begin) -> None:
    """With changes in the work tree nothing runs."""
    way = begin(beta, BETA)
    (way.box.root / "unlock.py").write_text("mine\n")
    assert way.plan().blocked == ("tree not clean, 1 changed file: commit or stash first",)


def test_main_that_went_on_there_is_not_forced(begin: Begin) -> None:
    """When the remote's branch has moved meanwhile the push stops in a sentence, and the revert stays open to undo."""
    way = begin(merged, SERVICE)
    plan = way.plan()
    git = way.box.git
    git("switch", "-q", "-c", "colleague")
    theirs = commit(way.box.root, "theirs.py", "x\n", "feat: theirs")
    git("push", "-q", "origin", "colleague:main")
    git("switch", "-q", "main")
    ended = way.run(plan)
    assert ended.state == "running"
    assert way.there("refs/heads/main") == theirs
    (left,) = way.runner.unfinished(way.case, way.box.site)
    assert left.standings[-1][1].state == "conflict"


def test_no_rollback_and_an_unknown_one(begin: Begin) -> None:
    """A playbook's other rollbacks are named; one that is done by hand says so."""
    way = begin(beta, BETA)
    with pytest.raises(Refused, match="There is no rollback x; there are beta-channel, by-hand"):
        way.plan(rollback="x")
