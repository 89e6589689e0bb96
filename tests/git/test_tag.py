"""The operation `tag`: annotated, on one exact commit, and never a version that is taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hotfix_tui.domain.errors import NeedsWord, Refused
from hotfix_tui.domain.playbook import Formats, Item, Phase, VersionRules
from hotfix_tui.operations import OPERATIONS
from tests.git.working import Night, playbook_of, states
from tests.git_fixtures import git


@pytest.fixture(autouse=True)
def a_fix(night: Night) -> str:
    """The fix is committed on its branch; its commit."""
    night.box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    night.box.git("commit", "-q", "--allow-empty", "-m", "the fix")
    return night.box.git("rev-parse", "HEAD")


def test_it_is_annotated_and_on_the_commit(night: Night, a_fix: str) -> None:
    """With the playbook's message; HEAD may move on meanwhile (S2.GIT.3, S4.GIT.3, S4.MSG.3, S0.GIT.3)."""
    plan = night.plan("tag", issue="42")
    night.box.git("commit", "-q", "--allow-empty", "-m", "more")
    (step,) = plan.steps
    assert (step.argv[-2:], step.level, plan.blocked) == (("v1.0.5", a_fix), 1, ())
    assert night.carry_out(plan).state == "done"
    assert night.record().detail == f"v1.0.5 → {a_fix[:7]}, annotated"
    assert night.box.git("cat-file", "-t", "v1.0.5") == "tag"
    assert night.box.git("rev-parse", "v1.0.5^{commit}") == a_fix
    assert night.box.git("tag", "-l", "--format=%(contents)", "v1.0.5") == "Hotfix: Unlocking fails (#42)"
    assert night.box.git("ls-remote", "origin", "refs/tags/v1.0.5") == ""
    assert night.carry_out(night.plan("tag", version="1.0.5", at=a_fix, issue="42")).state == "done"


def test_lines_that_begin_with_a_hash_stay(night: Night) -> None:
    """Git would take them for comments and drop them."""
    night.run("tag", message="Hotfix\n\n#42 is fixed")
    assert night.box.git("tag", "-l", "--format=%(contents)", "v1.0.5") == "Hotfix\n\n#42 is fixed"


def test_a_message_of_five_parts(night: Night) -> None:
    """Title, Fixes, symptom and the pointer to the changelog; what nobody knows is asked for (S2.MSG.3)."""
    night.playbook = playbook_of(
        formats=Formats(
            tag="Hotfix v$fix: $summary\n\nFixes #$issue\n\nCritical fix for $symptom.\n\nSee CHANGELOG.md"
        )
    )
    with pytest.raises(NeedsWord, match="symptom=…"):
        night.plan("tag", issue="7")
    night.run("tag", issue="7", symptom="a crash")
    said = night.box.git("tag", "-l", "--format=%(contents)", "v1.0.5")
    assert (
        said == "Hotfix v1.0.5: Unlocking fails\n\nFixes #7\n\nCritical fix for a crash.\n\nSee CHANGELOG.md"
    )


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"tag": "v1.0.4"}, "exists at"),
        ({"tag": "v1.0.3"}, "sorts below"),
        ({"tag": "v1.1.0-beta.1"}, "exists"),
        ({"version": "1.0.4-hotfix.1"}, "sorts below v1.0.4"),
    ],
)
def test_a_version_that_must_not_be(night: Night, choice: dict[str, str], said: str) -> None:
    """One that exists, here or there, or that sorts below what it repairs (S1.TRP.3, S4.TRP.1)."""
    plan = night.plan("tag", message="x", **choice)
    assert said in "; ".join(plan.blocked)


def test_a_tag_that_only_the_remote_has(night: Night) -> None:
    """Somebody else has published that version already (S1.TRP.4)."""
    night.box.git("push", "-q", "origin", "main:refs/tags/v1.0.5")
    (why,) = night.plan("tag", tag="v1.0.5", message="x").blocked
    assert "exists on origin and not here" in why


def test_a_remote_that_does_not_answer_is_told(night: Night) -> None:
    """The tag can be made without network; that nobody was asked is said."""
    night.box.git("remote", "set-url", "origin", str(night.box.remote.parent / "gone"))
    plan = night.plan("tag", message="x")
    assert plan.blocked == ()
    assert any("was not asked for its tags" in f.text for f in plan.findings)


