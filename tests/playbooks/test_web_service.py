from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import pytest

from hotfix_tui.adapters.playbook_folders import BUILT_IN
from hotfix_tui.checks import CHECKS
from hotfix_tui.domain.playbook import Item, Phase
from hotfix_tui.loading import Names, read
from hotfix_tui.operations import OPERATIONS

SOURCE = (BUILT_IN / "web-service.toml").read_text()
PLAYBOOK = read(SOURCE, "web-service.toml", Names(tuple(OPERATIONS), tuple(CHECKS)))
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ITEMS = tuple(item for phase in PLAYBOOK.phases for item in phase.items)
CONDITIONAL = {"cause": "cause-plain", "status-page-opened": "customer-facing"}

AREAS = {
    "USE": 4, "SEV": 3, "PHA": 7, "CHK": 13, "BRA": 3, "VER": 1, "GIT": 5, "MSG": 3, "GAT": 8, "TST": 2,
    "TPL": 7, "COM": 2, "ESC": 4, "RBK": 5, "PMT": 3, "SCN": 5, "MET": 1, "CMD": 1, "TRP": 9,
}  # fmt: skip
"""How many demands the source makes in each area."""


def item(id: str) -> Item:
    """The item with this id."""
    found = PLAYBOOK.item(id)
    assert found is not None
    return found


def phase(id: str) -> Phase:
    """The phase with this id."""
    found = PLAYBOOK.phase(id)
    assert found is not None
    return found


def body(id: str) -> str:
    """The text of the template with this id."""
    found = PLAYBOOK.template(id)
    assert found is not None
    return found.body


def test_every_demand_of_the_source_is_named_where_it_is_met() -> None:
    """Each of the 86 ids stands in a comment of the file; none is invented."""
    named = set(re.findall(r"S4\.[A-Z]+\.\d+", "\n".join(re.findall(r"#[^\n]*", SOURCE))))
    assert named == {f"S4.{area}.{n}" for area, count in AREAS.items() for n in range(1, count + 1)}


def test_nine_live_lists_of_48_items() -> None:
    """Every list has the source's number of items, in its order (S4.CHK.1-9)."""
    of = {c.id: [i.id for i in ITEMS if i.checklist == c.id] for c in PLAYBOOK.checklists}
    assert {id: len(ids) for id, ids in of.items()} == {
        "quick": 5,
        "communication": 3,
        "staging": 4,
        "first-15": 5,
        "verify": 4,
        "follow-up": 5,
        "pre": 10,
        "deployment": 5,
        "post": 7,
    }
    assert of["quick"] == ["truly-critical", "impact", "rollback-faster", "component", "cause"]
    assert of["communication"] == ["stakeholders", "status-page-opened", "war-room"]
    assert of["first-15"] == ["error-rate", "response-time", "new-errors", "issue-resolved", "cpu-memory"]
    assert of["verify"] == ["verified-resolved", "no-regression", "metrics-normal", "none-introduced"]
    assert of["deployment"] == [
        "production-started",
        "deployed",
        "health",
        "log-quiet",
        "original-resolved",
    ]


def test_what_is_ours_stands_in_no_list_of_the_source() -> None:
    """Six items more: what the source only says in prose, and what its traps ask for (S4.GAT.4, S4.GAT.7, S4.TRP.2)."""
    ours = [i.id for i in ITEMS if not i.checklist]
    assert ours == [
        "production-tag",
        "touches-secrets",
        "security-review",
        "tagged",
        "canary-quiet",
        "branch-deleted",
    ]
    assert len(ITEMS) == 48 + len(ours)


def test_template_boxes_are_not_live() -> None:
    """Three boxes of the spec and four of the post-mortem are text of the documents only (S4.CHK.10, S4.TRP.8)."""
    assert body("spec").count("- [ ] ") == 3
    assert len(PLAYBOOK.postmortem.actions) == 4
    boxes = re.findall(r"- \[ \] (.+)", body("spec"))
    assert not {*boxes, *PLAYBOOK.postmortem.actions} & {i.text for i in PLAYBOOK.all_items()}


