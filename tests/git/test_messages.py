"""The texts that the built-in playbooks give git, as they stand in a real repository afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.git.working import Night
from tests.playbooks.built_in import FILES, PLAYBOOKS

KNOWN = {
    "issue": "42",
    "summary": "unlock twice",
    "explanation": "The lock is asked again.",
    "cause": "a race",
    "impact": "nobody gets in",
    "symptom": "a crash",
    "platforms": "Linux",
    "tested": "by hand",
    "unit_tests": "green",
    "hand_tests": "green",
    "regression_test": "test_twice",
}
COMMITS = {
    "desktop-app": "fix: unlock twice (#42)",
    "npm-package": "fix: unlock twice (HOTFIX)",
    "crates-cli": "fix(critical): unlock twice\n\nFixes #42\n\nThe lock is asked again.\n\nTested on: Linux",
    "beta-protocol": "fix(critical): unlock twice\n\nFixes #42\n\nRoot Cause: a race\nImpact: nobody gets in\n"
    "Fix: The lock is asked again.\n\nTested:\n- Unit tests: green\n- Manual verification: green\n"
    "- Regression test added: test_twice",
    "web-service": "hotfix: unlock twice\n\nFixes 42\nSeverity: P0\n\nChanges:\n- The lock is asked again.\n\n"
    "Tested:\n- by hand\n\nRollback: git revert <this commit>",
}
TAGS = {
    "desktop-app": "Hotfix: unlock twice",
    "npm-package": "v1.0.5: unlock twice",
    "crates-cli": "Hotfix v1.0.5: unlock twice\n\nFixes #42\n\nCritical fix for a crash.\n\nSee CHANGELOG.md for details.",
    "beta-protocol": "Hotfix: unlock twice (#42)",
    "web-service": "Hotfix: Unlocking fails",
}


@pytest.mark.parametrize(("source", "name"), FILES.items())
def test_the_playbook_s_own_words(night: Night, source: str, name: str) -> None:
    """Of the fix (S0.MSG.1, S1.MSG.1, S2.MSG.1, S3.MSG.1, S4.MSG.1) and of its tag (S0.MSG.2, S2.MSG.3, S3.MSG.3, S4.MSG.3)."""
    own = PLAYBOOKS[source]
    night.playbook = replace(night.playbook, formats=own.formats, git=own.git)
    night.box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    (night.box.root / "unlock.py").write_text("fixed\n")
    assert night.run("commit", **KNOWN).state == "done"
    assert night.box.git("log", "-1", "--format=%B") == COMMITS[name]
    assert night.run("tag", **KNOWN, version="1.0.5").state == "done"
    assert night.box.git("tag", "-l", "--format=%(contents)", "v1.0.5") == TAGS[name]
