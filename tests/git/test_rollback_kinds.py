"""The other five kinds of X.8: a pointer, an older release again, a withdrawn tag, a deployment, and words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.playbook import GitRules, Item, Playbook, Rollback, RollbackKind, VersionRules
from tests.case_fixtures import PLAYBOOK
from tests.git.programs import Program, on_path, without
from tests.git.rollback_fixtures import FILES, Way, merged, released
from tests.git_fixtures import Sandbox, commit

CARGO = r"""
yanked = state.setdefault("yanked", [])
published = state.setdefault("published", [])
if state.get("broken"):
    print(state["broken"], file=sys.stderr)
    sys.exit(101)
if argv[0] == "info":
    name, _, version = argv[-1].partition("@")
    if version not in published or version in yanked:
        print(f"error: could not find `{argv[-1]}` in registry", file=sys.stderr)
        sys.exit(101)
    print(f"{name}\nversion: {version}")
elif argv[0] == "yank":
    version = argv[argv.index("--version") + 1]
    yanked.remove(version) if "--undo" in argv else yanked.append(version)
"""
"""cargo, as far as a way back uses it: a yanked version is not found any more."""
NPM = r"""
tags = state.setdefault("tags", {})
if state.get("notice"):
    print(state["notice"], file=sys.stderr)
if argv[0] == "view" and argv[2] == "dist-tags" and state.get("broken"):
    print(state["broken"], file=sys.stderr)
    sys.exit(1)
if argv[0] == "view" and argv[2] == "dist-tags":
    print(json.dumps(tags))
elif argv[:2] == ["dist-tag", "add"]:
    tags[argv[3]] = argv[2].rpartition("@")[2]
elif argv[0] == "view" and argv[2] == "version":
    print(argv[1].rpartition("@")[2])
elif argv[0] == "view" and argv[2] == "deprecated":
    print(state.get("deprecated", ""))
elif argv[0] == "deprecate":
    state["deprecated"] = argv[2]
elif argv[:2] == ["run", "deploy:production"]:
    state["deployed"] = json.loads(Path("package.json").read_text())["version"]
    if state.get("broken"):
        sys.exit(3)
else:
    sys.exit(2)
"""
"""npm, likewise; it deploys what lies in the folder."""
ABSENT = """{ "error": { "code": "E404" } }
npm error code E404
npm error 404 Not Found - GET https://registry/door
npm error 404
npm error A complete log of this run can be found in: /root/.npm/_logs/1.log
}"""
"""What npm says of a package that nobody has published."""
WITH_TRIGGER = GitRules(tag_push_triggers="the publish workflow")


def playbook(
    kind: RollbackKind, *, git: GitRules | None = None, rules: VersionRules = FILES, **more: object
) -> Playbook:
    """A playbook with one way back."""
    way = replace(Rollback("back", "Go back", kind), **more)  # type: ignore[arg-type]
    return replace(PLAYBOOK, version=rules, git=git or GitRules(), rollbacks=(way,))


Begin = Callable[[Callable[[Path], Sandbox], Playbook], Way]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Makes a repository and an incident beside it."""
    made: list[Way] = []

    def making(make: Callable[[Path], Sandbox], rules: Playbook) -> Way:
        made.append(Way(tmp_path / "desk", make(tmp_path / "box"), rules))
        return made[-1]

    yield making
    for one in made:
        one.desk.store.close()


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """An npm whose latest is the bad version."""
    found = on_path(monkeypatch, tmp_path / "bin", npm=NPM)["npm"]
    found.knows(tags={"latest": "1.1.1"})
    return found


@pytest.fixture
def cargo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A cargo whose registry has nothing."""
    return on_path(monkeypatch, tmp_path / "bin", cargo=CARGO)["cargo"]


def pointed(folder: Path) -> Sandbox:
    """An updater's file on main names the bad version; before, it named the one before, and other lines with it."""
    box = merged(folder)
    commit(box.root, "latest.yml", "version: 1.1.0\nsha: aaa\n", "1.1.0 is out")
    commit(box.root, "latest.yml", "version: 1.1.1\nsha: bbb\n", "1.1.1 is out")
    box.git("push", "-q", "origin", "main")
    return box


