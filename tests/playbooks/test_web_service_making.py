from __future__ import annotations

import re
from datetime import timedelta

import pytest

from hotfix_tui.domain.intents import Declare
from hotfix_tui.domain.templates import NAMES, fill, missing, values
from hotfix_tui.domain.versions import latest_release, parse
from tests.playbooks.test_web_service import ITEMS, PLAYBOOK, body, item, phase
from tests.small_playbook import Scene

HOUR = timedelta(hours=1)


def test_guards_over_the_change() -> None:
    """One fix, no dependencies, no formatting, and security's eyes on three kinds of paths (S4.GAT.4-5, S4.BRA.1-2)."""
    levels = {g.kind: g.level for g in PLAYBOOK.guards}
    assert levels == {
        "protected-paths": "refuse",
        "dependency-change": "warn",
        "formatting-change": "warn",
        "files-changed": "warn",
        "commit-message": "warn",
        "branch-name": "warn",
    }
    pattern = {g.kind: re.compile(g.pattern) for g in PLAYBOOK.guards if g.pattern}
    assert pattern["commit-message"].match(PLAYBOOK.formats.commit)
    for name in ("security-patch", "fix-payment-failure", "security-cve-2024-12345"):
        assert pattern["branch-name"].match(f"hotfix/{name}")  # S4.BRA.1-2
    assert not pattern["branch-name"].match("hotfix/Fix it")


def test_git_and_version_rules() -> None:
    """From the tag, to main once and by pull request; only a tag carries the version (S4.BRA.1-2, S4.GIT.1-2, S4.GIT.5, S4.VER.1)."""
    git, version = PLAYBOOK.git, PLAYBOOK.version
    assert (git.base, git.branch, git.merge_way) == ("latest-release", "hotfix/$slug", "pull-request")
    assert (git.merge_back, git.labels) == (("main",), ("hotfix", "priority:critical"))
    assert (version.scheme, version.suffix, version.files) == ("suffix-tag", "hotfix", ())
    assert git.delete_branch  # S4.GIT.5
    assert [form.branch for form in git.branches] == ["hotfix/fix-$slug", "hotfix/security-cve-$cve"]


def test_the_tag_lies_between_what_it_repairs_and_the_next_release() -> None:
    """A suffix makes a pre-release of it, so it stands on the next patch version (S4.TRP.1, S4.VER.1, S4.GIT.3)."""
    assert (item("tagged").operation, item("tagged").check) == ("tag", "tag-remote")
    tag = f"{PLAYBOOK.git.tag_prefix}$fix"
    repaired, made, regular = (parse(fill(t, {"fix": "1.2.4-hotfix.1"})) for t in ("v1.2.3", tag, "v1.2.4"))
    assert repaired is not None
    assert made is not None
    assert regular is not None
    assert made.tag == "v1.2.4-hotfix.1"
    assert repaired < made < regular


def test_a_pre_release_is_not_taken_for_what_production_runs() -> None:
    """Sorting alone would take the candidate; the item that asks production holds the code back (S4.TRP.2, S4.BRA.3)."""
    latest = latest_release(["v1.2.3", "v1.3.0-rc.1", "v1.2.2"], PLAYBOOK.git.tag_prefix)
    assert latest is not None
    assert latest.tag == "v1.2.3"
    assert (item("production-tag").kind, item("production-tag").blocks) == ("text", "implement")


def test_the_fix_is_merged_once() -> None:
    """Reviewed before the deployment, merged after it; no item merges a second time (S4.TRP.5, S4.GIT.4)."""
    assert [i.id for i in ITEMS if i.operation == "merge-back"] == ["back-merged"]
    assert not [i.id for i in ITEMS if "merge" in i.command]
    assert item("reviewed").command[:3] == ("gh", "pr", "create")
    assert any("git merge" in line for card in PLAYBOOK.cards for line in card.lines)


