"""The operation `push`: the branch, then the tag, by object id, proven by the remote and never by memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.git_repository import find_repository
from hotfix_tui.adapters.site import site_of
from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.playbook import GitRules
from tests.git.working import Night, playbook_of, states
from tests.git_fixtures import START, commit, git

REFUSES = "#!/bin/sh\necho 'GH006: Protected branch \x1b]0;pwn\x07' >&2\nexit 1\n"


@pytest.fixture(autouse=True)
def a_fix(night: Night) -> str:
    """The fix is committed on its branch and tagged; its commit."""
    night.box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    night.box.git("commit", "-q", "--allow-empty", "-m", "the fix")
    night.box.git("tag", "-a", "-m", "x", "v1.0.5")
    return night.box.git("rev-parse", "HEAD")


def there(night: Night, ref: str) -> str:
    """What the remote has."""
    return git(night.box.remote, "rev-parse", "--verify", "--quiet", ref, check=False)


def test_branch_then_tag(night: Night, a_fix: str) -> None:
    """Object ids travel; the branch follows its twin afterwards (S3.GIT.1, S1.BRA.4, S0.GIT.1, S0.GIT.3, S1.GIT.1, S2.GIT.3, S4.GIT.1, S4.GIT.3)."""
    plan = night.plan("push")
    tag = night.box.git("rev-parse", "v1.0.5")
    assert [step.id for step in plan.steps] == ["push-branch", "follow", "push-tag"]
    assert plan.steps[0].argv[-1] == f"{a_fix}:refs/heads/hotfix/v1.0.5"
    assert plan.steps[2].argv[-1] == f"{tag}:refs/tags/v1.0.5"
    assert not any("force" in word or word.startswith("+") for step in plan.steps for word in step.argv)
    assert (plan.level, plan.blocked, states(plan, night.site)) == (2, (), ["not-done"] * 3)
    assert night.carry_out(plan).state == "done"
    assert (there(night, "hotfix/v1.0.5"), there(night, "refs/tags/v1.0.5")) == (a_fix, tag)
    assert night.box.git("rev-parse", "--abbrev-ref", "@{upstream}") == "origin/hotfix/v1.0.5"
    assert night.run("push").state == "done"


def test_a_tag_that_publishes_is_the_point_of_no_return(night: Night) -> None:
    """Its name is typed, the line is drawn before nothing but it, and there is no way back (S2.GIT.4)."""
    night.playbook = playbook_of(GitRules(tag_push_triggers="the publish workflow"))
    plan = night.plan("push")
    last = plan.steps[-1]
    assert (plan.level, plan.word) == (3, "v1.0.5")
    assert (last.id, last.final, last.can_be_undone) == ("push-tag", "the publish workflow", False)
    assert all(not step.final and step.level < 3 for step in plan.steps[:-1])


def test_only_one_of_them(night: Night, a_fix: str) -> None:
    """Branch or tag alone; a tag that is not on the branch does not travel along."""
    assert [step.id for step in night.plan("push", tag="none").steps] == ["push-branch", "follow"]
    assert [step.id for step in night.plan("push", branch="none", tag="v1.0.5").steps] == ["push-tag"]
    assert [step.id for step in night.plan("push", branch="main").steps] == ["push-branch", "follow"]
    with pytest.raises(Refused, match="no tag v9"):
        night.plan("push", tag="v9")
    with pytest.raises(Refused, match="no branch nowhere"):
        night.plan("push", branch="nowhere")
    with pytest.raises(Refused, match="nothing to push"):
        night.plan("push", branch="none")


def test_the_tag_of_the_base_is_none_of_the_fix(night: Night) -> None:
    """Before anything is committed the branch is at the released commit: its tag is nobody's to publish tonight."""
    night.playbook = playbook_of(GitRules(tag_push_triggers="the publish workflow"))
    night.box.git("tag", "-a", "-m", "x", "v1.0.4-rc.1", "v1.0.4")
    night.box.git("push", "-q", "origin", "--delete", "v1.0.4")
    night.box.git("switch", "-q", "-c", "hotfix/other", "v1.0.4")
    plan = night.plan("push")
    assert ([step.id for step in plan.steps], plan.level) == (["push-branch", "follow"], 2)
    assert plan.title == "Push hotfix/other to origin"


def test_a_pre_release_of_the_fix_goes_along(night: Night) -> None:
    """The newest version at the branch's commit, where it is newer than what is repaired."""
    night.box.git("tag", "-d", "v1.0.5")
    night.box.git("tag", "-a", "-m", "x", "v1.0.2")
    assert [step.id for step in night.plan("push").steps] == ["push-branch", "follow"]
    night.box.git("tag", "-a", "-m", "x", "v1.0.5-beta.1")
    assert night.plan("push").title == "Push hotfix/v1.0.5 and v1.0.5-beta.1 to origin"


def test_a_tag_that_the_remote_has_is_not_pushed_again(night: Night) -> None:
    """Later commits of the branch go alone, without the word that the tag has had typed."""
    night.playbook = playbook_of(GitRules(tag_push_triggers="the publish workflow"))
    night.box.git("push", "-q", "origin", "v1.0.5")
    plan = night.plan("push")
    assert ([step.id for step in plan.steps], plan.level) == (["push-branch", "follow"], 2)
    assert [step.id for step in night.plan("push", branch="none", tag="v1.0.5").steps] == ["push-tag"]