def test_the_pointer_names_the_release_before(begin: Begin) -> None:
    """The updater's file gets the very bytes that it had for the version before, and only it changes (S0.RBK.3, X.8)."""
    way = begin(pointed, playbook("channel-pointer", pointer="latest.yml", channel="stable"))
    plan = way.plan()
    assert (plan.title, plan.level, plan.word) == ("Point latest.yml back to 1.1.0", 3, "v1.1.1")
    assert not plan.blocked
    assert way.run(plan).state == "done"
    assert (way.box.root / "latest.yml").read_text() == "version: 1.1.0\nsha: aaa\n"
    assert way.box.git("show", "--format=%s", "--name-only", "HEAD").split("\n\n") == [
        "Point latest.yml back to 1.1.0",
        "latest.yml",
    ]
    assert way.there("refs/heads/main") == way.box.git("rev-parse", "HEAD")
    with pytest.raises(Refused, match=r"names 1\.1\.0 already"):
        way.plan()


def test_a_pointer_that_never_named_it(begin: Begin) -> None:
    """Where no state of the file names the version, nothing is guessed."""
    way = begin(pointed, playbook("channel-pointer", pointer="latest.yml"))
    with pytest.raises(Refused, match=r"No latest\.yml that names 1\.0\.4 is in the history"):
        way.plan(to="v1.0.4")


def test_npm_s_latest_is_moved(begin: Begin, npm: Program) -> None:
    """Latest is moved to the version before, shown with both versions and with the word that the playbook wants
    (S1.RBK.2, S1.RBK.3, S1.GAT.6).
    """
    way = begin(merged, playbook("channel-pointer", confirm="yes"))
    plan = way.plan()
    assert (plan.title, plan.level, plan.word) == ("Point npm’s latest back to 1.1.0", 3, "yes")
    assert plan.findings[0].text == "from v1.1.1 back to 1.1.0"
    assert plan.steps[0].argv == ("npm", "dist-tag", "add", "door@1.1.0", "latest")
    assert way.run(plan).state == "done"
    assert npm.state["tags"] == {"latest": "1.1.0"}


def test_npm_says_itself_what_is_wrong(begin: Begin, npm: Program) -> None:
    """Its error, and not the end of its output; a package that is not there is no registry that is away."""
    way = begin(merged, playbook("channel-pointer"))
    npm.knows(broken=ABSENT)
    with pytest.raises(PortFailure, match="404 Not Found") as told:
        way.plan()
    assert told.value.message == "E404: 404 Not Found - GET https://registry/door."
    assert told.value.hint == "Nothing is published there under this name, so nothing can be taken back."
    npm.knows(broken="npm error code ENOTFOUND\nnpm error network no such host\nnpm error A complete log")
    with pytest.raises(PortFailure, match="no such host") as told:
        way.plan()
    assert told.value.message == "ENOTFOUND: network no such host."
    assert told.value.hint == "Look whether it can be reached."


def test_a_notice_of_npm_is_no_answer(begin: Begin, npm: Program) -> None:
    """It stands beside what was asked for, on every machine whose npm is not the newest."""
    way = begin(merged, playbook("channel-pointer"))
    npm.knows(tags={"latest": "1.1.1"}, notice="npm notice New minor version of npm available!")
    assert way.run(way.plan()).state == "done"
    assert npm.state["tags"] == {"latest": "1.1.0"}


def test_the_warning_is_about_the_releases_that_it_takes_back(begin: Begin, npm: Program) -> None:
    """No word of the playbook's text is left as it stands there (S1.RBK.3)."""
    way = begin(merged, playbook("channel-pointer", warning="From $fix back to $base, for $title."))
    assert way.plan().why == "From 1.1.1 back to v1.1.0, for Unlocking fails."
    assert way.plan(bad="v1.1.0", to="v1.0.4").why == "From 1.1.0 back to v1.0.4, for Unlocking fails."


def test_a_latest_that_somebody_moved(begin: Begin, npm: Program) -> None:
    """When latest names a third version by then, it is not moved."""
    way = begin(merged, playbook("channel-pointer"))
    plan = way.plan()
    npm.knows(tags={"latest": "2.0.0"})
    assert way.run(plan).state == "failed"
    assert npm.state["tags"] == {"latest": "2.0.0"}


