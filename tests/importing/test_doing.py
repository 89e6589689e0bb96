"""Which operation does what an imported item asks for."""

from __future__ import annotations

import pytest

from hotfix_tui.checks import CHECKS
from hotfix_tui.importing.understanding import understand
from hotfix_tui.importing.understood import Command, Origin
from hotfix_tui.importing.writing.doing import PROOFS, check, operation
from hotfix_tui.importing.writing.shell import parts
from hotfix_tui.loading import Names, read
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.service.importing import imported

BY_COMMANDS = {
    "git checkout main\ngit pull origin main\ngit checkout -b hotfix/issue-42": "branch",
    "git switch -c hotfix/1 v1.2.3\ngit push -u origin hotfix/1": "branch",
    "git add .\ngit commit -m 'fix: it'\ngit push": "commit",
    "git tag -a v1.2.4 -m 'Fix'\ngit push origin v1.2.4": "tag",
    "git push origin hotfix/1": "push",
    "git checkout main\ngit merge --no-ff hotfix/1\ngit push origin main": "merge-back",
    "git cherry-pick -x abc123": "cherry-pick",
    "git branch -d hotfix/1\ngit push origin --delete hotfix/1": "clean-up",
    "npm version patch": "bump",
    "gh release create v1.2.4": "release",
    "cargo publish": "publish",
    # more than one operation does, or something that none does
    "git checkout -b hotfix/1\ngit commit -m 'fix'": "",
    "npm test\ngit commit -m 'fix'": "",
    "git push --force": "",
    "git tag -d v1.2.4\ngit push origin :refs/tags/v1.2.4": "",
    "git push origin --delete refs/tags/v1.2.4": "",
    "git fetch --tags\ngit log --oneline -5": "",
    "git merge --abort": "",
}
BY_WORDS = {
    "Version bumped": "bump",
    "CHANGELOG updated": "changelog",
    "CHANGELOG güncellendi": "changelog",
    "Hotfix branch created": "branch",
    "Merged back to develop": "merge-back",
    "Delete the hotfix branch": "clean-up",
    "GitHub release created (pre-release flag)": "release",
    "Do not create a branch from main": "",
    "Confirm that CHANGELOG.md has an accurate list of everything that was changed since then": "",
    "Tag the people on the issue": "",
    "Tests pass": "",
}


@pytest.mark.parametrize(("script", "name"), BY_COMMANDS.items())
def test_commands_tell_the_operation_that_does_all_of_them(script: str, name: str) -> None:
    """What only looks does not count; where one operation does not do all, the item stays a person's."""
    command = Command(script, "bash", "", Origin(1, 1, ""))
    assert operation("Anything", [command]) == name
    assert name in ("", *OPERATIONS)


@pytest.mark.parametrize(("text", "name"), BY_WORDS.items())
def test_plain_words_tell_it_for_a_box(text: str, name: str) -> None:
    """A short box that says one thing to do; what warns, or says more, stays a person's."""
    assert operation(text, []) == name


def test_what_proves_an_item_is_known() -> None:
    """Every proof is a check, every operation one of hotfix's own."""
    assert set(PROOFS) <= set(OPERATIONS)
    assert set(PROOFS.values()) <= set(CHECKS)
    assert check("", ("cargo", "test")) == check("", ("python", "-m", "pytest")) == "tests-passed"
    assert check("", ("cargo", "build")) == check("commit", ("cargo", "test")) == ""


def test_a_script_is_as_many_items_as_it_has_comments() -> None:
    """Each with what its comment says: the branch is hotfix's own, the test is a command, the commit is hotfix's own."""
    document = (
        b"# Hotfix\n\n## Step 1: Work\n\n```bash\n# Branch off\ngit checkout main\ngit checkout -b hotfix/42\n\n"
        b"# Make the fix\n# ... code ...\n\n# Test it\nmake test\n\n# Commit it\ngit commit -m 'fix: it (#42)'\n```\n\n"
        b"## Step 2: Tell\n\nEverybody.\n"
    )
    playbook = read(
        imported(understand(document), document, "F.md").text,
        "F.toml",
        Names(tuple(OPERATIONS), tuple(CHECKS)),
    )
    items = [(item.text, item.operation, item.command, item.check) for item in playbook.phases[0].items]
    assert items == [
        ("Branch off", "branch", (), "branch-exists"),
        ("Test it", "", ("make", "test"), "tests-passed"),
        ("Commit it", "commit", (), ""),
    ]


def test_the_comment_right_above_names_a_part() -> None:
    """Its first line does; what stands before any comment has no words."""
    assert parts("cd app\n# One\n# more of it\na\nb\n\n# Only a remark\n\n# Two\nc\n") == (
        ("", "cd app"),
        ("One", "a\nb"),
        ("Two", "c"),
    )
