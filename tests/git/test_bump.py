"""The version in all its files and the entry in the changelog, on real repositories."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.playbook import Formats, Playbook
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.operations.showing import told
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.operations import OperationRunner
from tests.case_fixtures import Desk
from tests.git.killing import Morning, killed
from tests.git.version_fixtures import CRATE, FILES, MEANT, RULES, contents, crate, write
from tests.git_fixtures import Sandbox

WORDS: dict[str, str] = {"summary": "Crash", "issue": "7", "impact": "no door opens"}
ENTERED = FILES["CHANGELOG.md"].replace(
    b"## [1.0.4]",
    b"## [1.0.5] - 2026-11-21 - HOTFIX\r\n### Fixed\r\n- **CRITICAL**: Crash (#7)\r\n"
    b"  - Impact: no door opens\r\n\r\n## [1.0.4]",
)


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A crate on a hotfix branch."""
    return crate(tmp_path / "box")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A service over an empty database."""
    desk = Desk(tmp_path / "data", CRATE)
    yield desk
    desk.store.close()


def planned(
    box: Sandbox,
    case: Case,
    name: str = "bump",
    choice: Mapping[str, str] | None = None,
    playbook: Playbook = CRATE,
) -> Plan:
    """The plan for these choices."""
    operation = OPERATIONS[name]
    return operation.plan(operation.prepare(box.site, case.incident, playbook, choice or {}), box.site)


def carried_out(desk: Desk, box: Sandbox, case: Case, plan: Plan) -> tuple[str, str]:
    """How the plan ended, and its one line."""
    case = OperationRunner(desk.incidents).run(
        case, plan, box.site, on_progress=lambda p: None, cancelled=lambda: False
    )
    ended = list(case.incident.operations.values())[-1]
    return ended.state, ended.detail


def test_the_version_is_written_into_every_file(box: Sandbox, desk: Desk) -> None:
    """Manifest, lock file and constant say the fix's version; no other byte changes (X.6, S2.VER.1-2, S3.VER.2-4)."""
    case = desk.declare()
    plan = planned(box, case)
    assert plan.title == "Write 1.0.5 into Cargo.toml, src/version.rs, Cargo.lock"
    assert plan.level == 1
    assert not plan.blocked
    assert carried_out(desk, box, case, plan)[0] == "done"
    assert contents(box) == FILES | MEANT
    assert sorted(box.git("diff", "--name-only").split()) == sorted(MEANT)


def test_the_plan_shows_each_line_and_each_doubt(box: Sandbox, desk: Desk) -> None:
    """Before it runs: every changed line with its number, what is left alone, what is not there."""
    plan = planned(box, desk.declare())
    (step,) = plan.steps
    assert '    5 - version = "1.0.4"' in told(step)
    assert '    1 + pub const VERSION: &str = "1.0.5";' in told(step)
    doubts = [finding.text for finding in plan.findings if not finding.ok]
    assert doubts == [
        "crates/lock/Cargo.toml:3 package.version 0.1.0 counts its own version: not changed",
        "package-lock.json is not there: nothing is locked in it",
    ]
    assert plan.findings[0].text == "1.0.4 in Cargo.toml, src/version.rs, Cargo.lock"


def test_files_that_disagree_stop_before_anything_is_written(box: Sandbox, desk: Desk) -> None:
    """Each file with its line and version is told; nothing is written."""
    write(box, {"src/version.rs": FILES["src/version.rs"].replace(b"1.0.4", b"1.0.3")})
    box.git("commit", "-qam", "forgotten")
    with pytest.raises(
        Refused, match=r"do not agree: Cargo\.toml:5 .* 1\.0\.4; src/version\.rs:1 .* 1\.0\.3;"
    ):
        planned(box, desk.declare())
    assert box.git("status", "--porcelain") == ""


