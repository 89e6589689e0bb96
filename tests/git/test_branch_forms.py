"""The names that a hotfix branch may have, where it may start, and that it is pushed at once when asked to."""

from __future__ import annotations

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import BranchForm, GitRules
from tests.git.working import Night, playbook_of
from tests.git_fixtures import git


@pytest.mark.parametrize(
    ("form", "choice", "name"),
    [
        ("issue", {"issue": "42"}, "hotfix/issue-42-unlocking-fails"),
        ("version", {}, "hotfix/v1.0.5"),
        ("security", {"number": "007"}, "hotfix/security-2026-007"),
        ("critical", {}, "hotfix/critical-unlocking-fails"),
        ("stamp", {}, "hotfix/v20261121_0314"),
        ("next-patch", {"fix": "9.9.9"}, "hotfix/v1.0.5"),
        ("pre-release", {}, "hotfix/v1.0.5-rc.1"),
        ("slug", {}, "hotfix/unlocking-fails"),
        ("cve", {"cve": "CVE-2026-12345"}, "hotfix/security-cve-2026-12345"),
        ("Our own", {}, "mend/unlocking-fails"),
    ],
)
def test_nine_forms_and_the_playbook_s_own(
    night: Night, form: str, choice: dict[str, str], name: str
) -> None:
    """Each gives a branch that git takes (X.5, S0.BRA.1, S1.BRA.2, S1.BRA.3, S4.BRA.1, S4.BRA.2)."""
    night.playbook = playbook_of(GitRules(branches=(BranchForm("our own", "mend/$slug"),)))
    assert night.run("branch", form=form, **choice).state == "done"
    assert night.box.git("symbolic-ref", "--short", "HEAD") == name
    assert night.box.git("rev-parse", "HEAD") == night.box.release


@pytest.mark.parametrize(
    ("form", "said"), [("issue", "issue=…"), ("cve", "cve=…"), ("odd", "choose one of: issue")]
)
def test_what_a_form_lacks(night: Night, form: str, said: str) -> None:
    """A part that nobody knows is asked for by its name; an unknown form is answered with all of them."""
    with pytest.raises(Refused, match=said):
        night.plan("branch", form=form)


def test_the_tag_nearest_to_head(night: Night) -> None:
    """As `git describe` has it, which is not always the highest (S1.BRA.3, S4.BRA.3)."""
    night.box.git("switch", "-q", "--detach", "v1.0.3")
    plan = night.plan("branch", base="described", branch="mend/it")
    assert (plan.parameters["base"], plan.parameters["oid"]) == (
        "v1.0.3",
        night.box.git("rev-parse", "v1.0.3^{commit}"),
    )


def test_an_old_main_is_told(night: Night) -> None:
    """Main here may be behind what was fetched of it (S0.BRA.2)."""
    night.box.git("branch", "-f", "side", "main")
    night.box.git("reset", "-q", "--hard", "HEAD~1")
    told = [f.text for f in night.plan("branch", base="main", branch="mend/it").findings if not f.ok]
    assert "main is 1 commit behind origin/main: git merge --ff-only origin/main" in told


def test_it_is_pushed_and_follows(night: Night) -> None:
    """Verified clean, pushed with its upstream, and taken back there too (S1.BRA.4)."""
    plan = night.plan("branch", push="yes")
    assert [step.id for step in plan.steps] == ["create", "switch", "push-branch", "follow"]
    assert (plan.level, plan.blocked) == (2, ())
    assert night.carry_out(plan).state == "done"
    assert git(night.box.remote, "rev-parse", "hotfix/v1.0.5") == night.box.release
    assert night.box.git("rev-parse", "--abbrev-ref", "@{upstream}") == "origin/hotfix/v1.0.5"


def test_the_remote_has_another_one(night: Night) -> None:
    """A branch of that name with other commits on the remote is never run over."""
    other = night.box.git("commit-tree", "-m", "other", "-p", night.box.release, "v1.0.4^{tree}")
    night.box.git("push", "-q", "origin", f"{other}:refs/heads/hotfix/v1.0.5")
    night.box.git("update-ref", "-d", "refs/remotes/origin/hotfix/v1.0.5")
    assert night.plan("branch").blocked == ()
    plan = night.plan("branch", push="yes")
    assert plan.blocked == ()
    assert (
        plan.findings[-1].text
        == f"hotfix/v1.0.5 is at {other[:7]} on origin, which holds {night.box.release[:7]}"
    )
    foreign = git(night.box.remote, "commit-tree", "-m", "foreign", "v1.0.3^{tree}")
    git(night.box.remote, "update-ref", "refs/heads/hotfix/v1.0.5", foreign)
    assert "not known here" in "; ".join(night.plan("branch", push="yes").blocked)
