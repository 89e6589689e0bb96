from __future__ import annotations

import re
from collections import Counter

from hotfix_tui.domain.playbook import Item
from tests.playbooks.beta_protocol import LISTED, PLAYBOOK, SOURCE, found

AREAS = {
    "USE": 3, "SEV": 6, "PHA": 10, "CHK": 26, "BRA": 1, "VER": 6, "GIT": 1, "MSG": 3, "GAT": 7, "TST": 4,
    "TPL": 10, "COM": 4, "ESC": 3, "RBK": 1, "PMT": 4, "SCN": 5, "MET": 4, "CMD": 2, "TRP": 10,
}  # fmt: skip
"""How many demands the source makes in each area."""

COUNTS = {
    "phase-1": 5, "phase-2": 4, "phase-3": 6, "phase-4": 20, "phase-5": 5, "phase-6": 4, "phase-7": 5, "phase-8": 4,
    "scenario-1": 5, "scenario-2": 4, "scenario-3": 4, "scenario-4": 4, "scenario-5": 4,
    "tests-p0": 4, "tests-p1": 5, "lessons": 4,
    "summary-1": 5, "summary-2": 4, "summary-3": 6, "summary-4": 5, "summary-5": 4, "summary-6": 4, "summary-7": 4,
    "summary-8": 4,
}  # fmt: skip
"""How many boxes the source has in each of its 24 groups (S3.CHK.1-24)."""


def test_every_demand_of_the_source_is_named_where_it_is_met() -> None:
    """Each of the 110 ids stands in a comment of the file, ranges spelt out; none is invented."""
    comments = "\n".join(re.findall(r"#[^\n]*", SOURCE))
    named = set(re.findall(r"S3\.[A-Z]+\.\d+", comments))
    assert named == {f"S3.{area}.{n}" for area, count in AREAS.items() for n in range(1, count + 1)}
    assert len(named) == 110


def test_24_checklists_of_123_items() -> None:
    """Every group has the source's number of boxes (S3.CHK.1-24)."""
    assert {c.id: sum(item.checklist == c.id for item in LISTED) for c in PLAYBOOK.checklists} == COUNTS
    assert len({item.id for item in LISTED}) == len(LISTED) == 123


def test_only_the_way_back_has_items_beyond_the_source() -> None:
    """What stands in no checklist is ours: the four steps of the way back that the source lacks (S3.RBK.1)."""
    (back,) = PLAYBOOK.rollbacks
    assert [item.id for item in PLAYBOOK.all_items() if not item.checklist] == [s.id for s in back.steps]
    assert (back.kind, len(back.steps)) == ("user-downgrade", 4)


def test_a_list_stands_in_its_own_phase() -> None:
    """List number n and its short form are items of phase number n; tests and lessons where they are done."""
    places = {
        item.checklist: number for number, at in enumerate(PLAYBOOK.phases, start=1) for item in at.items
    }
    assert places == {
        **{f"{name}-{number}": number for number in range(1, 9) for name in ("phase", "summary")},
        "tests-p0": 4,
        "tests-p1": 4,
        "lessons": 8,
    }


def test_fifteen_parts_under_four_items() -> None:
    """The nested boxes of phase 4, each under its whole (S3.CHK.4)."""
    assert Counter(item.under for item in LISTED if item.under) == {
        "tested-here": 4,
        "tested-elsewhere": 3,
        "privacy-audited": 3,
        "verified-finally": 5,
    }


def short() -> tuple[Item, ...]:
    """The 36 lines of the summary."""
    return tuple(item for item in LISTED if item.checklist.startswith("summary-"))


def test_the_summary_is_36_twins_of_the_38_detailed_items() -> None:
    """Each short line has one detailed twin in its own phase; two detailed ones have none (S3.CHK.17-24, S3.TRP.10)."""
    detailed = [item for item in LISTED if item.checklist.startswith("phase-") and not item.under]
    twins = [item.twin for item in short()]
    assert (len(detailed), len(twins), len(set(twins))) == (38, 36, 36)
    assert {item.id for item in detailed} - set(twins) == {"version-committed", "postmortem-told"}
    for item in short():
        assert found(item.twin).checklist == item.checklist.replace("summary", "phase")