def test_a_version_that_exists_blocks(box: Sandbox, desk: Desk) -> None:
    """A tag that is there already is no version for a fix, and its files stay as they are."""
    plan = planned(box, desk.declare(), choice={"version": "1.0.3"})
    assert any("v1.0.3" in why for why in plan.blocked)
    with pytest.raises(Refused):
        carried_out(desk, box, desk.only(), plan)
    assert contents(box) == FILES


def test_files_that_lag_behind_the_release_are_told(box: Sandbox, desk: Desk) -> None:
    """When the files do not say what is repaired, somebody forgot a bump: told, not forbidden."""
    old = {path: FILES[path].replace(b"1.0.4", b"1.0.3") for path in MEANT}
    write(box, old)
    box.git("commit", "-qam", "older")
    plan = planned(box, desk.declare(base="v1.0.4"))
    assert "the files do not say 1.0.4, the version that is repaired" in [f.text for f in plan.findings]
    assert not plan.blocked


def test_work_in_a_version_file_is_not_written_over(box: Sandbox, desk: Desk) -> None:
    """A version file with changes that nobody committed blocks the plan."""
    write(box, {"Cargo.toml": FILES["Cargo.toml"] + b"# mine\n"})
    plan = planned(box, desk.declare())
    assert plan.blocked == ("Cargo.toml was changed by somebody else; commit or restore it",)


def test_a_link_is_refused(box: Sandbox, desk: Desk) -> None:
    """A version file that is a link is not written through."""
    (box.root / "src/version.rs").unlink()
    (box.root / "src/version.rs").symlink_to("../Cargo.toml")
    box.git("commit", "-qam", "a link")
    with pytest.raises(PortFailure, match="link"):
        planned(box, desk.declare())


def test_a_second_time_it_is_found_done(box: Sandbox, desk: Desk) -> None:
    """After a commit the same operation finds nothing to do and says so."""
    case = desk.declare()
    carried_out(desk, box, case, planned(box, case))
    box.git("commit", "-qam", "bump")
    plan = planned(box, desk.only(), choice={"version": "1.0.5"})
    assert carried_out(desk, box, desk.only(), plan) == ("done", "every version file says 1.0.5")
    assert box.git("status", "--porcelain") == ""


def test_pre_releases_count_on_and_are_promoted(box: Sandbox, desk: Desk) -> None:
    """1.0.4 gives 1.0.5-beta.1, then -beta.2, where the playbook goes through betas (S0.VER.1-2, S3.VER.1)."""
    betas = replace(CRATE, version=replace(RULES, scheme="promotion", suffix="beta"))
    case = desk.declare(base="v1.0.4")
    first = planned(box, case, playbook=betas)
    assert first.parameters["version"] == "1.0.5-beta.1"
    carried_out(desk, box, case, first)
    box.git("commit", "-qam", "beta")
    box.git("tag", "-a", "-m", "beta", "v1.0.5-beta.1")
    assert planned(box, desk.only(), playbook=betas).parameters["version"] == "1.0.5-beta.2"
    assert (
        planned(box, desk.only(), playbook=betas, choice={"version": "1.0.5"}).parameters["version"]
        == "1.0.5"
    )


def test_a_package_of_npm_and_its_lock_file(box: Sandbox, desk: Desk) -> None:
    """The next patch in package.json and in the two places of its lock file, as the built-in playbook wants (S1.VER.1)."""
    lock = b'{"version": "1.0.4", "packages": {"": {"version": "1.0.4"}, "node_modules/a": {"version": "1.0.4"}}}'
    package = b'{\n\t"name": "door",\n\t"version": "1.0.4"\n}\n'
    write(box, {"package.json": package, "package-lock.json": lock})
    box.git("add", ".")
    box.git("commit", "-qm", "npm")
    rules = replace(RULES, files=("package.json",), lock_files=("package-lock.json",), patterns=None)
    case = desk.declare()
    carried_out(desk, box, case, planned(box, case, playbook=replace(CRATE, version=rules)))
    assert (box.root / "package.json").read_bytes() == package.replace(b"1.0.4", b"1.0.5")
    assert (box.root / "package-lock.json").read_bytes() == lock.replace(b"1.0.4", b"1.0.5", 2)


