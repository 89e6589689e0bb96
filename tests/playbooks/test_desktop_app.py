from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from hotfix_tui.adapters.playbook_folders import BUILT_IN
from hotfix_tui.checks import CHECKS
from hotfix_tui.domain.applying import phases
from hotfix_tui.domain.availability import reach
from hotfix_tui.domain.clocks import clocks
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.gates import obstacles
from hotfix_tui.domain.intents import Declare, EnterPhase, MarkItem
from hotfix_tui.domain.playbook import Condition, Due, Item, Rollback
from hotfix_tui.domain.templates import NAMES, fill, missing, slug
from hotfix_tui.domain.triage import judge
from hotfix_tui.domain.versions import latest_release
from hotfix_tui.loading import Names, read
from hotfix_tui.operations import OPERATIONS
from tests.small_playbook import START, Scene

SOURCE = (BUILT_IN / "desktop-app.toml").read_text()
PLAYBOOK = read(SOURCE, "desktop-app.toml", Names(tuple(OPERATIONS), tuple(CHECKS)))
HOUR = timedelta(hours=1)
ITEMS = tuple(item for phase in PLAYBOOK.phases for item in phase.items)
P0 = Condition(severities=("P0",))

AREAS = {
    "USE": 2, "SEV": 5, "PHA": 3, "CHK": 5, "BRA": 2, "VER": 5, "GIT": 3, "MSG": 2, "GAT": 3, "TST": 1,
    "TPL": 4, "COM": 2, "ESC": 1, "RBK": 4, "PMT": 1, "MET": 1, "TRP": 4,
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


def test_every_demand_of_the_source_is_named_where_it_is_met() -> None:
    """Each of the 48 ids stands in a comment of the file; none is invented."""
    named = set(re.findall(r"S\d\.[A-Z]+\.\d+", "\n".join(re.findall(r"#[^\n]*", SOURCE))))
    assert named == {f"S0.{area}.{n}" for area, count in AREAS.items() for n in range(1, count + 1)}
    assert len(named) == 48


def test_a_p0_or_p1_is_a_hotfix_and_a_p2_goes_to_the_backlog() -> None:
    """Outside the release cycle only what cannot wait (S0.USE.1, S0.USE.2, S0.SEV.5)."""
    assert {s.id: s.decision for s in PLAYBOOK.severities} == {
        "P0": "hotfix",
        "P1": "hotfix",
        "P2": "backlog",
    }
    assert [line[:2] for line in PLAYBOOK.use_when] == ["P0", "P1"]
    assert "backlog" in PLAYBOOK.not_when[0]
    assert "normal release cycle" in PLAYBOOK.scope
    told = {s.id: s.communication for s in PLAYBOOK.severities}
    assert "at once; everybody helps" in told["P0"]
    assert "within 72 hours" in told["P1"]
    assert found("severity").blocks == "develop"


def test_clocks_of_the_severities() -> None:
    """Response and resolution in hours, the last one open; five, five and four examples (S0.SEV.1-4)."""
    told = [
        (s.id, s.respond and s.respond // HOUR, s.resolve and s.resolve // HOUR, len(s.examples))
        for s in PLAYBOOK.severities
    ]
    assert told == [("P0", 4, 24, 5), ("P1", 24, 72, 5), ("P2", 72, None, 4)]
    assert PLAYBOOK.severities[2].resolve_text == "next scheduled release"


def test_an_incident_counts_by_its_severity() -> None:
    """A P0 is answered within four hours and resolved within 24 (S0.SEV.1)."""
    scene = Scene(Declare("The vault does not open", answers={"danger": "n", "usable": "a"}), PLAYBOOK)
    now = clocks(scene.incident, PLAYBOOK, START)
    assert now.respond is not None
    assert now.resolve is not None
    assert (now.respond.left(START), now.resolve.left(START)) == (4 * HOUR, 24 * HOUR)


def test_seven_steps_of_which_only_the_validation_has_a_duration() -> None:
    """In the order of the flow chart; the last one is for a P0 only (S0.PHA.1, S0.PHA.2, S0.PMT.1)."""
    assert [(p.id, [step.number for step in p.steps]) for p in PLAYBOOK.phases] == [
        ("identify", [1]),
        ("triage", [2]),
        ("develop", [3]),
        ("beta", [4]),
        ("validate", [5]),
        ("stable", [6]),
        ("learn", [7]),
    ]
    assert [p.id for p in PLAYBOOK.phases if p.target or p.maximum] == []
    assert [p.id for p in PLAYBOOK.phases if p.minimum_wait_by] == ["validate"]
    assert all(item.step in {s.number for s in p.steps} for p in PLAYBOOK.phases for item in p.items)


@pytest.mark.parametrize(("severity", "hours"), [("P0", 48), ("P1", 72)])
def test_the_validation_lasts_by_severity(severity: str, hours: int) -> None:
    """48 hours for a P0, 72 for a P1, before anything goes to stable (S0.PHA.3, S0.GAT.1)."""
    phase = PLAYBOOK.phase("validate")
    assert phase is not None
    assert phase.wait_at(severity) == hours * HOUR


@pytest.mark.parametrize(
    ("answers", "hours"), [({"danger": "y"}, 48), ({"danger": "n", "usable": "m"}, 72)], ids=["P0", "P1"]
)
def test_stable_opens_when_the_time_and_the_values_are_good(answers: dict[str, str], hours: int) -> None:
    """A minute before the end the gate is closed, then it is open: on the engine's clock (S0.GAT.1-2, S0.PHA.3, S0.CHK.3)."""
    scene = Scene(Declare("x", answers=answers), PLAYBOOK)
    for phase in PLAYBOOK.phases[:5]:
        scene.ask(EnterPhase(phase.id, reason="to look at the validation"))
        for item in phase.items:
            given = {"number": "3" if item.at_least else "0", "yes-no": "yes", "choice": "other", "text": "x"}
            if item.when.holds(scene.incident.severity, ()):
                mark = MarkItem(item.id, "done", evidence="seen", value=given.get(item.kind, ""))
                scene.ask(mark)
    entered = scene.incident.phases["validate"].first_entered
    before = obstacles(scene.incident, PLAYBOOK, "stable", entered + hours * HOUR - timedelta(minutes=1))
    assert before == (f"Validation lasts at least {spoken(hours * HOUR)}, 1m more",)
    assert obstacles(scene.incident, PLAYBOOK, "stable", entered + hours * HOUR) == ()
    scene.ask(MarkItem("testers", "done", value="2"))
    (held,) = obstacles(scene.incident, PLAYBOOK, "stable", entered + hours * HOUR)[-1:]
    assert "Fewer than three beta users show nothing." in held


def test_the_post_mortem_is_for_a_p0() -> None:
    """A P1 ends with the stable release (S0.PMT.1, S0.PHA.1)."""
    assert PLAYBOOK.postmortem.severities == ("P0",)
    assert [s.id for s in PLAYBOOK.severities if s.postmortem_due] == ["P0"]
    last = {
        key: phases(Scene(Declare("x", answers=given), PLAYBOOK).incident, PLAYBOOK)[-1].id
        for key, given in {
            "P0": {"danger": "y"},
            "P1": {"danger": "n", "usable": "m", "workaround": "n"},
        }.items()
    }
    assert last == {"P0": "learn", "P1": "stable"}


def test_four_checklists_of_22_items() -> None:
    """Six, seven, four and five, every one in its list with an id of its own (S0.CHK.1-4)."""
    counts = {c.id: sum(item.checklist == c.id for item in ITEMS) for c in PLAYBOOK.checklists}
    assert counts == {"triage": 6, "release": 7, "validation": 4, "stable": 5}
    assert sum(counts.values()) == 22
    assert len({item.id for item in ITEMS}) == len(ITEMS) == 22 + 13


def test_each_checklist_stands_in_its_phase_and_in_its_order() -> None:
    """Nothing of a list is done in another step than the source says (S0.CHK.1-4)."""
    places = {
        c.id: {p.id for p in PLAYBOOK.phases for i in p.items if i.checklist == c.id}
        for c in PLAYBOOK.checklists
    }
    assert places == {
        "triage": {"triage"},
        "release": {"beta"},
        "validation": {"validate"},
        "stable": {"stable"},
    }
    assert [i.id for i in ITEMS if i.checklist == "release"] == [
        "beta-version",
        "changelog",
        "build",
        "artifacts",
        "checksums",
        "pre-release",
        "testers-told",
    ]


def test_one_box_is_there_only_with_a_workaround() -> None:
    """The one conditional box of the source; the acknowledgement is for a P0 (S0.CHK.1, S0.TPL.1)."""
    conditional = {item.id: item.when for item in ITEMS if item.when != Condition()}
    assert conditional == {"workaround-told": Condition(flags=("workaround",)), "acknowledged-to-users": P0}
    assert [flag.id for flag in PLAYBOOK.flags] == ["workaround"]


def test_what_a_report_has_to_say() -> None:
    """Four sources and five facts, of which the diagnostics may be missing (S0.CHK.5)."""
    fields = {field.id: field for field in PLAYBOOK.intake}
    assert len(fields["source"].choices) == 4
    report = [(f.id, f.required) for f in PLAYBOOK.intake if f.group == "The report"]
    assert report == [
        ("version", True),
        ("system", True),
        ("steps", True),
        ("errors", True),
        ("diagnostics", False),
    ]
    assert len(found("report").asks) == 5


def test_the_validation_is_held_by_its_four_criteria() -> None:
    """Values with what is good: no new crash, two times yes, three users (S0.CHK.3, S0.GAT.1, S0.GAT.2)."""
    criteria = [i for i in ITEMS if i.checklist == "validation"]
    assert [(i.kind, i.expect, i.at_least, i.at_most) for i in criteria] == [
        ("number", "", None, 0),
        ("yes-no", "yes", None, None),
        ("yes-no", "yes", None, None),
        ("number", "", 3, None),
    ]
    assert {i.blocks for i in criteria} == {"stable"}


def test_every_item_says_why_and_how_one_sees_it() -> None:
    """At three in the morning a line without its reason is skipped, and one without its proof is guessed."""
    assert [i.id for i in ITEMS if not (i.why and i.estimate and (i.done_when or i.kind != "task"))] == []


def test_branch_and_its_name() -> None:
    """From main, named after issue and title, as in the source's example (S0.BRA.1, S0.BRA.2)."""
    assert PLAYBOOK.git.base == "main"
    given = {"issue": "42", "slug": slug("Vault unlock crash")}
    assert fill(PLAYBOOK.git.branch, given) == "hotfix/issue-42-vault-unlock-crash"
    (guard,) = [g for g in PLAYBOOK.guards if g.kind == "branch-name"]
    assert re.search(guard.pattern, "hotfix/issue-42-vault-unlock-crash")
    assert not re.search(guard.pattern, "hotfix/vault-unlock-crash")


def test_unreleased_work_on_main_holds_the_beta() -> None:
    """The branch comes from main; that nothing else travels with it is asked and blocks (S0.TRP.2)."""
    item = found("nothing-unreleased")
    assert (item.kind, item.expect, item.blocks) == ("yes-no", "yes", "beta")


def test_versions_go_through_beta_to_stable() -> None:
    """package.json, -beta counted on and taken off; six forms on a card (S0.VER.1-5)."""
    version = PLAYBOOK.version
    assert (version.scheme, version.suffix, version.files) == ("promotion", "beta", ("package.json",))
    assert version.changelog == "CHANGELOG.md"
    card = next(card for card in PLAYBOOK.cards if card.title == "Versions")
    assert [line.split()[0] for line in card.lines] == [
        "1.0.0",
        "1.0.1-beta.1",
        "1.0.1-beta.2",
        "1.0.1",
        "1.1.0-beta.1",
        "1.1.0",
    ]


def test_a_beta_is_never_the_latest_release() -> None:
    """Git's own order puts the beta first; the order of versions does not, and skips betas (S0.TRP.3)."""
    tags = ("v1.0.1-beta.1", "v1.0.0", "v1.0.1-beta.2")
    for more, expected in (((), "v1.0.0"), (("v1.0.1",), "v1.0.1")):
        latest = latest_release((*tags, *more), PLAYBOOK.git.tag_prefix)
        assert latest is not None
        assert latest.tag == expected


def test_merge_tag_and_clean_up_are_steps() -> None:
    """Pushed with a pull request, merged without fast-forward, tagged, deleted (S0.GIT.1-3, S0.TRP.4)."""
    assert found("pushed").command == ("git", "push", "-u", "origin", "$branch")
    assert found("pull-request").command[:3] == ("gh", "pr", "create")
    assert (found("merged").operation, found("branch-deleted").operation) == ("merge-back", "clean-up")
    assert {i.id for i in ITEMS if i.operation == "release"} == {"pre-release", "stable-release"}
    stable = [i.id for i in ITEMS if i.step == 6]
    assert stable.index("merged") < stable.index("tagged") < stable.index("branch-deleted")
    assert PLAYBOOK.git.merge_back == ("main",)
    assert PLAYBOOK.git.delete_branch
    assert [i.id for i in ITEMS if i.irreversible] == ["tagged"]


def test_the_messages_of_commit_and_tag() -> None:
    """fix: with the issue in brackets, Hotfix: on the tag; the guard takes what the form makes (S0.MSG.1-2)."""
    given = {"summary": "resolve vault unlock crash on Windows", "issue": "42"}
    commit = fill(PLAYBOOK.formats.commit, given)
    assert commit == "fix: resolve vault unlock crash on Windows (#42)"
    assert fill(PLAYBOOK.formats.tag, given) == "Hotfix: resolve vault unlock crash on Windows"
    (guard,) = [g for g in PLAYBOOK.guards if g.kind == "commit-message"]
    assert re.search(guard.pattern, commit)
    assert not re.search(guard.pattern, "fix: resolve vault unlock crash")


def test_the_test_command() -> None:
    """The benchmark tests run before any beta (S0.TST.1)."""
    assert found("tests").command == ("pnpm", "test:benchmark")
    assert found("tests").blocks == "beta"


def test_commands_are_argument_lists_without_a_shell() -> None:
    """Nothing needs quoting, a pipe or a variable of a shell; placeholders are those an incident fills."""
    words = [word for item in PLAYBOOK.all_items() for word in item.command]
    assert not any(set(word) & set("|;&<>`\n") or "$(" in word for word in words)
    assert set(re.findall(r"\$(\w+)", " ".join(words))) <= NAMES
    assert "--force" not in words


def test_three_messages_a_post_mortem_and_two_of_ours() -> None:
    """Every one says where it goes; each is sent or filled in by an item or a way back (S0.TPL.1-4, S0.COM.2)."""
    sent = {item.template for item in PLAYBOOK.all_items() if item.template}
    assert sent == {"acknowledgement", "beta-available", "stable-release", "postmortem", "rolled-back"}
    assert {t.id for t in PLAYBOOK.templates} == sent | {"update"}
    assert all(t.audience and t.channel for t in PLAYBOOK.templates)


def test_the_acknowledgement_promises_an_update_within_four_hours() -> None:
    """For a P0, sent within the time to respond; what it promises is a clock (S0.TPL.1, S0.COM.1)."""
    template = PLAYBOOK.template("acknowledgement")
    assert template is not None
    assert (template.when, template.promise, template.due) == (P0, 4 * HOUR, Due("declared", within=4 * HOUR))
    assert PLAYBOOK.severities[0].update_every == 4 * HOUR
    assert "within 4 hours" in template.body
    assert missing(template.body, {}) == ("component", "impact", "workaround")


def test_the_templates_fill_in() -> None:
    """With what an incident and a person give, no placeholder is left (S0.TPL.2-4)."""
    known = dict.fromkeys(NAMES, "x") | {"fix": "1.0.1", "title": "Vault unlock crash"}
    by_hand = {
        "beta-available": {"issue": "42", "prerelease": "1.0.1-beta.1", "explanation": "paths are quoted"},
        "stable-release": {"product": "The app", "summary": "the vault opens again", "issue": "42"},
        "postmortem": dict.fromkeys(missing(body("postmortem"), known), "y"),
    }
    filled = {id: fill(body(id), {**known, **given}) for id, given in by_hand.items()}
    assert [id for id, text in filled.items() if "$" in text] == []
    assert "1.0.1-beta.1" in filled["beta-available"]
    assert "The app 1.0.1 is out.\n\n**Fixed**\n- the vault opens again (#42)\n" in filled["stable-release"]


def test_the_post_mortem_has_its_sections_and_five_stamps() -> None:
    """Duration, summary, timeline, cause, resolution, prevention, two lessons (S0.TPL.4, S0.MET.1)."""
    text = body("postmortem")
    assert re.findall(r"^### (.+)$", text, re.MULTILINE) == [
        "Summary",
        "Timeline",
        "Root cause",
        "Resolution",
        "Prevention",
        "Lessons",
    ]
    timeline = text.split("### Timeline\n")[1].split("\n\n")[0]
    assert timeline.count("\n") + 1 == 5
    assert "$hours hours" in text
    stamps = [m.title for m in PLAYBOOK.milestones if m.id != "acknowledged"]
    assert stamps == ["reported", "triage completed", "fix identified", "beta released", "stable promoted"]


def test_who_can_be_reached_when() -> None:
    """The lead developer around the clock for a P0, the others in business hours (S0.ESC.1)."""
    night = datetime(2026, 11, 21, 3, 14, tzinfo=UTC)
    noon = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

    def reached(severity: str, now: datetime) -> list[str]:
        held = [c for c in PLAYBOOK.contacts if c.when.holds(severity, ())]
        return [c.role for c in held if reach(c, now) == "yes"]

    assert reached("P0", night) == ["lead developer"]
    assert reached("P1", night) == []
    assert reached("P1", noon) == ["lead developer", "release manager", "support"]
    assert {c.role for c in PLAYBOOK.contacts} == {role.title for role in PLAYBOOK.roles}
    assert all(c.address for c in PLAYBOOK.contacts)


def test_three_ways_back() -> None:
    """Four steps for beta, three for stable, four for a user, on three triggers (S0.RBK.1-4)."""
    assert [(r.kind, r.channel, len(r.steps)) for r in PLAYBOOK.rollbacks] == [
        ("revert", "beta", 4),
        ("channel-pointer", "stable", 3),
        ("user-downgrade", "", 4),
    ]
    assert len(way_back("stable-channel").triggers) == 3
    assert set(way_back("beta-channel").triggers) < set(way_back("stable-channel").triggers)
    assert "latest.yml" in found("stable-manifest").text
    assert "database" in way_back("by-hand").user_text


def test_back_or_forward_is_a_decision() -> None:
    """Asked early, and again as the first step of the stable way back (S0.GAT.3)."""
    assert PLAYBOOK.rollback_first is not None
    assert PLAYBOOK.rollback_first.rollback == "stable-channel"
    assert way_back("stable-channel").steps[0].choices == ("roll back", "fix forward")


def test_resolved_is_the_fix_in_beta() -> None:
    """A validation as long as the resolution or longer would always be late, so beta counts (S0.TRP.1)."""
    phase = PLAYBOOK.phase("validate")
    assert phase is not None
    for severity in PLAYBOOK.severities[:2]:
        wait = phase.wait_at(severity.id)
        assert wait is not None
        assert severity.resolve is not None
        assert wait >= severity.resolve
    assert PLAYBOOK.resolved_when == "beta-released"
    assert found("resolved-in-beta").step == 4


def test_the_numbers_of_the_source() -> None:
    """From the report to the answer, to the fix in beta, to stable (S0.MET.1)."""
    assert [(m.since, m.until) for m in PLAYBOOK.metrics] == [
        ("detected", "acknowledged"),
        ("detected", "beta-released"),
        ("detected", "released"),
    ]


ALL = {q.id: [a.key for a in q.answers] for q in PLAYBOOK.questions}
TABLE = [
    # danger, usable, reach, workaround: severity, decision
    ("y", "s", "f", "y", "P0", "hotfix"),  # S0.SEV.1: data or security, whatever else
    ("n", "a", "f", "y", "P0", "hotfix"),  # S0.SEV.1: unusable
    ("n", "m", "m", "n", "P1", "hotfix"),  # S0.SEV.2
    ("n", "m", "m", "y", "P1", "hotfix"),
    ("n", "m", "f", "n", "P1", "hotfix"),
    ("n", "m", "f", "y", "P2", "backlog"),
    ("n", "s", "m", "n", "P2", "backlog"),  # S0.SEV.3
    ("n", "s", "f", "y", "P2", "backlog"),
    ("?", "s", "f", "y", "P0", "hotfix"),
    ("n", "?", "?", "?", "P0", "hotfix"),
    ("n", "m", "?", "?", "P1", "hotfix"),
    ("n", "m", "f", "?", "P1", "hotfix"),
    ("?", "?", "?", "?", "P0", "hotfix"),
]


@pytest.mark.parametrize("row", TABLE, ids=["".join(row[:4]) for row in TABLE])
def test_the_decision_table(row: tuple[str, ...]) -> None:
    """Row by row what the source decides; "not sure" counts as the worse answer (S0.SEV.1-3, S0.SEV.5, S0.USE.1)."""
    verdict = judge(PLAYBOOK, dict(zip(ALL, row[:4], strict=True)))
    assert (verdict.severity, verdict.decision) == row[4:]


def test_the_ids_that_the_program_knows_are_there() -> None:
    """The update clock and the response clock look for these names (domain/clocks.py)."""
    assert PLAYBOOK.template("update") is not None
    assert {m.id for m in PLAYBOOK.milestones} >= {"detected", "acknowledged", "cause-found", "released"}