def test_the_release_before_as_a_new_one(begin: Begin) -> None:
    """The tree of the release before goes out above the bad number, from a branch of its own
    (S1.RBK.1, S1.TRP.3, S1.TRP.7, X.8).
    """
    way = begin(merged, playbook("previous-as-new-release", git=WITH_TRIGGER, confirm="yes"))
    plan = way.plan()
    assert plan.title == "Release v1.1.0 again as v1.1.2"
    assert plan.findings[0].text.startswith("from v1.1.1 back to what v1.1.0 was")
    assert (plan.level, plan.word) == (3, "yes")
    assert plan.steps[-1].final == "the publish workflow"
    assert way.run(plan).state == "done"
    git = way.box.git
    assert git("symbolic-ref", "--short", "HEAD") == "rollback/v1.1.2"
    assert git("rev-parse", "v1.1.2^{commit}~1") == git("rev-parse", "v1.1.0^{commit}")
    assert git("diff", "--name-only", "v1.1.0", "v1.1.2").split() == ["CHANGELOG.md", "package.json"]
    assert way.there("refs/heads/rollback/v1.1.2") == git("rev-parse", "v1.1.2^{commit}")
    assert way.there("refs/tags/v1.1.2") == git("rev-parse", "v1.1.2")


def test_own_work_on_the_new_branch_is_not_lost(begin: Begin) -> None:
    """Undo takes the branch away only while nothing but the release before is on it."""
    way = begin(merged, playbook("previous-as-new-release"))
    plan = way.plan()
    commit_step = next(n for n, step in enumerate(plan.steps) if step.id == "write")
    broken = replace(plan.steps[commit_step], edits=(), argv=("git", "no-such"))
    assert way.run(replace(plan, steps=(*plan.steps[:commit_step], broken))).state == "running"
    mine = commit(way.box.root, "mine.py", "mine\n")
    (left,) = way.runner.unfinished(way.case, way.box.site)
    with pytest.raises(PortFailure, match="has commits of its own"):
        way.runner.undo(way.case, left, way.box.site, on_progress=lambda p: None)
    assert way.box.git("rev-parse", "refs/heads/rollback/v1.1.2") == mine


def test_a_tag_without_publication_is_deleted(begin: Begin, cargo: Program) -> None:
    """Nothing is published under it: the tag goes on the remote, then here, and can be put back (S2.RBK.1)."""
    way = begin(crate, playbook("delete-tag-and-yank", rules=CRATE))
    tag = way.box.git("rev-parse", "v1.1.1")
    plan = way.plan()
    assert plan.title == "Delete v1.1.1, under which nothing was published"
    assert [step.id for step in plan.steps] == ["delete-there", "delete-here"]
    assert (plan.level, plan.word) == (3, "v1.1.1")
    assert way.run(plan).state == "done"
    assert way.there("refs/tags/v1.1.1") == ""
    assert way.box.repository.resolve("refs/tags/v1.1.1") == ""
    way.box.git(*plan.steps[1].inverse[1:])
    assert way.box.git("rev-parse", "v1.1.1") == tag
    assert not cargo.wrote("yank")


def test_a_published_version_is_yanked(begin: Begin, cargo: Program) -> None:
    """It is in the registry: it is yanked, and the tag stays as the name of what is published (S2.RBK.2, X.8)."""
    cargo.knows(published=["1.1.0", "1.1.1"])
    way = begin(crate, playbook("delete-tag-and-yank", rules=CRATE, git=WITH_TRIGGER))
    plan = way.plan()
    assert plan.title == "Withdraw v1.1.1"
    assert [step.argv for step in plan.steps] == [("cargo", "yank", "--version", "1.1.1", "door")]
    assert way.run(plan).state == "done"
    assert cargo.state["yanked"] == ["1.1.1"]
    assert way.there("refs/tags/v1.1.1") == way.box.git("rev-parse", "v1.1.1")


def test_yanked_and_the_tag_deleted(begin: Begin, cargo: Program) -> None:
    """Who wants both gets both, the registry first; what triggers a workflow is not pushed again to undo it."""
    cargo.knows(published=["1.1.1"])
    way = begin(crate, playbook("delete-tag-and-yank", rules=CRATE, git=WITH_TRIGGER))
    plan = way.plan(tag="delete")
    assert [step.id for step in plan.steps] == ["withdraw", "delete-there", "delete-here"]
    assert not plan.steps[1].can_be_undone
    assert way.run(plan).state == "done"
    assert way.there("refs/tags/v1.1.1") == ""


def test_npm_deprecates(begin: Begin, npm: Program) -> None:
    """Npm has no yank: the version is deprecated with the reason."""
    way = begin(merged, playbook("delete-tag-and-yank"))
    plan = way.plan()
    assert plan.steps[0].argv == ("npm", "deprecate", "door@1.1.1", "Withdrawn: Unlocking fails")
    assert way.run(plan).state == "done"
    assert npm.state["deprecated"] == "Withdrawn: Unlocking fails"


