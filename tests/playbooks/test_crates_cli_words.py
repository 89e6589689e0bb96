from __future__ import annotations

from tests.playbooks.test_crates_cli import MINUTE, PLAYBOOK, found


def test_examples_of_what_is_critical_and_what_is_not() -> None:
    """Four of a P0, and those of the levels that wait (S2.SEV.4)."""
    examples = {s.id: " ".join(s.examples) for s in PLAYBOOK.severities}
    assert len(PLAYBOOK.severities[0].examples) == 4
    for word in ("at the start", "downloaded", "run code", "configuration files"):
        assert word in examples["P0"]
    assert "quirk" in examples["P1"]
    assert [word for word in ("Slow", "convenience", "cosmetic") if word not in examples["P2"]] == []


def test_only_the_critical_path_is_tested() -> None:
    """Two suites, the fix's own test, a release build by hand, and on which platforms (S2.TST.1-2)."""
    item, by_hand = found("critical-tests"), found("manual-test")
    assert item.command[1:6] == ("test", "--test", "e2e_cli_tests", "--test", "system_integration")
    assert "cargo test <name>" in item.hint
    assert "cargo build --release" in by_hand.hint
    assert "binaries of the workflow" in by_hand.hint
    assert "where it was found" in by_hand.why
    assert "all three" in by_hand.why


def test_who_is_told_when_it_is_out() -> None:
    """Discussions, chat, the README; the issue is closed with a link and thanks (S2.COM.1-2)."""
    assert [word for word in ("discussions", "chat", "README") if word not in found("community").hint] == []
    assert "thank" in found("issue-closed").text
    assert "link to the release" in found("issue-closed").hint


def test_whom_to_ask_when_it_is_not_ours_alone() -> None:
    """The security policy and its private advisory; the two status pages (S2.ESC.1-2)."""
    contacts = {c.role: (c.address, c.note) for c in PLAYBOOK.contacts}
    assert "SECURITY.md" in contacts["security team"][1]
    assert "private advisory" in contacts["security team"][1]
    assert contacts["registry status"][0] == "status.crates.io"
    assert contacts["forge status"][0] == "www.githubstatus.com"
    assert "wait" in contacts["forge status"][1]


def test_the_record_is_the_known_issue() -> None:
    """No post-mortem of the team's own: an entry in known-issues.md, and four documents at hand (S2.PMT.1)."""
    template = PLAYBOOK.template("known-issue")
    assert template is not None
    assert template.channel == "known-issues.md"
    assert found("known-issue").required
    assert len(PLAYBOOK.references) == 4


def test_withdrawing_is_no_undo() -> None:
    """It is said before it is started; people are told how to go back, and what comes next (S2.TRP.5, S2.RBK.3-6, S2.VER.5)."""
    (back,) = PLAYBOOK.rollbacks
    assert back.kind == "delete-tag-and-yank"
    assert "clones keep the tag" in back.warning
    assert "installations keep the version" in back.warning
    assert "previous version" in back.user_text
    assert "--force" in back.user_text
    assert "next patch version" in back.then[1]
    assert [step.id for step in back.steps][-2:] == ["failure-reported", "failure-told"]


def test_how_long_the_workflows_take() -> None:
    """Seven minutes, fifteen for each platform, five for a bundle (S2.CMD.2-3)."""
    watched = [found("publish-workflow"), found("release-workflow")]
    assert [(item.estimate or MINUTE) // MINUTE for item in watched] == [7, 15]
    assert "about 5 minutes" in watched[1].hint


def test_the_four_proofs_of_a_release() -> None:
    """The registry, the forge's files, an installation, the broken command (S2.CMD.4)."""
    phase = next(p for p in PLAYBOOK.phases if p.id == "verify")
    assert [item.id for item in phase.items] == ["on-registry", "on-forge", "fresh-install", "fix-verified"]
