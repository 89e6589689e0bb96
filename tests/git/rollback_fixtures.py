"""Repositories in which a hotfix went wrong, and the playbooks that take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hotfix_tui.domain.playbook import GitRules, Playbook, Rollback, VersionRules
from hotfix_tui.domain.records import OperationRecord
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.service.operations import OperationRunner
from tests.case_fixtures import PLAYBOOK, Desk
from tests.git_fixtures import Sandbox, commit, sandbox

BRANCH = "hotfix/issue-7-unlock"
CHANGELOG = "# Changelog\n\n## [1.1.0] - 2026-01-05\n\n### Added\n- Doors\n"
FILES = VersionRules(files=("package.json",), changelog="CHANGELOG.md")
BETA: Playbook = replace(
    PLAYBOOK,
    version=replace(FILES, scheme="promotion", suffix="beta"),
    rollbacks=(
        Rollback("beta-channel", "Take the beta back", "revert", "beta"),
        Rollback("by-hand", "A user goes back", "user-downgrade", user_text="Install $base."),
    ),
)
"""Fixes go out as pre-releases first (S0)."""
SERVICE: Playbook = replace(
    PLAYBOOK,
    version=FILES,
    git=GitRules(tag_push_triggers="the deployment"),
    rollbacks=(Rollback("revert", "Revert on main", "revert"),),
)
"""A service whose fix is on main (S4)."""


def released(folder: Path) -> Sandbox:
    """v1.1.0 is out, with a manifest and a changelog."""
    box = sandbox(folder)
    (box.root / "CHANGELOG.md").write_text(CHANGELOG)
    box.git("add", "CHANGELOG.md")
    commit(box.root, "package.json", '{\n  "name": "door",\n  "version": "1.1.0"\n}\n', "release 1.1.0")
    box.git("tag", "-a", "-m", "1.1.0", "v1.1.0")
    box.git("push", "-q", "origin", "main", "v1.1.0")
    return box


def beta(folder: Path) -> Sandbox:
    """A fix of two commits went out as v1.1.1-beta.1, and its branch is on the remote."""
    box = released(folder)
    box.git("switch", "-q", "-c", BRANCH, "v1.1.0")
    commit(box.root, "unlock.py", "wrong\n", "fix: unlock")
    commit(box.root, "test_unlock.py", "assert True\n", "test: unlock")
    commit(box.root, "package.json", '{\n  "name": "door",\n  "version": "1.1.1-beta.1"\n}\n', "1.1.1-beta.1")
    box.git("tag", "-a", "-m", "1.1.1-beta.1", "v1.1.1-beta.1")
    box.git("push", "-q", "-u", "origin", BRANCH, "v1.1.1-beta.1")
    return box


def merged(folder: Path) -> Sandbox:
    """A fix went out as v1.1.1 and was merged into main, on which work went on."""
    box = released(folder)
    box.git("switch", "-q", "-c", BRANCH, "v1.1.0")
    commit(box.root, "unlock.py", "wrong\n", "fix: unlock")
    commit(box.root, "package.json", '{\n  "name": "door",\n  "version": "1.1.1"\n}\n', "1.1.1")
    box.git("tag", "-a", "-m", "1.1.1", "v1.1.1")
    box.git("switch", "-q", "main")
    commit(box.root, "other.py", "new\n", "feat: other")
    box.git("merge", "-q", "--no-ff", "-m", f"Merge {BRANCH}", BRANCH)
    commit(box.root, "later.py", "later\n", "feat: later")
    box.git("push", "-q", "origin", "main", BRANCH, "v1.1.1")
    return box


class Way:
    """An incident beside a repository, and the ways back from it."""

    def __init__(self, folder: Path, box: Sandbox, playbook: Playbook, base: str = "v1.1.0") -> None:
        self.box, self.playbook = box, playbook
        self.desk = Desk(folder / "data", playbook)
        self.case = self.desk.declare(base=base, branch=BRANCH)
        self.runner = OperationRunner(self.desk.incidents, open_runs=self.desk.open_runs)

    def given(self, choice: Mapping[str, str]) -> dict[str, str]:
        """What is settled."""
        return OPERATIONS["rollback"].prepare(self.box.site, self.case.incident, self.playbook, choice)

    def plan(self, **choice: str) -> Plan:
        """The plan of the way back."""
        return OPERATIONS["rollback"].plan(self.given(choice), self.box.site)

    def run(self, plan: Plan, run: str = "") -> OperationRecord:
        """Carry it out; how it stands on disk."""
        self.case = self.runner.run(
            self.case, plan, self.box.site, run=run, on_progress=lambda p: None, cancelled=lambda: False
        )
        return list(self.desk.only().incident.operations.values())[-1]

    def there(self, ref: str) -> str:
        """The object that the remote has."""
        return self.box.repository.remote_refs("origin", ref).get(ref, "")


NIGHTLY: Playbook = replace(
    BETA, git=GitRules(base="main", branch=BRANCH, tag_push_triggers="the beta channel")
)
"""The same for tests that kill: its incident is declared without a base or a branch."""