def test_a_playbook_without_version_files_says_so(box: Sandbox, desk: Desk) -> None:
    """Where the tag alone is the version, there is nothing to write (S4.VER.1)."""
    bare = replace(CRATE, version=replace(RULES, files=(), lock_files=(), patterns=None, changelog=""))
    with pytest.raises(Refused, match="names no version files"):
        planned(box, desk.declare(), playbook=bare)
    with pytest.raises(Refused, match="names no changelog"):
        planned(box, desk.only(), "changelog", playbook=bare)


def test_the_entry_is_entered(box: Sandbox, desk: Desk) -> None:
    """In its place, with the playbook's words and the real day, in the file's own style (S0.VER.5, S2.VER.3, S2.TRP.2, S3.VER.5)."""
    case = desk.declare()
    plan = planned(box, case, "changelog", WORDS)
    assert carried_out(desk, box, case, plan) == ("done", "1.0.5 in CHANGELOG.md, line 5")
    assert contents(box) == FILES | {"CHANGELOG.md": ENTERED}
    box.git("commit", "-qam", "entry")
    again = planned(box, desk.only(), "changelog", WORDS | {"version": "1.0.5"})
    assert carried_out(desk, box, desk.only(), again)[1].startswith("CHANGELOG.md:5 has an entry for 1.0.5")
    assert contents(box) == FILES | {"CHANGELOG.md": ENTERED}


def test_a_word_that_nobody_knows_is_asked_for(box: Sandbox, desk: Desk) -> None:
    """No entry is written with a placeholder left in it; the incident's title is the summary."""
    with pytest.raises(Refused, match="The changelog entry needs issue and impact; say issue=… impact=…"):
        planned(box, desk.declare(), "changelog")
    plan = planned(box, desk.only(), "changelog", {"issue": "7", "impact": "x"})
    assert "Unlocking fails (#7)" in plan.parameters["entry"]


def test_a_new_changelog_goes_away_again(tmp_path: Path, box: Sandbox, desk: Desk) -> None:
    """Where there is none, one is made; that it is new is told."""
    box.git("rm", "-q", "CHANGELOG.md")
    box.git("commit", "-qm", "none")
    case = desk.declare()
    plan = planned(box, case, "changelog", WORDS)
    assert "CHANGELOG.md is a new file" in [finding.text for finding in plan.findings]
    assert carried_out(desk, box, case, plan)[0] == "done"
    assert (
        (box.root / "CHANGELOG.md")
        .read_text()
        .startswith("# Changelog\n\n## [1.0.5] - 2026-11-21 - HOTFIX\n")
    )


def test_the_version_is_committed_alone(box: Sandbox, desk: Desk) -> None:
    """Exactly the version's files, with the playbook's message (S2.VER.4, S3.VER.6, S2.MSG.2, S3.MSG.2).

    Other work stays where it is.
    """
    case = desk.declare()
    for name in ("bump", "changelog"):
        carried_out(desk, box, desk.only(), planned(box, desk.only(), name, WORDS))
    write(box, {"unlock.py": b"mine\n"})
    plan = planned(box, case, "commit-version")
    assert plan.title == "Commit 4 files: version 1.0.5"
    assert carried_out(desk, box, desk.only(), plan)[0] == "done"
    assert set(box.git("show", "--format=", "--name-only").split()) == {*MEANT, "CHANGELOG.md"}
    assert box.git("log", "-1", "--format=%B") == "chore: bump version to 1.0.5 for hotfix"
    assert box.git("status", "--porcelain") == "M unlock.py"