def test_a_short_line_applies_with_its_twin_and_holds_nothing_up() -> None:
    """The same answer, condition and role as its twin; neither a gate nor closing counts the work twice."""
    same = ("when", "choices", "expect", "at_least", "unit", "role", "irreversible")
    for item in short():
        twin = found(item.twin)
        assert (item.required, item.blocks, item.evidence) == (False, "", ""), item.id
        assert all(getattr(item, key) == getattr(twin, key) for key in same), item.id
        assert item.kind == ("task" if twin.kind == "recurring" else twin.kind), item.id


def test_no_deadline_is_told_twice_and_no_short_line_comes_early() -> None:
    """A short line waits as long as its twin's wait or rounds, and has neither deadline nor rounds (S3.CHK.24)."""
    for item in short():
        twin = found(item.twin)
        earliest = (twin.due.wait if twin.due else None) or twin.lasts
        assert (item.due.wait if item.due else None) == earliest, item.id
        assert item.due is None or item.due.within is None, item.id


def test_what_a_p1_tests_again_is_asked_once() -> None:
    """Four lines of the test lists are twins of work that another line asks for (S3.CHK.14-15, S3.TST.2, S3.TRP.4)."""
    tests = [item for item in LISTED if item.checklist.startswith("tests-")]
    assert {item.id: item.twin for item in tests if item.twin} == {
        "fix-reproduced": "works-by-hand",
        "p1-suite": "suite-passed-again",
        "p1-neighbours": "neighbours-tested",
        "p1-testers": "testers-confirmed",
    }
    assert all(item.when.severities == ("P1",) for item in tests if item.checklist == "tests-p1")


def test_thirteen_conditional_boxes() -> None:
    """Eleven by severity or flag, two judged at the line itself and therefore optional (S3.CHK.25, S3.PMT.3)."""
    boxes = {
        item.id: (item.when.severities, item.when.flags)
        for item in LISTED
        if (item.when.severities or item.when.flags) and item.checklist != "tests-p1"
        and (not item.under or item.when.flags != ("telemetry",))
    }  # fmt: skip
    assert boxes == {
        "macos-tested": ((), ("every-platform",)),
        "testers-confirmed": (("P0",), ("beta",)),
        "privacy-audited": ((), ("telemetry",)),
        "platform-green": ((), ("one-platform",)),
        "own-platform-tested": ((), ("one-platform",)),
        "short-testers-confirmed": (("P0",), ("beta",)),
        "short-privacy-audited": ((), ("telemetry",)),
        "social-posted": (("P0",), ()),
        "postmortem-told": (("P0",), ()),
        "short-social-posted": (("P0",), ()),
        "audit-ordered": ((), ("pii-sent",)),
    }
    optional = [i.id for i in LISTED if not i.required and not i.twin]
    assert optional == ["preflight-updated", "protocol-updated"]
    assert len(boxes) + len(optional) == 13


def test_parts_of_the_audit_come_and_go_with_it() -> None:
    """No part of the privacy audit stands there without telemetry (S3.GAT.3)."""
    parts = [item for item in LISTED if item.under == "privacy-audited"]
    assert all(part.when == found("privacy-audited").when for part in parts)


def test_a_flag_for_every_condition() -> None:
    """Every flag decides something, and each is a question that can be answered with yes or no."""
    used = {flag for item in PLAYBOOK.all_items() for flag in item.when.flags}
    assert used == {flag.id for flag in PLAYBOOK.flags}
    assert all(flag.text.endswith("?") for flag in PLAYBOOK.flags)


def test_every_detailed_item_says_why_or_asks() -> None:
    """At three in the morning a line without its reason is skipped; the short lines borrow their twin's (S3.CHK.26)."""
    bare = [
        item.id
        for item in LISTED
        if item.checklist.startswith("phase-") and not item.under and not (item.why or item.asks)
    ]  # fmt: skip
    assert [id for id in bare if id != "adoption-tracked"] == []
    assert len(found("cause-searched").asks) == len(found("fix-designed").asks) == 4  # S3.CHK.26


def test_the_texts_fit_a_narrow_checklist() -> None:
    """One line each, at most 56 characters."""
    assert [item.id for item in PLAYBOOK.all_items() if len(item.text) > 56] == []


def test_nothing_of_the_source_s_damage_is_left() -> None:
    """Plain ASCII but for our own quotes: no damaged characters, no heading leaked from a fence (S3.TRP.7-9)."""
    assert {character for character in SOURCE if not character.isascii()} <= set("“”")
    assert "sed -i" not in SOURCE