def test_the_remote_has_gone_on(night: Night, a_fix: str) -> None:
    """What is there and not here blocks with what to do; nothing is forced (row 75)."""
    other = night.box.git("commit-tree", "-m", "other", "-p", night.box.release, "v1.0.4^{tree}")
    night.box.git("push", "-q", "origin", f"{other}:refs/heads/hotfix/v1.0.5")
    assert "have gone apart" in "; ".join(night.plan("push", tag="none").blocked)
    foreign = git(night.box.remote, "commit-tree", "-m", "foreign", "-p", other, f"{other}^{{tree}}")
    git(night.box.remote, "update-ref", "refs/heads/hotfix/v1.0.5", foreign)
    assert "git fetch origin" in "; ".join(night.plan("push", tag="none").blocked)


def test_a_race_is_told_in_one_sentence(night: Night, a_fix: str) -> None:
    """Somebody pushes between plan and push: it fails with what to do, and the remote keeps theirs."""
    plan = night.plan("push", tag="none")
    other = git(night.box.remote, "commit-tree", "-m", "other", "-p", night.box.release, "v1.0.4^{tree}")
    git(night.box.remote, "update-ref", "refs/heads/hotfix/v1.0.5", other)
    record = night.carry_out(plan)
    assert record.state == "failed"
    assert "not known here" in record.detail
    assert there(night, "hotfix/v1.0.5") == other


def test_a_protected_branch_is_told(night: Night) -> None:
    """The remote's own words are shown clean, and then what they mean (rows 63 and 75)."""
    hook = night.box.remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(REFUSES)
    hook.chmod(0o755)
    record = night.run("push", tag="none")
    assert record.state == "failed"
    assert "protects this branch" in record.detail
    lines = [news.text for news in night.told if news.state == "line"]
    assert any("GH006" in line for line in lines)
    assert not any("\x1b" in line for line in lines)


def test_another_tag_on_the_remote_stays(night: Night) -> None:
    """A published version is never replaced (S1.TRP.4)."""
    night.box.git("push", "-q", "origin", "main:refs/tags/v1.0.5")
    assert "it stays" in "; ".join(night.plan("push").blocked)


def test_a_remote_that_cannot_be_asked(night: Night) -> None:
    """One sentence, and no plan that rests on memory."""
    night.box.git("remote", "set-url", "origin", str(night.box.remote.parent / "gone"))
    with pytest.raises(PortFailure, match="remote repository cannot be read"):
        night.plan("push")
    night.box.git("remote", "remove", "origin")
    with pytest.raises(PortFailure, match="no remote origin"):
        night.plan("push")


def test_a_push_whose_answer_was_lost(night: Night, a_fix: str) -> None:
    """The remote took it and the console never heard: the remote is asked, and nothing is pushed twice."""
    plan = night.plan("push", tag="none")
    night.box.git("push", "-q", "origin", f"{a_fix}:refs/heads/hotfix/v1.0.5")
    assert states(plan, night.site)[0] == "done"
    assert night.carry_out(plan).state == "done"
    assert ("push-branch", "running") not in [(news.step, news.state) for news in night.told]


def test_a_new_branch_is_taken_back(night: Night, a_fix: str) -> None:
    """What this push added is deleted again, while it is still ours; what was there before has no way back."""
    plan = night.plan("push")
    follow = replace(plan.steps[1], argv=("git", "no-such"), exact=None)
    assert night.carry_out(replace(plan, steps=(plan.steps[0], follow))).state == "running"
    assert night.undo().state == "undone"
    assert there(night, "hotfix/v1.0.5") == ""
    night.box.git("push", "-q", "origin", f"{night.box.release}:refs/heads/hotfix/v1.0.5")
    assert not night.plan("push").steps[0].can_be_undone


def test_a_remote_that_is_away_leaves_the_step_resumable(night: Night, a_fix: str) -> None:
    """What is unfinished is shown all the same, with the reason; once the remote is back it goes on (row 62)."""
    plan, home = night.plan("push", tag="none"), night.box.remote
    away = home.with_name("away")
    home.rename(away)
    with pytest.raises(PortFailure, match="cannot be read"):
        night.carry_out(plan)
    left = night.left()
    assert [standing.state for _, standing in left.standings] == ["unknown", "not-done"]
    assert "remote repository cannot be read" in left.standings[0][1].observed
    with pytest.raises(PortFailure):
        night.resume()
    assert night.record().state == "running"
    away.rename(home)
    assert night.resume().state == "done"
    assert there(night, "hotfix/v1.0.5") == a_fix


def test_what_somebody_pushed_onto_it_since_is_not_lost(night: Night, a_fix: str) -> None:
    """Undo deletes the branch on the remote only while it is at our commit: else it stays, and that is said."""
    plan = night.plan("push", tag="none")
    follow = replace(plan.steps[1], argv=("git", "no-such"), exact=None)
    night.carry_out(replace(plan, steps=(plan.steps[0], follow)))
    theirs = git(night.box.remote, "commit-tree", "-m", "theirs", "-p", a_fix, f"{a_fix}^{{tree}}")
    git(night.box.remote, "update-ref", "refs/heads/hotfix/v1.0.5", theirs)
    night.box.git("fetch", "-q", "origin")
    with pytest.raises(PortFailure, match="moved meanwhile"):
        night.undo()
    assert there(night, "hotfix/v1.0.5") == theirs


def test_a_clone_that_keeps_no_other_branches(night: Night, tmp_path: Path) -> None:
    """Pushed from a shallow clone, too, the branch follows its twin."""
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{night.box.remote}", str(clone))
    git(clone, "switch", "-q", "-c", "hotfix/shallow")
    fix = commit(clone, "unlock.py", "fixed\n")
    night.site = site_of(find_repository(clone), FrozenClock(START))
    assert night.run("push", tag="none").state == "done"
    assert there(night, "hotfix/shallow") == fix
    assert git(clone, "config", "branch.hotfix/shallow.merge") == "refs/heads/hotfix/shallow"
    assert night.site.making.upstream("hotfix/shallow") == "refs/remotes/origin/hotfix/shallow"