def test_a_tag_made_meanwhile_elsewhere_is_a_conflict(night: Night, a_fix: str) -> None:
    """It is not moved, and a lightweight one on the commit is not ours."""
    plan = night.plan("tag", message="x")
    night.box.git("tag", "v1.0.5", a_fix)
    assert states(plan, night.site) == ["conflict"]
    night.box.git("tag", "-f", "-m", "x", "v1.0.5", "main")
    assert "not moved" in OPERATIONS["tag"].plan(plan.parameters, night.site).blocked[0]
    with pytest.raises(Refused):
        night.carry_out(OPERATIONS["tag"].plan(plan.parameters, night.site))


@pytest.mark.parametrize("tag", ["--force", "v1.0.5\u202e", "a b", "@{-1}"])
def test_a_name_that_cannot_be(night: Night, tag: str) -> None:
    """It is refused as no version, or as no name."""
    with pytest.raises(Refused, match="no version"):
        night.plan("tag", tag=tag, message="x")


def test_no_such_commit(night: Night) -> None:
    """A word that names nothing is refused with what may be named."""
    with pytest.raises(Refused, match="no commit nowhere"):
        night.plan("tag", at="nowhere", message="x")
    short = night.box.release[:8]
    assert night.plan("tag", at=short, message="x").parameters["oid"] == night.box.release


def test_it_is_pushed_as_well(night: Night, a_fix: str) -> None:
    """When asked to, or when the playbook's item for it is proven by the remote: the branch, then the tag's own object."""
    assert [step.id for step in night.plan("tag", message="x").steps] == ["tag"]
    item = Item("tagged", "Create and push the tag", operation="tag", check="tag-remote")
    night.playbook = replace(night.playbook, phases=(Phase("out", "Out", items=(item,)),))
    assert [step.id for step in night.plan("tag", message="x", push="no").steps] == ["tag"]
    plan = night.plan("tag", message="x")
    assert [step.id for step in plan.steps] == ["tag", "push-branch", "push-tag"]
    assert night.carry_out(plan).state == "done"
    there = git(night.box.remote, "rev-parse", "refs/tags/v1.0.5", "refs/heads/hotfix/v1.0.5").split()
    assert there == [night.box.git("rev-parse", "refs/tags/v1.0.5"), a_fix]
    ran = next(step for step in night.record().steps if step.step == "push-tag")
    assert ran.argv[-1] == f"{there[0]}:refs/tags/v1.0.5"
    assert [
        step.id for step in night.plan("tag", message="x", at=night.box.release, version="1.0.6").steps
    ] == ["tag", "push-tag"]


def test_pushing_it_is_the_point_of_no_return(night: Night) -> None:
    """Where a pushed tag publishes, its name is typed, also when it is made in the same plan (S2.GIT.4)."""
    night.playbook = replace(
        night.playbook, git=replace(night.playbook.git, tag_push_triggers="the workflow")
    )
    plan = night.plan("tag", message="x", push="yes")
    assert (plan.level, plan.word, plan.steps[-1].final) == (3, "v1.0.5", "the workflow")


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("1.0.5", "v1.0.5"),
        ("1.0.5-beta.3", "v1.0.5-beta.3"),
        ("1.0.4", "v1.0.5-rc.1"),
        ("", "v1.0.5-rc.1"),
    ],
)
def test_the_version_that_the_commit_says(night: Night, written: str, tag: str) -> None:
    """A bump went before: its version is tagged, and not the next one of the scheme (S2.VER.1)."""
    rules = VersionRules(scheme="promotion", files=("package.json",))
    night.playbook = replace(playbook_of(), version=rules)
    if written:
        night.box.git("tag", "-d", "v1.0.4")
        night.box.git("push", "-q", "origin", ":refs/tags/v1.0.4")
        package_at(night, "1.0.4")
        night.box.git("tag", "-a", "-m", "released", "v1.0.4")
        night.box.git("push", "-q", "origin", "v1.0.4")
        package_at(night, written)
    (step,) = night.plan("tag", message="x").steps
    assert step.argv[-2] == tag


def package_at(night: Night, version: str) -> None:
    """A commit whose version file says this version."""
    (night.box.root / "package.json").write_text(f'{{"name": "locks", "version": "{version}"}}\n')
    night.box.git("add", "package.json")
    night.box.git("commit", "-q", "--allow-empty", "-m", f"version {version}")