@pytest.mark.parametrize(
    ("commit", "subject"),
    [
        ("", "Bump version to 1.0.5"),
        ("fix: $summary (HOTFIX)\n\nCause: $cause", "fix: Bump version to 1.0.5 (HOTFIX)"),
        ("fix: ${summary} (#$issue)", "fix: Bump version to 1.0.5 (#7)"),
        ("Hotfix of $title", "Bump version to 1.0.5"),
    ],
)
def test_a_version_commit_is_marked_as_the_others(
    box: Sandbox, desk: Desk, commit: str, subject: str
) -> None:
    """Where the playbook has no message for it, so that its guard over messages does not stumble over our own commit."""
    case = desk.declare()
    carried_out(desk, box, case, planned(box, case))
    team = replace(CRATE, formats=Formats(commit=commit))
    plan = planned(box, case, "commit-version", {"issue": "7"}, team)
    assert plan.parameters["message"] == subject


def test_nothing_is_committed_before_every_file_says_the_version(box: Sandbox, desk: Desk) -> None:
    """A version file with the old version, or with other work in it, is told; a missing entry too."""
    case = desk.declare()
    with pytest.raises(Refused, match=r"Cargo\.toml, src/version\.rs, Cargo\.lock should say 1\.0\.5"):
        planned(box, case, "commit-version")
    carried_out(desk, box, case, planned(box, case))
    plan = planned(box, case, "commit-version")
    assert "CHANGELOG.md has no new entry for it" in [finding.text for finding in plan.findings]
    write(box, {"Cargo.toml": MEANT["Cargo.toml"] + b"# mine\n"})
    with pytest.raises(Refused, match=r"Cargo\.toml should say 1\.0\.5 and differ in nothing else"):
        planned(box, case, "commit-version")


def raised(folder: Path) -> None:
    """A crate whose files say the new version already, without a commit."""
    write(crate(folder), MEANT | {"CHANGELOG.md": ENTERED})


@pytest.fixture
def mornings() -> Iterator[list[Morning]]:
    """Those that were opened; closed at the end."""
    opened: list[Morning] = []
    yield opened
    for morning in opened:
        morning.desk.store.close()


POINTS = {"bump": 7, "changelog": 5, "commit-version": 8}
"""Two entries in the journal and two for each step, and each file that is written or command that is run."""
MAKE = {"bump": crate, "changelog": crate, "commit-version": raised}
CASES = [(name, point) for name, last in POINTS.items() for point in range(1, last + 1)]
BOTH = MEANT | {"CHANGELOG.md": ENTERED}
BEFORE = {"bump": FILES, "changelog": FILES, "commit-version": FILES | BOTH}
AFTER = {
    "bump": FILES | MEANT,
    "changelog": FILES | {"CHANGELOG.md": ENTERED},
    "commit-version": FILES | BOTH,
}
WHERE = "tests.git.version_fixtures:CRATE"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "point"), CASES)
def test_killed_at_any_point(tmp_path: Path, mornings: list[Morning], name: str, point: int) -> None:
    """Wherever it is killed: going on gives the very files of an undisturbed run, undo those of before, to the byte."""
    night = tmp_path / "night"
    code = killed(night, point, name, make=MAKE[name], playbook=WHERE, choice=WORDS)
    assert code == -signal.SIGKILL
    for answer in ("continue", "undo"):
        shutil.copytree(night, tmp_path / answer, symlinks=True)
        morning = Morning(tmp_path / answer, WHERE)
        mornings.append(morning)
        left = morning.left()
        if point == POINTS[name]:
            assert left is None
            assert morning.state() == "done"
            continue
        assert left is not None
        if answer == "continue":
            morning.resume(left)
            assert morning.state() == "done"
            assert contents(morning.box) == AFTER[name]
            assert commits(morning.box) == (5 if name == "commit-version" else 4)
        else:
            morning.undo(left)
            assert morning.state() == "undone"
            assert contents(morning.box) == BEFORE[name]
            assert commits(morning.box) == 4


def commits(box: Sandbox) -> int:
    """How many commits the hotfix branch has."""
    return int(box.git("rev-list", "--count", "HEAD"))


@pytest.mark.parametrize("name", POINTS)
def test_the_points_are_all(tmp_path: Path, name: str) -> None:
    """There is no further point than those above."""
    assert killed(tmp_path, POINTS[name] + 1, name, make=MAKE[name], playbook=WHERE, choice=WORDS) == 0
