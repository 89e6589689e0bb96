from __future__ import annotations

import re
from datetime import timedelta

import pytest

from hotfix_tui.adapters.playbook_folders import BUILT_IN
from hotfix_tui.checks import CHECKS
from hotfix_tui.domain.clocks import clocks
from hotfix_tui.domain.gates import obstacles
from hotfix_tui.domain.intents import Declare, EnterPhase, GiveApproval
from hotfix_tui.domain.playbook import Condition, Due, Item, Rollback
from hotfix_tui.domain.templates import NAMES, fill, missing, slug
from hotfix_tui.domain.triage import judge
from hotfix_tui.domain.versions import next_patch, parse
from hotfix_tui.loading import Names, read
from hotfix_tui.operations import OPERATIONS
from tests.small_playbook import START, Scene

SOURCE = (BUILT_IN / "npm-package.toml").read_text()
PLAYBOOK = read(SOURCE, "npm-package.toml", Names(tuple(OPERATIONS), tuple(CHECKS)))
MINUTE = timedelta(minutes=1)
NONE = timedelta(0)
ITEMS = tuple(item for phase in PLAYBOOK.phases for item in phase.items)

AREAS = {
    "USE": 3, "SEV": 3, "PHA": 6, "CHK": 5, "BRA": 4, "VER": 2, "GIT": 4, "MSG": 3, "GAT": 6, "TST": 5,
    "TPL": 5, "COM": 2, "ESC": 5, "RBK": 3, "PMT": 2, "SCN": 1, "DRL": 3, "MET": 1, "CMD": 2, "TRP": 9,
}  # fmt: skip
"""How many demands the source makes in each area."""


def found(id: str) -> Item:
    """The item with this id."""
    item = PLAYBOOK.item(id)
    assert item is not None
    return item


def way_back(id: str) -> Rollback:
    """The rollback with this id."""
    return next(rollback for rollback in PLAYBOOK.rollbacks if rollback.id == id)


def body(id: str) -> str:
    """The body of the template with this id."""
    template = PLAYBOOK.template(id)
    assert template is not None
    return template.body


def at(severity: str, *flags: str) -> set[str]:
    """The items that apply at this severity with these flags."""
    return {item.id for item in ITEMS if item.when.holds(severity, flags)}


def test_every_demand_of_the_source_is_named_where_it_is_met() -> None:
    """Each of the 74 ids stands in a comment of the file; none is invented."""
    named = set(re.findall(r"S\d\.[A-Z]+\.\d+", "\n".join(re.findall(r"#[^\n]*", SOURCE))))
    assert named == {f"S1.{area}.{n}" for area, count in AREAS.items() for n in range(1, count + 1)}
    assert len(named) == 74


def test_when_to_use_it_and_who_is_needed() -> None:
    """Four kinds for it, five against it, three people, an hour at most (S1.USE.1-3)."""
    assert (len(PLAYBOOK.use_when), len(PLAYBOOK.not_when), len(PLAYBOOK.personnel)) == (4, 5, 3)
    assert "50 %" in PLAYBOOK.use_when[2]
    budget = PLAYBOOK.budget
    assert budget is not None
    assert (budget.target, budget.maximum) == (30 * MINUTE, 60 * MINUTE)
    assert PLAYBOOK.resolved_when == "released"