def test_twins_are_the_same_fact() -> None:
    """The fault gone and no new errors in production three times each, severity and stakeholders twice (S4.TRP.9)."""
    assert {i.id: i.twin for i in ITEMS if i.twin} == {
        "severity-correct": "truly-critical",
        "stakeholders-notified": "stakeholders",
        "log-quiet": "new-errors",
        "original-resolved": "issue-resolved",
        "verified-resolved": "issue-resolved",
        "none-introduced": "new-errors",
    }


@pytest.mark.parametrize("id", ["staging-log", "status-page-updated", "status-page-opened"])
def test_an_early_mark_never_answers_for_a_later_fact(id: str) -> None:
    """Staging's log says nothing of production's, "we know" on the status page is not "resolved" (S4.TRP.9)."""
    assert not item(id).twin
    assert id not in {i.twin for i in ITEMS}


def test_parts_stand_under_their_whole() -> None:
    """Four checks make staging passed, five tickets make the follow-up (S4.CHK.3, S4.CHK.6)."""
    parts = Counter(i.under for i in ITEMS if i.under)
    assert parts == {"staging-passed": 4, "tickets": 5}


def test_two_items_come_only_with_their_flag() -> None:
    """The cause where it is plain, the status page where customers notice; nothing else of the 48 (S4.CHK.1-2)."""
    assert {i.id: i.when.flags[0] for i in ITEMS if i.when.flags and i.checklist} == CONDITIONAL
    assert item("touches-secrets").sets == "sensitive"
    assert item("security-review").when.flags == ("sensitive",)