def test_nobody_knows_whether_it_is_published(
    begin: Begin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without the program, a tag whose push publishes counts as published, and the plan says how to tell it better."""
    way = begin(crate, playbook("delete-tag-and-yank", rules=CRATE, git=WITH_TRIGGER))
    without(monkeypatch, tmp_path / "bin")
    assert "1.1.1 is published, as far as is known: published=yes or no" in [
        f.text for f in way.plan().findings
    ]
    assert [step.id for step in way.plan(published="no").steps] == ["delete-there", "delete-here"]


def test_a_registry_that_does_not_answer_is_no_proof(begin: Begin, cargo: Program) -> None:
    """An error that is not about the version says nothing of it: the tag is not taken for unpublished."""
    cargo.knows(broken="error: failed to download from the index")
    way = begin(crate, playbook("delete-tag-and-yank", rules=CRATE, git=WITH_TRIGGER))
    plan = way.plan()
    assert plan.title == "Withdraw v1.1.1"
    assert not [step for step in plan.steps if step.id.startswith("delete")]


DEPLOY = (
    Item("out", "Check out the release before", command=("git", "checkout", "--detach", "$base")),
    Item("deploy", "Deploy it to production", command=("npm", "run", "deploy:production")),
    Item("told", "Tell the team"),
)


def test_the_release_before_is_deployed(begin: Begin, npm: Program) -> None:
    """What is deployed is the tag before, in its own files (S4.RBK.2, S4.TRP.4, X.8)."""
    way = begin(merged, playbook("redeploy-tag", steps=DEPLOY, channel="production"))
    plan = way.plan()
    assert plan.title == "Deploy v1.1.0 again"
    assert plan.findings[0].text.startswith("from v1.1.1 back to v1.1.0 (")
    assert [step.title for step in plan.steps] == ["Check out v1.1.0", "Deploy it to production"]
    assert (plan.level, plan.word) == (3, "v1.1.1")
    assert way.run(plan).state == "done"
    assert npm.state["deployed"] == "1.1.0"


def test_before_there_is_a_fix(begin: Begin, npm: Program) -> None:
    """Rolling back first leads away from the release that is broken, to the one before it (S3.RBK.1, S4.GAT.1)."""
    way = begin(released, playbook("redeploy-tag", steps=DEPLOY))
    plan = way.plan()
    assert plan.title == "Deploy v1.0.4 again"
    assert plan.findings[0].text.startswith("from v1.1.0 back to v1.0.4 (")


def test_a_deployment_that_broke_is_not_undone_by_silence(begin: Begin, npm: Program) -> None:
    """When the command fails, nobody knows what is out: it stays open, goes on, and is not called undone."""
    npm.knows(broken=True)
    way = begin(merged, playbook("redeploy-tag", steps=DEPLOY))
    assert way.run(way.plan()).state == "running"
    (left,) = way.runner.unfinished(way.case, way.box.site)
    with pytest.raises(Refused, match="may have run"):
        way.runner.undo(way.case, left, way.box.site, on_progress=lambda p: None)
    npm.knows(broken=False)
    assert way.run(left.plan, left.run).state == "done"


def test_what_users_are_told(begin: Begin) -> None:
    """Nothing is run: the text names the version before (S0.RBK.4, S2.RBK.6, X.8)."""
    way = begin(merged, playbook("user-downgrade", user_text="Install $base over $fix."))
    plan = way.plan()
    assert (plan.title, plan.level) == ("Tell users how to go back to 1.1.0", 0)
    assert [step.title for step in plan.steps] == ["Install 1.1.0 over 1.1.1."]
    assert way.run(plan).state == "done"


def test_a_way_without_a_kind_is_done_by_hand(begin: Begin) -> None:
    """A rollback that is all steps says so."""
    way = begin(merged, playbook(""))
    with pytest.raises(Refused, match="is done by hand"):
        way.plan()


CRATE = VersionRules(files=("Cargo.toml",))


def crate(folder: Path) -> Sandbox:
    """v1.1.1 of a crate is tagged, here and on the remote."""
    box = merged(folder)
    box.git("switch", "-q", "--detach", "v1.1.1")
    commit(box.root, "Cargo.toml", '[package]\nname = "door"\nversion = "1.1.1"\n', "a crate")
    box.git("push", "-q", "origin", ":refs/tags/v1.1.1")
    box.git("tag", "-d", "v1.1.1")
    box.git("tag", "-a", "-m", "1.1.1", "v1.1.1")
    box.git("push", "-q", "origin", "v1.1.1")
    return box