def test_commands_are_argument_lists_without_a_shell() -> None:
    """Nothing needs quoting, a pipe or a variable of a shell; npm gets its arguments after "--" (S4.CMD.1)."""
    commands = {i.id: i.command for i in PLAYBOOK.all_items() if i.command}
    words = [word for command in commands.values() for word in command]
    assert not any(set(word) & set("|;&<>`\n") or "$(" in word for word in words)
    assert set(re.findall(r"\$(\w+)", " ".join(words))) <= NAMES
    assert "--force" not in words
    assert commands["on-staging"] == ("npm", "run", "deploy:staging")
    assert commands["production-started"][2:] == ("deploy:production", "--", "--canary=10")
    assert commands["deployed"][2:] == ("deploy:production", "--", "--percentage=100")
    assert commands["staging-health"][0] == commands["health"][0] == "curl"


def test_advice() -> None:
    """Seven rules while coding; seven dos and seven don'ts spread over the other phases (S4.CHK.11, S4.CHK.12)."""
    advice = {p.id: (len(p.advice.do), len(p.advice.dont)) for p in PLAYBOOK.phases}
    assert advice.pop("implement") == (4, 3)
    assert [sum(column) for column in zip(*advice.values(), strict=True)] == [7, 7]


def test_texts_of_git() -> None:
    """Commit with its way back, tag and pull request as the source has them (S4.MSG.1-3, S4.TPL.3-4, S4.RBK.5)."""
    formats = PLAYBOOK.formats
    assert formats.commit.startswith("hotfix: $summary\n\nFixes $issue\nSeverity: $severity\n")
    assert formats.commit.rstrip().endswith("Rollback: git revert $commit")
    assert (formats.tag, formats.pull_request) == ("Hotfix: $title", "HOTFIX: $title")
    assert "$issue" in formats.pull_request_body


def scene() -> Scene:
    """An incident of this playbook on v1.2.3."""
    intent = Declare(
        "Login answers 500",
        severity="P0",
        base="v1.2.3",
        fix="1.2.4-hotfix.1",
        branch="hotfix/login",
        lead="robin",
    )
    return Scene(intent, PLAYBOOK)


@pytest.mark.parametrize(
    ("id", "people"),
    [
        ("declaration", {"users", "revenue"}),  # S4.TPL.1
        ("deployed", {"verification", "postmortem"}),  # S4.TPL.5, S4.PMT.2
        ("rolled-back", {"next"}),  # S4.TPL.7
        ("status-page", {"timeline"}),  # S4.COM.2
        ("update", {"status", "next"}),
    ],
)
def test_templates_fill_in(id: str, people: set[str]) -> None:
    """The incident fills what it knows; what is left is for people (S4.TPL.1, S4.TPL.5, S4.TPL.7, S4.COM.2)."""
    incident = scene().incident
    text = body(id)
    known = values(incident, incident.started_at)
    assert set(missing(text, known)) == people
    filled = fill(text, {**known, **dict.fromkeys(people, "said")})
    assert "$" not in filled
    assert "Login answers 500" in filled


def test_the_notices_say_what_the_source_wants() -> None:
    """The commander in the declaration, the tag and the date of the post-mortem in the notice (S4.ESC.2, S4.PMT.2)."""
    incident = scene().incident
    known = {**values(incident, incident.started_at), "postmortem": "Monday 10:00"}
    assert "Incident commander: robin" in fill(body("declaration"), known)
    assert "Version: v1.2.4-hotfix.1" in fill(body("deployed"), known)
    assert "post-mortem on Monday 10:00" in fill(body("deployed"), known)


def test_the_spec_has_its_parts() -> None:
    """The four that must be answered are asked for; the document has nine (S4.TPL.2, S4.GAT.8, S4.RBK.5)."""
    headings = re.findall(r"^## (\S+)", body("spec"), re.MULTILINE)
    assert len(headings) == 9
    assert {"Problem", "Minimal", "Verification", "Rollback"} <= set(headings)
    assert (item("spec").template, item("spec").blocks) == ("spec", "implement")


