"""For each built-in playbook: the fix's whole way through a real repository, and the same when it is killed at every step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.e2e.releasing import By, Night, Op, Way, clone, disturbed, fixed, site_of_night, undisturbed
from tests.git.programs import GH, on_path
from tests.git_fixtures import git

CARGO = '[package]\nname = "door"  # ours\nversion = "1.2.3"\n'
LOCK = 'version = 3\n\n[[package]]\nname = "door"\nversion = "1.2.3"\n'
CHANGES = "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-05\n\n- One\n"
PACKAGE = '{\n  "name": "door",\n  "version": "1.2.3"\n}\n'
NPM_LOCK = '{\n  "name": "door",\n  "version": "1.2.3",\n  "lockfileVersion": 3,\n  "packages": {\n    "": {\n      "name": "door",\n      "version": "1.2.3"\n    }\n  }\n}\n'
TEXTS = {
    "summary": "lock the door",
    "issue": "12",
    "impact": "nobody gets in",
    "cause": "a typo",
    "explanation": "the typo is gone",
    "symptom": "an open door",
}
RELEASED = {"branch": "none"}
"""Push only the tag."""


def merged_by_a_colleague(night: Night) -> None:
    """The pull request is merged on the forge."""
    with clone(night) as place:
        git(place, "switch", "-q", "-C", "main", "origin/main")
        if not git(place, "log", "--merges", "--format=%h", "-1"):
            git(place, "merge", "-q", "--no-ff", "-m", "Merge the fix", "origin/hotfix/login")
            git(place, "push", "-q", "origin", "main")
    git(night.root, "fetch", "-q", "origin")
    known = night.folder.parent / "bin" / "gh.json"
    state = json.loads(known.read_text())
    for pull in state["pulls"]:
        pull["state"] = "MERGED"
    known.write_text(json.dumps(state))


CRATES = Way(
    "crates-cli",
    {"Cargo.toml": CARGO, "Cargo.lock": LOCK, "CHANGELOG.md": CHANGES, "src/main.rs": "broken\n"},
    ("v1.2.2", "v1.2.3"),
    "1.2.4",
    (
        Op("branch"),
        fixed("src/main.rs", "fixed\n"),
        Op("commit", TEXTS),
        Op("bump"),
        Op("changelog", TEXTS),
        Op("commit", {"message": "chore: 1.2.4"}),
        Op("push", {"tag": "none"}),
        Op("merge-back", TEXTS),
        Op("tag", {**TEXTS, "at": "hotfix/v1.2.4"}),
        Op("push", RELEASED),
        Op("clean-up"),
    ),
)
NPM = Way(
    "npm-package",
    {"package.json": PACKAGE, "package-lock.json": NPM_LOCK, "index.js": "broken\n"},
    ("v1.2.3",),
    "1.2.4",
    (
        Op("branch"),
        fixed("index.js", "fixed\n"),
        Op("commit", TEXTS),
        Op("bump"),
        Op("commit", {"message": "1.2.4 HOTFIX"}),
        Op("tag", TEXTS),
        Op("push"),
        Op("merge-back", TEXTS),
        Op("clean-up"),
    ),
    branches=("develop",),
)
DESKTOP = Way(
    "desktop-app",
    {"package.json": PACKAGE, "CHANGELOG.md": CHANGES, "main.js": "broken\n"},
    ("v1.2.3",),
    "1.2.4",
    (
        Op("branch", {"branch": "hotfix/issue-12-login"}),
        fixed("main.js", "fixed\n"),
        Op("commit", TEXTS),
        Op("bump", {"version": "1.2.4-beta.1"}),
        Op("changelog", {**TEXTS, "version": "1.2.4-beta.1"}),
        Op("commit", {"message": "chore: 1.2.4-beta.1"}),
        Op("tag", {**TEXTS, "version": "1.2.4-beta.1"}),
        Op("push", {"tag": "v1.2.4-beta.1"}),
        Op("merge-back", TEXTS),
        Op("clean-up"),
    ),
)
BETA = Way(
    "beta-protocol",
    {
        "Cargo.toml": CARGO.replace("1.2.3", "1.2.4-beta.2"),
        "Cargo.lock": LOCK.replace("1.2.3", "1.2.4-beta.2"),
        "src/version.rs": 'pub const VERSION: &str = "1.2.4-beta.2";\n',
        "CHANGELOG.md": CHANGES,
        "src/main.rs": "broken\n",
    },
    ("v1.2.3", "v1.2.4-beta.2"),
    "1.2.4-beta.3",
    (
        Op("branch", {"base": "v1.2.4-beta.2"}),
        fixed("src/main.rs", "fixed\n"),
        Op("commit", TEXTS),
        Op("bump"),
        Op("changelog", TEXTS),
        Op("commit", {"message": "chore: 1.2.4-beta.3"}),
        Op("tag", TEXTS),
        Op("push"),
        Op("merge-back", TEXTS),
        Op("clean-up"),
    ),
)
SERVICE = Way(
    "web-service",
    {"app.py": "broken\n"},
    ("v1.2.3",),
    "1.2.4-hotfix.1",
    (
        Op("branch", {"branch": "hotfix/login"}),
        fixed("app.py", "fixed\n"),
        Op("commit", TEXTS),
        Op("push", {"tag": "none"}),
        Op("merge-back", {**TEXTS, "until": "opened"}),
        Op("tag", {**TEXTS, "at": "hotfix/login"}),
        Op("push", RELEASED),
        By(merged_by_a_colleague),
        Op("clean-up"),
    ),
)
WAYS = {way.playbook: way for way in (CRATES, NPM, DESKTOP, BETA, SERVICE)}
TAGS = {
    "crates-cli": "v1.2.4",
    "npm-package": "v1.2.4",
    "desktop-app": "v1.2.4-beta.1",
    "beta-protocol": "v1.2.4-beta.3",
    "web-service": "v1.2.4-hotfix.1",
}


def on_the_remote(night: Night, tag: str) -> Mapping[str, str]:
    """The files of the tag, as the remote has them."""
    names = git(night.remote, "ls-tree", "-r", "--name-only", tag).splitlines()
    return {name: git(night.remote, "show", f"{tag}:{name}") for name in names}


@pytest.mark.parametrize("name", WAYS)
def test_the_whole_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The fix is on every target and under its tag, on the remote; its branch is gone; every version file agrees."""
    on_path(monkeypatch, tmp_path / "bin", gh=GH)
    way, tag = WAYS[name], TAGS[name]
    night = undisturbed(tmp_path / "night", way)
    refs = night.refs()
    assert refs[f"refs/tags/{tag}"] == refs[f"there/refs/tags/{tag}"]
    assert git(night.remote, "cat-file", "-t", tag) == "tag"
    assert not any("hotfix/" in ref for ref in refs if "refs/heads/" in ref)
    for target in ("main", *way.branches):
        assert not git(night.remote, "log", "--format=%h", tag, f"^{target}")
    files = on_the_remote(night, tag)
    assert all("broken" not in text for text in files.values())
    version = tag.removeprefix("v")
    named = [path for path, text in way.files.items() if path != "CHANGELOG.md" and "1.2." in text]
    assert all(version in files[path] for path in named)
    if "CHANGELOG.md" in way.files:
        assert f"## [{version}] - 2026-11-21" in files["CHANGELOG.md"]
    assert refs["dirty"] == ""