def test_six_phases_minute_for_minute() -> None:
    """The ranges are the source's, the single time is a target, the last phase has a day (S4.PHA.1-6)."""
    spans = [(p.id, *(t and t // MINUTE for t in (p.least, p.target, p.maximum))) for p in PLAYBOOK.phases]
    assert spans == [
        ("assess", 5, 10, 15),
        ("prepare", 10, 15, 20),
        ("implement", 20, 40, 60),
        ("deploy", 15, 30, 30),
        ("verify", None, 15, None),
        ("after", None, None, 24 * 60),
    ]
    opens = phase("after").opens
    assert opens is not None
    assert (opens.after, opens.within) == ("deployed", 24 * HOUR)


def test_the_phases_fit_into_the_shortest_clock() -> None:
    """Up to the proof it takes 140 minutes at most, and the fix is out before a P0's four hours end (S4.SEV.1)."""
    longest = [p.maximum or p.target or timedelta(0) for p in PLAYBOOK.phases if p.id != "after"]
    assert sum(longest, timedelta(0)) == 140 * MINUTE
    assert [s.resolve for s in PLAYBOOK.severities] == [4 * HOUR, 24 * HOUR, None]


def test_the_inner_clocks() -> None:
    """Review 10, staging 5, canary 5, watching 15 minutes, then every ten minutes for an hour (S4.PHA.7, S4.CHK.13)."""
    within = {i.id: i.due.within // MINUTE for i in ITEMS if i.due and i.due.within and i.due.within < HOUR}
    assert within == {"reviewed": 10, "staging-passed": 5, "issue-resolved": 15}
    wait = {i.id: i.due.wait // MINUTE for i in ITEMS if i.due and i.due.wait}
    assert wait.pop("canary-quiet") == 5
    watching = ("error-rate", "response-time", "new-errors", "cpu-memory", "log-quiet", "none-introduced")
    assert wait == dict.fromkeys(watching, 15)
    watched = item("watched")
    assert (watched.kind, watched.every, watched.lasts) == ("recurring", 10 * MINUTE, HOUR)
    assert (watched.debt, len(watched.asks)) == (True, 2)


def test_one_step_follows_the_other() -> None:
    """The file says the order: staging, tag, canary, everybody; the merge before the branch goes (S4.GAT.2, S4.GAT.7)."""
    after = {i.id: i.due.after for i in ITEMS if i.due}
    assert (after["tagged"], after["production-started"]) == ("staging-passed", "staging-passed")
    assert (after["canary-quiet"], after["deployed"]) == ("production-started", "canary-quiet")
    assert after["branch-deleted"] == "back-merged"
    order = [i.id for i in ITEMS]
    assert all(order.index(other) < order.index(id) for id, other in after.items())


def test_the_error_rate_must_be_below_a_tenth_of_a_percent() -> None:
    """0.1 % itself is too much, in the first quarter of an hour and at each look (S4.GAT.6)."""
    for id in ("error-rate", "watched"):
        assert item(id).below == 0.1
        assert item(id).unit == "%"


def test_what_holds_the_flow_and_why() -> None:
    """Every blocker says its rule; the spec comes before the code, tests and review before the deployment (S4.GAT.1-8)."""
    assert {i.id: i.blocks for i in ITEMS if i.blocks} == {
        "truly-critical": "prepare",
        "rollback-faster": "prepare",
        "production-tag": "implement",
        "branch": "implement",
        "spec": "implement",
        "tests": "deploy",
        "reviewed": "deploy",
        "security-review": "deploy",
        "staging-passed": "verify",
        "canary-quiet": "verify",
        "error-rate": "verify",
        "response-time": "verify",
        "new-errors": "verify",
        "issue-resolved": "verify",
        "cpu-memory": "verify",
    }
    assert [i.id for i in ITEMS if i.blocks and not i.rule] == []
    assert [i.id for i in ITEMS if i.irreversible] == ["tagged"]
    assert {i.id: i.expect for i in ITEMS if i.expect} == {"rollback-faster": "no", "canary-quiet": "yes"}
    assert len(item("spec").asks) == 4


def test_gates_and_who_approves() -> None:
    """The tech lead always, security for what is sensitive (S4.GAT.3-4)."""
    gates = {g.id: (g.before, g.approvals, g.when.flags, g.level) for g in PLAYBOOK.gates}
    assert gates == {
        "review-first": ("deploy", ("tech-lead",), (), "refuse"),
        "security-first": ("deploy", ("security",), ("sensitive",), "refuse"),
    }
    assert {i.id: i.role for i in ITEMS if i.kind == "approval"} == {
        "reviewed": "tech-lead",
        "security-review": "security",
    }
    assert all(s.approvals == ("tech-lead",) for s in PLAYBOOK.severities if s.decision == "hotfix")


def test_every_role_that_is_named_exists() -> None:
    """Items, phases, gates, guards, contacts and scenarios name the roles of the file (S4.ESC.1, S4.ESC.4)."""
    named = {i.role for i in PLAYBOOK.all_items()} | {p.role for p in PLAYBOOK.phases}
    named |= {role for gate in PLAYBOOK.gates for role in gate.approvals} | {g.role for g in PLAYBOOK.guards}
    named |= {c.role for c in PLAYBOOK.contacts} | {r for s in PLAYBOOK.severities for r in s.approvals}
    assert named - {""} <= {role.id for role in PLAYBOOK.roles}


def test_people_delegates_and_places() -> None:
    """Five contacts, five delegates that are not people, five places, a commander (S4.ESC.1-4)."""
    assert [c.role for c in PLAYBOOK.contacts] == ["on-call", "tech-lead", "devops", "security", "product"]
    assert {r.delegate for r in PLAYBOOK.roles} - {""} == {
        "@planner",
        "@builder",
        "@security",
        "@debug",
        "@performance",
    }
    assert [r.id for r in PLAYBOOK.roles if r.required] == ["lead"]
    assert len(PLAYBOOK.references) == 5


def test_every_item_says_why_and_how_long() -> None:
    """A twin has said it already; the recurring one says how long it lasts instead."""
    own = [i for i in ITEMS if not i.twin]
    assert [i.id for i in own if not i.why or not (i.estimate or i.lasts)] == []
    asks = [i.id for i in own if i.kind in {"task", "recurring"} and not i.done_when]
    assert asks == []


def test_the_estimates_fit_the_targets() -> None:
    """Without what comes only with a flag; parts are in their whole, the security review runs beside the other."""
    for one in PLAYBOOK.phases:
        alone = [i for i in one.items if not i.under and not i.when.flags]
        taken = sum((i.estimate or timedelta(0) for i in alone), timedelta(0))
        assert one.target is None or taken <= one.target, one.id


def test_the_ids_that_the_program_knows_are_there() -> None:
    """The update clock and the response clock look for these names (domain/clocks.py)."""
    assert PLAYBOOK.template("update") is not None
    assert {m.id for m in PLAYBOOK.milestones} >= {"detected", "acknowledged", "released", "verified"}