def test_the_ways_back() -> None:
    """Production first, by deploying the tag before; main only after that (S4.RBK.1-4, S4.TRP.4)."""
    redeploy, revert = PLAYBOOK.rollbacks
    assert (redeploy.kind, revert.kind) == ("redeploy-tag", "revert")
    assert redeploy.steps[0].command == ("git", "checkout", "--detach", "$base")
    assert redeploy.steps[1].command == ("npm", "run", "deploy:production")
    assert "-m 1" in revert.steps[0].hint
    assert "deploy the release before first" in revert.warning
    assert all(any(s.template == "rolled-back" for s in way.steps) for way in PLAYBOOK.rollbacks)
    assert len(redeploy.then) == 3
    first = PLAYBOOK.rollback_first
    assert first is not None
    assert first.rollback == "redeploy"  # S4.GAT.1


def test_five_scenarios_with_their_clocks() -> None:
    """Each card has its range and the source's number of first actions (S4.SCN.1-5, S4.TRP.3)."""
    cards = {
        s.id: (s.severity, (s.resolve_least or HOUR) // HOUR, (s.resolve or HOUR) // HOUR, len(s.actions))
        for s in PLAYBOOK.scenarios
    }
    assert cards == {
        "security-hole": ("P0", 1, 4, 4),
        "corrupt-data": ("P0", 2, 6, 4),
        "endpoint-down": ("P0", 1, 2, 4),
        "slow": ("P1", 2, 4, 4),
        "payments": ("P0", 1, 3, 5),
    }
    of = {s.id: s.actions for s in PLAYBOOK.scenarios}
    assert of["corrupt-data"][0].id == "writes-stopped"
    assert "staging" in of["security-hole"][-1].text  # S4.TRP.3
    assert "staging" in of["payments"][3].text


def test_when_it_is_a_hotfix_and_when_not() -> None:
    """Seven reasons for, five against, one to wait, and eight rows of comparison (S4.USE.1-4)."""
    assert (len(PLAYBOOK.use_when), len(PLAYBOOK.not_when), len(PLAYBOOK.wait_when)) == (7, 5, 1)
    assert len(PLAYBOOK.comparison) == 8
    assert any("5 %" in line for line in PLAYBOOK.not_when)


def test_severities() -> None:
    """One to four hours, four to 24 hours, the next scheduled release (S4.SEV.1-3, S4.TST.1, S4.COM.1)."""
    assert [(s.id, s.decision, s.resolve_least, s.resolve) for s in PLAYBOOK.severities] == [
        ("P0", "hotfix", HOUR, 4 * HOUR),
        ("P1", "hotfix", 4 * HOUR, 24 * HOUR),
        ("P2", "next-release", None, None),
    ]
    assert PLAYBOOK.severities[2].resolve_text == "next scheduled release"
    for severity in PLAYBOOK.severities[:2]:
        assert severity.channels == ("#incidents", "war room", "status page", "stakeholders")  # S4.COM.1
        assert (len(severity.tests), len(severity.tests_optional)) == (3, 1)  # S4.TST.1-2
        assert severity.postmortem_due == 48 * HOUR  # S4.PMT.1


def test_the_post_mortem_and_its_numbers() -> None:
    """Five topics, two questions of the summary that hotfix cannot know, six stamps (S4.PMT.1-3, S4.TPL.6, S4.MET.1)."""
    form = PLAYBOOK.postmortem
    assert (len(form.topics), len(form.questions), len(form.fields)) == (5, 4, 2)
    stamps = {"began", "detected", "cause-found", "released", "verified"}  # and the declaration itself
    assert stamps <= {m.id for m in PLAYBOOK.milestones}
    assert {m.id for m in PLAYBOOK.milestones if m.required} == {"released", "verified"}
    assert {"runbooks", "postmortem-scheduled"} <= {i.id for i in phase("after").items}
    assert len(item("status-page-updated").asks) == 3  # S4.COM.2