def test_the_fix_is_committed_pushed_and_shown_to_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One commit with the issue's number, its branch on the remote at that commit, one pull request from it (S0.GIT.1)."""
    on_path(monkeypatch, tmp_path / "bin", gh=GH)
    shown = (
        *DESKTOP.path[:3],
        Op("push", {"tag": "none"}),
        Op("merge-back", {**TEXTS, "way": "pull-request", "until": "opened"}),
    )
    night = undisturbed(tmp_path / "night", replace(DESKTOP, path=shown))
    branch = "refs/heads/hotfix/issue-12-login"
    refs = night.refs()
    assert refs[f"there/{branch}"] == refs[branch]
    assert git(night.remote, "log", "--format=%s", f"v1.2.3..{branch}") == "fix: lock the door (#12)"
    (pull,) = json.loads((tmp_path / "bin" / "gh.json").read_text())["pulls"]
    told = {key: pull[key] for key in ("state", "title", "headRefName", "baseRefName")}
    assert told == {
        "state": "OPEN",
        "title": "fix: lock the door (#12)",
        "headRefName": "hotfix/issue-12-login",
        "baseRefName": "main",
    }


def test_a_service_without_version_files_gets_a_tag_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tag with its suffix is all that says the version: annotated, on the remote, and no file names it (S4.VER.1)."""
    on_path(monkeypatch, tmp_path / "bin", gh=GH)
    night = undisturbed(tmp_path / "night", SERVICE)
    assert git(night.remote, "cat-file", "-t", "v1.2.4-hotfix.1") == "tag"
    assert git(night.remote, "diff", "--name-only", "v1.2.3", "v1.2.4-hotfix.1").splitlines() == ["app.py"]
    assert not any("1.2.4" in text for text in on_the_remote(night, "v1.2.4-hotfix.1").values())


@pytest.mark.slow
@pytest.mark.parametrize("name", WAYS)
def test_killed_at_every_step_it_comes_to_the_same_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """After each command and each written file the console dies: the refs here and there are those of a quiet night."""
    on_path(monkeypatch, tmp_path / "bin", gh=GH)
    quiet = undisturbed(tmp_path / "quiet", WAYS[name])
    (tmp_path / "bin" / "gh.json").unlink(missing_ok=True)
    night, restarts = disturbed(tmp_path / "night", WAYS[name])
    assert restarts >= len([step for step in WAYS[name].path if isinstance(step, Op)])
    assert night.refs() == quiet.refs()
    desk = night.desk()
    states = [record.state for record in desk.only().incident.operations.values()]
    desk.store.close()
    assert states == ["done"] * len(states)


BACK: Mapping[str, tuple[Op, str]] = {
    "crates-cli": (Op("rollback", {"published": "no"}), ""),
    "npm-package": (Op("rollback", {"rollback": "roll-forward"}), "v1.2.5"),
    "desktop-app": (Op("rollback", {"rollback": "beta-channel"}), "v1.2.4-beta.2"),
    "beta-protocol": (Op("rollback"), "v1.2.4-beta.3"),
    "web-service": (Op("rollback", {"rollback": "revert"}), "v1.2.4-hotfix.1"),
}
"""The way back that is taken once the fix is out, and the newest tag after it; none where the tag is withdrawn."""


@pytest.mark.parametrize("name", WAYS)
def test_and_back_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Taken back by the playbook's own way: no number is used twice, nothing is forced, main is only added to (X.8)."""
    on_path(monkeypatch, tmp_path / "bin", gh=GH, npm="", cargo="")
    step, newest = BACK[name]
    night = undisturbed(tmp_path / "night", WAYS[name])
    before = night.refs()
    git(night.root, "switch", "-q", "main")
    git(night.root, "merge", "-q", "--ff-only", "origin/main")
    again = Night(night.folder, replace(WAYS[name], path=(*WAYS[name].path, step)))
    again.play(site_of_night(night))
    after = again.refs()
    tags = {ref for ref in after if ref.startswith("there/refs/tags/")}
    if newest:
        assert f"there/refs/tags/{newest}" in tags
        assert {ref for ref in before if ref.startswith("there/refs/tags/")} <= tags
    else:
        assert f"there/refs/tags/{TAGS[name]}" not in tags
    old, new = before["there/refs/heads/main"], after["there/refs/heads/main"]
    assert not git(night.remote, "log", "--format=%h", old, f"^{new}")
    assert after["dirty"] == ""