def test_clocks_and_approvals_of_the_severities() -> None:
    """Three words, each with its range and with who has to agree (S1.SEV.1-3, S1.TRP.8)."""
    told = [
        (s.id, s.resolve_least and s.resolve_least // MINUTE, s.resolve and s.resolve // MINUTE)
        for s in PLAYBOOK.severities
    ]
    assert told == [("critical", 15, 30), ("high", 30, 60), ("medium", 60, 240)]
    assert [s.approvals for s in PLAYBOOK.severities] == [
        ("release manager",),
        ("release manager", "lead developer"),
        ("release manager", "lead developer", "developer", "QA"),
    ]
    (gate,) = [gate for gate in PLAYBOOK.gates if gate.severity_approvals]
    assert gate.before == "release"


@pytest.mark.parametrize(
    ("impact", "roles"),
    [
        ("c", ["release manager"]),
        ("m", ["release manager", "lead developer"]),
        ("i", ["release manager", "lead developer", "developer", "QA"]),
    ],
)
def test_the_release_waits_for_those_who_approve(impact: str, roles: list[str]) -> None:
    """The gate names whoever is missing, and is silent about it once all have agreed (S1.SEV.1-3)."""
    scene = Scene(Declare("x", answers={"kind": "f", "impact": impact, "workaround": "n"}), PLAYBOOK)

    def wanted() -> list[str]:
        said = obstacles(scene.incident, PLAYBOOK, "release", scene.now)
        return [sentence for sentence in said if "wants the approval of" in sentence]

    assert wanted() == [f"Approval of the release wants the approval of {' and '.join(roles)}"]
    for role in roles:
        scene.ask(GiveApproval(role, "robin"))
    assert wanted() == []


def test_six_phases_with_their_ranges() -> None:
    """Minute for minute (S1.PHA.1-6)."""
    assert [
        (p.id, p.least and p.least // MINUTE, p.maximum and p.maximum // MINUTE) for p in PLAYBOOK.phases
    ] == [
        ("assess", 5, 10),
        ("branch", 2, 3),
        ("implement", 10, 30),
        ("release", 10, 15),
        ("verify", 5, 10),
        ("after", 10, 15),
    ]


def test_the_ranges_do_not_fit_the_hour_and_the_hour_counts() -> None:
    """42 to 83 minutes; a Critical is over its own clock before the phases are (S1.TRP.1)."""
    least = sum((p.least or NONE for p in PLAYBOOK.phases), NONE)
    most = sum((p.maximum or NONE for p in PLAYBOOK.phases), NONE)
    assert (least // MINUTE, most // MINUTE) == (42, 83)
    budget, critical = PLAYBOOK.budget, PLAYBOOK.severity("critical")
    assert budget is not None
    assert critical is not None
    assert critical.resolve is not None
    assert critical.resolve < least < budget.maximum < most
    assert [p.target for p in PLAYBOOK.phases] == [p.least for p in PLAYBOOK.phases]


def test_two_checklists_of_14_items() -> None:
    """Eight of documentation in the last phase, six of readiness before any emergency (S1.CHK.1, S1.CHK.2)."""
    everything = (*ITEMS, *PLAYBOOK.readiness.items)
    counts = {c.id: sum(item.checklist == c.id for item in everything) for c in PLAYBOOK.checklists}
    assert counts == {"documentation": 8, "team": 6}
    assert [i.checklist for i in PLAYBOOK.readiness.items] == ["team"] * 6
    assert len({item.id for item in everything}) == len(everything) == 14 + 33


def test_the_documentation_may_be_late_but_not_missing() -> None:
    """Each with its question; it may follow the phase and not the closing (S1.CHK.1, S1.PMT.2)."""
    documents = [i for i in ITEMS if i.checklist == "documentation"]
    assert all(i.required and i.debt and i.kind == "text" and len(i.asks) == 1 for i in documents)


def test_five_questions_and_four_guidelines() -> None:
    """Asked at declaration and in the first phase; the guidelines stand by the fix (S1.CHK.3, S1.CHK.4)."""
    assert len(PLAYBOOK.intake) == 5
    assert found("questions").asks == tuple(field.text for field in PLAYBOOK.intake)
    phase = PLAYBOOK.phase("implement")
    assert phase is not None
    assert len(phase.advice.do) == 4


def test_the_actions_of_the_review_are_not_live() -> None:
    """Four boxes that only the exported document has (S1.CHK.5)."""
    assert len(PLAYBOOK.postmortem.actions) == 4
    live = {item.text for item in PLAYBOOK.all_items()}
    assert not live & set(PLAYBOOK.postmortem.actions)


def test_every_item_says_why_and_how_one_sees_it() -> None:
    """At three in the morning a line without its reason is skipped, and one without its proof is guessed."""
    assert [i.id for i in ITEMS if not (i.why and i.estimate and (i.done_when or i.kind != "task"))] == []


def test_the_work_of_a_critical_fits_the_longest_phases() -> None:
    """What has to be done before the phase ends takes no longer than its maximum, by the estimates."""
    for phase in PLAYBOOK.phases:
        due = [i for i in phase.items if i.id in at("critical", "security") and i.required and not i.debt]
        taken = sum((i.estimate or NONE for i in due), NONE)
        assert phase.maximum is not None
        assert taken <= phase.maximum, phase.id


def test_branches_have_four_forms() -> None:
    """From the latest release tag, named by patch, security number, slug or minute (S1.BRA.1-3)."""
    assert (PLAYBOOK.git.base, PLAYBOOK.git.branch) == ("latest-release", "hotfix/v$fix")
    given = {
        "fix": "1.2.4",
        "year": "2024",
        "number": "001",
        "slug": slug("Auth fix"),
        "stamp": "20240115_0915",
    }
    assert [fill(form.branch, given) for form in PLAYBOOK.git.branches] == [
        "hotfix/v1.2.4",
        "hotfix/security-2024-001",
        "hotfix/critical-auth-fix",
        "hotfix/v20240115_0915",
    ]


def test_a_branch_named_by_the_minute_is_no_version() -> None:
    """It looks like one; read as one it would be the newest for centuries (S1.TRP.5)."""
    assert parse("v20240115_0915", PLAYBOOK.git.tag_prefix) is None


def test_the_tree_is_clean_and_the_branch_is_followed() -> None:
    """Checked before the first push of the branch (S1.BRA.4)."""
    assert found("clean").command == ("git", "status", "--short")
    assert (found("branch-pushed").operation, found("branch-pushed").check) == ("push", "pushed")


def test_version_and_git_rules() -> None:
    """A patch in package.json, merged to main and to develop, then deleted (S1.VER.1, S1.VER.2, S1.GIT.1-4)."""
    git, version = PLAYBOOK.git, PLAYBOOK.version
    assert (version.scheme, version.files) == ("patch", ("package.json",))
    assert (git.merge_back, git.merge_way, git.delete_branch) == (("main", "develop"), "no-ff", True)
    assert found("production-version").command == ("git", "describe", "--tags", "--abbrev=0")
    assert found("changed-since").command == ("git", "log", "$base..HEAD", "--oneline")
    assert found("pushed").command == ("git", "push", "origin", "$branch")
    assert [i.id for i in ITEMS if i.operation == "merge-back"] == ["merged", "merged-to-develop"]
    assert (found("branch-deleted").operation, found("published").operation) == ("clean-up", "publish")
    assert found("merged-to-develop").when == Condition(flags=("git-flow",))


def test_main_is_pulled_before_the_merge() -> None:
    """The source merges into whatever main was (S1.TRP.6)."""
    order = [item.id for item in ITEMS]
    assert order.index("main-pulled") + 1 == order.index("merged")


def test_messages_of_commit_merge_and_log() -> None:
    """HOTFIX in the subject, the branch in the merge; the story stands for the log file (S1.MSG.1-3)."""
    given = {"summary": "close the login", "branch": "hotfix/v1.2.4"}
    assert fill(PLAYBOOK.formats.commit, given) == "fix: close the login (HOTFIX)"
    assert fill(PLAYBOOK.formats.merge, given) == "Merge hotfix/v1.2.4 - close the login"
    assert found("log-opened").step == 1


def test_three_guards() -> None:
    """A wrong branch is refused; many files and an unmarked commit are warned of (S1.GAT.1-3, S1.TRP.2)."""
    guards = {g.kind: g for g in PLAYBOOK.guards}
    assert {kind: guard.level for kind, guard in guards.items()} == {
        "branch-name": "refuse",
        "files-changed": "warn",
        "commit-message": "warn",
    }
    assert guards["files-changed"].limit == 5
    assert re.search(guards["branch-name"].pattern, "hotfix/v1.2.4")
    assert not re.search(guards["branch-name"].pattern, "fix/hotfix/v1.2.4")
    assert re.search(guards["commit-message"].pattern, fill(PLAYBOOK.formats.commit, {"summary": "x"}))


def test_the_word_yes_is_typed_in_full() -> None:
    """Before the release and before each way back, with both versions in sight (S1.GAT.5-6, S1.RBK.3, S1.TPL.4)."""
    assert [(g.before, g.confirm) for g in PLAYBOOK.gates if g.confirm] == [("release", "yes")]
    assert [r.confirm for r in PLAYBOOK.rollbacks] == ["yes", "yes"]
    assert all({"fix", "base"} <= set(missing(r.warning, {})) for r in PLAYBOOK.rollbacks)


def test_required_and_optional_tests() -> None:
    """Four and four at every severity; the required ones hold the release (S1.GAT.4, S1.TST.1, S1.TST.2, S1.TST.5)."""
    assert {(len(s.tests), len(s.tests_optional)) for s in PLAYBOOK.severities} == {(4, 4)}
    held = {"unit-tests", "database-tests", "own-tests", "focused-tests"}
    assert {i.id for i in ITEMS if i.blocks == "release" and "tests" in i.id} == held
    assert found("unit-tests").command == ("npm", "run", "test")
    assert found("database-tests").command == ("npm", "run", "test:database")
    assert found("database-tests").when == Condition(flags=("database",))
    assert found("focused-tests").command[-1] == "--testNamePattern=critical|security|auth"
    assert (found("optional-tests").required, len(found("optional-tests").asks)) == (False, 4)
    assert found("smoke").blocks == "after"


def test_the_release_may_skip_the_tests_because_they_ran() -> None:
    """The script's short way is taken only behind a blocker that ran everything (S1.TRP.9)."""
    assert "--skip-full-tests" in found("prepared").command
    assert found("unit-tests").blocks == "release"


def test_who_reads_the_change() -> None:
    """Critical: oneself now and a peer as a debt; High: a peer, and security for a hole (S1.TST.3, S1.TST.4)."""
    reviews = {"self-review", "peer-review-later", "peer-review", "security-review"}
    assert at("critical", "security") & reviews == {"self-review", "peer-review-later"}
    assert at("high") & reviews == {"peer-review"}
    assert at("high", "security") & reviews == {"peer-review", "security-review"}
    assert {id: (found(id).debt, found(id).blocks) for id in reviews} == {
        "self-review": (False, "release"),
        "peer-review-later": (True, ""),
        "peer-review": (False, "release"),
        "security-review": (False, "release"),
    }
    assert found("automated-checks").when == Condition()


def test_commands_are_argument_lists_without_a_shell() -> None:
    """No quoting, no variable of a shell; the one bar is part of a pattern; placeholders are an incident's."""
    words = [word for item in PLAYBOOK.all_items() for word in item.command]
    assert [word for word in words if set(word) & set("|;&<>`\n") or "$(" in word] == [
        "--testNamePattern=critical|security|auth"
    ]
    assert set(re.findall(r"\$(\w+)", " ".join(words))) <= NAMES
    assert "--force" not in words


def test_the_five_scripts_and_the_four_proofs() -> None:
    """Prepare, tag, publish, notify, or the orchestrator; then npm, an installation, the forge, smoke (S1.CMD.1-2)."""
    scripts = [i.command[0] for i in ITEMS if i.command[:1] and i.command[0].startswith("./scripts/")]
    assert scripts == [
        "./scripts/prepare-release.sh",
        "./scripts/create-release-tag.sh",
        "./scripts/publish-npm-package.sh",
        "./scripts/notify-release.sh",
    ]
    assert "./scripts/release-orchestrator.sh --type patch --auto-confirm" in found("published").hint
    verify = PLAYBOOK.phase("verify")
    assert verify is not None
    assert [i.id for i in verify.items] == ["on-npm", "fresh-install", "on-forge", "smoke"]
    assert found("on-npm").command == ("npm", "view", ".@latest", "version")


def test_the_release_is_looked_at_confirmed_and_made_in_three() -> None:
    """As the interactive script has it; two of the three cannot be taken back (S1.TPL.4)."""
    release = PLAYBOOK.phase("release")
    assert release is not None
    assert [i.id for i in release.items] == ["last-look", "prepared", "tagged", "published"]
    assert [i.id for i in ITEMS if i.irreversible] == ["tagged", "published"]


def test_three_documents_and_two_of_ours() -> None:
    """Every one says where it goes; every one but the update is sent by an item, a rung or a way back (S1.TPL.1-3)."""
    sent = {i.template for i in PLAYBOOK.all_items()} | {rung.template for rung in PLAYBOOK.escalations}
    assert sent - {""} == {"team-notification", "user-update", "review", "rolled-back"}
    assert {t.id for t in PLAYBOOK.templates} == (sent - {""}) | {"update"}
    assert all(t.audience and t.channel for t in PLAYBOOK.templates)


def test_the_templates_fill_in() -> None:
    """The parts of the source are there; with what is known and typed no placeholder is left (S1.TPL.1-3, S1.MET.1)."""
    known = dict.fromkeys(NAMES, "x") | {"base": "v1.2.3", "fix": "1.2.4"}
    filled = {
        t.id: fill(t.body, {**dict.fromkeys(missing(t.body, known), "y"), **known})
        for t in PLAYBOOK.templates
    }
    assert [id for id, text in filled.items() if "$" in text] == []
    assert "**Version**: v1.2.3 to v1.2.4" in filled["team-notification"]
    assert re.findall(r"^\d\. ", filled["team-notification"], re.MULTILINE) == ["1. ", "2. ", "3. ", "4. "]
    assert "`npm install -g y@latest`" in filled["user-update"]
    assert filled["user-update"].count("\n- ") == 4 + 3
    assert re.findall(r"^## (.+)$", filled["review"], re.MULTILINE) == [
        "Summary of the issue",
        "Timeline (UTC)",
        "Root cause",
        "Resolution",
        "What went well",
        "What could be better",
        "Actions",
        "Prevention",
    ]


def test_no_template_promises_what_nobody_has_checked() -> None:
    """Whether data was lost is filled in by a person, never said beforehand (S1.TPL.2)."""
    assert "your data: $data" in body("user-update")


def test_the_channels_of_every_severity() -> None:
    """The emergency channel, mail and the status page; the team's first message within five minutes (S1.COM.2, S1.ESC.1-2)."""
    channels = ("emergency channel", "e-mail", "status page")
    assert {s.channels for s in PLAYBOOK.severities} == {channels}
    notified = PLAYBOOK.template("team-notification")
    assert notified is not None
    assert notified.due == Due("declared", within=5 * MINUTE)


def test_four_rungs_of_escalation() -> None:
    """At once, after five, fifteen and thirty minutes (S1.ESC.1-4, S1.COM.2)."""
    assert [(r.after and r.after // MINUTE, r.channel) for r in PLAYBOOK.escalations] == [
        (None, "Slack or Discord"),
        (5, "e-mail"),
        (15, "e-mail"),
        (30, "status page"),
    ]


def test_six_roles() -> None:
    """Two of them must be filled; whoever approves or does something is one of them (S1.ESC.5, S1.USE.3)."""
    titles = {role.title for role in PLAYBOOK.roles}
    assert len(titles) == 6
    assert [role.id for role in PLAYBOOK.roles if role.required] == ["release-manager", "developer"]
    named = {role for s in PLAYBOOK.severities for role in s.approvals}
    named |= {i.role for i in ITEMS} | {p.role for p in PLAYBOOK.phases}
    assert named - {""} <= titles


def test_two_ways_back() -> None:
    """The tag latest pointed back, or the version before as a new one (S1.RBK.1-2, S1.COM.1)."""
    assert [(r.id, r.kind, len(r.steps)) for r in PLAYBOOK.rollbacks] == [
        ("point-back", "channel-pointer", 2),
        ("roll-forward", "previous-as-new-release", 5),
    ]
    assert {r.steps[-1].template for r in PLAYBOOK.rollbacks} == {"rolled-back"}
    assert found("told").command == ("./scripts/notify-release.sh", "--emergency", "--auto-confirm")


def test_a_rollback_never_takes_the_bad_number_again() -> None:
    """Counted on from the tag before it would; so the number is the one after the bad one (S1.TRP.3)."""
    sound, bad = parse("v1.2.3", "v"), parse("v1.2.4", "v")
    assert sound is not None
    assert bad is not None
    assert next_patch(sound) == "1.2.4"
    assert next_patch(bad) == "1.2.5"
    assert "this becomes 1.2.5" in found("next-number").hint


def test_a_rollback_reaches_those_who_install() -> None:
    """Latest is pointed to it, nothing is published twice, and HEAD is on a branch (S1.TRP.4, S1.TRP.7)."""
    order = [step.id for step in way_back("roll-forward").steps]
    assert order.index("rollback-latest") == order.index("rollback-published") + 1
    assert "git switch -c" in found("on-a-branch").hint
    assert not any("publish" in step.command for step in way_back("point-back").steps)


def test_two_cards() -> None:
    """The hotfix in 30 seconds, the rollback in 15, without a publish that npm refuses (S1.TPL.5, S1.RBK.2)."""
    assert [card.title for card in PLAYBOOK.cards] == [
        "Emergency hotfix, 30 seconds",
        "Emergency rollback, 15 seconds",
    ]
    assert "publish" not in "\n".join(PLAYBOOK.cards[1].lines)


def test_the_review_is_scheduled_and_written() -> None:
    """An item schedules it, every severity has its date (S1.PMT.1)."""
    assert found("review-scheduled").template == "review"
    assert all(s.postmortem_due for s in PLAYBOOK.severities)
    assert len(PLAYBOOK.postmortem.questions) == 5


def test_four_practice_scenarios_three_drills_six_things_ready() -> None:
    """Only for drills; monthly, quarterly, yearly (S1.SCN.1, S1.DRL.1-3, S1.CHK.2)."""
    assert [s.exercise for s in PLAYBOOK.scenarios] == [True] * 4
    assert [drill.every.days for drill in PLAYBOOK.drills] == [30, 91, 365]
    assert len(PLAYBOOK.readiness.items) == 6


def test_the_example_takes_45_minutes_on_our_clocks() -> None:
    """Inside the hour, and over the half hour of a Critical: the source's own example (S1.MET.1, S1.TRP.1)."""
    (example,) = PLAYBOOK.examples
    scene = Scene(Declare("A login can be got round", answers={"kind": "s", "impact": "c"}), PLAYBOOK)
    entered = {0: "assess", 10: "branch", 30: "release"}
    for moment in example.moments:
        minute = (moment.at or NONE) // MINUTE
        scene.now = START + minute * MINUTE - timedelta(seconds=1)
        if minute in entered:
            scene.ask(EnterPhase(entered[minute], reason="as it was written down", confirm="yes"))
    scene.now = START + 45 * MINUTE
    times = clocks(scene.incident, PLAYBOOK, scene.now)
    assert (scene.incident.severity, times.elapsed) == ("critical", 45 * MINUTE)
    assert times.resolve is not None
    assert times.limit is not None
    assert times.resolve.left(scene.now) == -15 * MINUTE
    assert times.limit.left(scene.now) == 15 * MINUTE
    assert len(example.moments) == 5


def test_three_times_are_measured() -> None:
    """Discovery, deployment, the whole (S1.MET.1)."""
    assert [(m.since, m.until) for m in PLAYBOOK.metrics] == [
        ("declared", "detected"),
        ("detected", "released"),
        ("detected", "resolved"),
    ]


ALL = {q.id: [a.key for a in q.answers] for q in PLAYBOOK.questions}
TABLE = [
    # kind, impact, workaround: severity, decision
    ("s", "c", "n", "critical", "hotfix"),  # S1.SEV.1
    ("f", "c", "y", "critical", "hotfix"),
    ("o", "c", "y", "critical", "hotfix"),
    ("f", "m", "n", "high", "hotfix"),  # S1.SEV.2
    ("p", "m", "y", "high", "hotfix"),  # S1.USE.1: more than 50 % slower
    ("s", "i", "y", "high", "hotfix"),
    ("f", "i", "n", "medium", "hotfix"),  # S1.SEV.3
    ("l", "i", "y", "medium", "hotfix"),  # S1.USE.1: the law
    ("f", "i", "y", "medium", "next-release"),  # S1.USE.2: minor, with a workaround
    ("p", "i", "y", "medium", "next-release"),
    ("o", "m", "n", "medium", "next-release"),  # S1.USE.2: a wish, documents, looks
    ("o", "i", "n", "medium", "next-release"),
    ("?", "?", "?", "critical", "hotfix"),
    ("?", "i", "y", "high", "hotfix"),
    ("f", "?", "y", "critical", "hotfix"),
    ("f", "i", "?", "medium", "hotfix"),
]


@pytest.mark.parametrize("row", TABLE, ids=["".join(row[:3]) for row in TABLE])
def test_the_decision_table(row: tuple[str, ...]) -> None:
    """Row by row what the source decides; "not sure" counts as the worse answer (S1.SEV.1-3, S1.USE.1-2)."""
    verdict = judge(PLAYBOOK, dict(zip(ALL, row[:3], strict=True)))
    assert (verdict.severity, verdict.decision) == row[3:]


def test_the_ids_that_the_program_knows_are_there() -> None:
    """The update clock and the response clock look for these names (domain/clocks.py)."""
    assert PLAYBOOK.template("update") is not None
    assert {m.id for m in PLAYBOOK.milestones} >= {
        "detected",
        "acknowledged",
        "fix-written",
        "released",
        "verified",
    }
