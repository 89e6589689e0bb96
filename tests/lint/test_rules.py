"""Each rule of the lint, with a playbook that has the fault and one that has not."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest

from hotfix_tui.lint import MOST, RULES, World, lint
from hotfix_tui.loading import Names, read
from hotfix_tui.loading.where import places
from tests.lint.faults import FAULTS, STARTING

WORLD = World(date(2026, 11, 21), lambda name: name.startswith("there."), lambda name: name != "nope")
BUILT_IN = sorted((Path(__file__).resolve().parents[2] / "src/hotfix_tui/playbooks").glob("*.toml"))


def told(text: str) -> list[tuple[str, str, int]]:
    """Each finding's rule, its place in words and its line."""
    playbook = read(text, "team.toml", Names(operations=("branch",)))
    at = places(text)
    return [(f.rule, at.words(f.fault.path), at.line(f.fault.path)) for f in lint(playbook, WORLD)]


def test_the_starting_playbook_has_no_fault() -> None:
    """What `hotfix playbook new` writes is what a team should start from."""
    assert told(STARTING) == []


@pytest.mark.parametrize(
    ("rule", "old", "bad", "where", "good"), FAULTS, ids=[f"{f[0]}-{n}" for n, f in enumerate(FAULTS)]
)
def test_a_fault_is_found_and_its_absence_is_not(
    rule: str, old: str, bad: str, where: str, good: str
) -> None:
    """The rule tells of the one with its place, and of the other nothing (S0.TRP.1-2, S0.TRP.4, S1.TRP.1-5, S2.TRP.3,
    S3.TRP.1, S3.TRP.6-7, S4.TRP.1, S3.ESC.3).
    """
    assert STARTING.count(old) == 1, "the change must be made in one place"
    found = told(STARTING.replace(old, bad))
    assert (rule, where) in [(name, words) for name, words, _ in found], found
    assert rule not in [name for name, _, _ in told(STARTING.replace(old, good))]


def changed(*pairs: tuple[str, str]) -> list[str]:
    """The rules that the starting playbook breaks with these replacements."""
    text = STARTING
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return [rule for rule, _, _ in told(text)]


WATCH = ("\n[[gate]]", '\n[[phase]]\nid = "watch"\ntitle = "W"\nminimum_wait = "1d"\n\n[[gate]]')


def test_a_wait_after_the_fix_is_with_users_is_none_of_the_clock() -> None:
    """S0.TRP.1: the validation of two days begins once the fix is in the beta; without that moment it is too long."""
    assert changed(WATCH) == []
    assert changed(WATCH, ('resolved_when = "tell"', 'resolved_when = ""')) == ["wait-over-resolution"]


def test_a_milestone_lies_before_the_phase_that_opens_after_it() -> None:
    """Where a milestone is the moment and no phase opens after it, nobody can tell, and nothing is said."""
    moment = ('resolved_when = "tell"', 'resolved_when = "verified"')
    long = ('target = "15m"\nmaximum = "30m"\nrole', 'maximum = "9h"\nrole')
    opens = (WATCH[0], WATCH[1].replace('title = "W"', 'title = "W"\nopens = { after = "verified" }'))
    assert changed(WATCH, moment) == []
    assert changed(opens, moment) == []
    assert changed(opens, moment, long) == ["sum-over-limit", "sum-over-limit"]


def test_an_item_that_shares_no_severity_with_its_phase_never_comes() -> None:
    """And one whose event is for other severities is never due."""
    phase = ('# when = { severities = ["P0"] }     # only', 'when = { severities = ["P0"] } # only')
    item = ('asks = ["Since when?", "For whom?"]', 'when = { severities = ["P1"] }')
    both = ('asks = ["Since when?", "For whom?"]', 'when = { severities = ["P1", "P0"] }')
    assert changed(phase, item) == ["never-applies"]
    assert changed(phase, both) == []
    due = ("# opens = {", 'opens = { after = "confirmed" } # {')
    assert changed(item, due, ("# minimum_wait = ", 'when = { severities = ["P0"] } # ')) == ["never-due"]


def test_a_push_that_starts_something_is_marked_somewhere() -> None:
    """S2.GIT.4: where no command shows it, the playbook says so at an item."""
    pushed = ('command = ["git", "push", "origin", "refs/tags/v$fix"]\nirreversible = true', "")
    starts = ('tag_push_triggers = ""', 'tag_push_triggers = "the release workflow"')
    assert changed(starts, pushed) == ["no-way-back"]
    assert changed(starts) == []


def test_without_a_way_back_it_says_so() -> None:
    """X.8."""
    first = re.search(r"\[rollback_first\].*?\n\n", STARTING, re.DOTALL)
    way = re.search(r"\[\[rollback\]\].*?(?=\[\[scenario\]\])", STARTING, re.DOTALL)
    assert first
    assert way
    assert changed((first[0], ""), (way[0], "")) == ["no-rollback"]


def test_a_promised_update_has_its_text() -> None:
    """Its name or its promise shows which template it is."""
    text = STARTING.replace('"update"', '"call-out"').replace('title = "Update"', 'title = "Call"')
    assert told(text) == []
    found = told(text.replace('promise = "30m"', ""))
    assert [(rule, where) for rule, where, _ in found] == [("no-update-template", "severity “P0”")]
    assert STARTING.splitlines()[found[0][2] - 1].startswith("update_every")


def test_what_nobody_looked_at_is_not_found_wanting() -> None:
    """Without a day, a repository and a PATH the rules about them are silent."""
    text = STARTING.replace('command = ["git", "status"] ', 'command = ["nope"] ').replace(
        'files = []                      # ["p', 'files = ["no.json"] # ["p'
    )
    assert [f.rule for f in lint(read(text, "team.toml"), WORLD)] == ["dead-link", "program-missing"]
    assert lint(read(text, "team.toml")) == ()


def swollen(old: str, new: str) -> str:
    """The starting playbook with one place made as large as a file may be."""
    assert STARTING.count(old) == 1, old
    return STARTING.replace(old, new)


RULE = 'severity = "P1"\nbecause = "x"\n'
SWOLLEN = {
    "words": swollen(
        'id = "branch-gone"\ntext = "Delete the hotfix branch"', f'id = "gone"\ntext = "{"delete " * 30_000}"'
    ),
    "placeholders": swollen("Lead: $lead", " ".join(f"$w{n}" for n in range(20_000))),
    "commands": swollen('["git", "status"]', str([f"$w{n}" for n in range(15_000)])),
    "rules": swollen(
        "when = {}                       # fits always\n",
        "".join(f'when = {{ danger = "n" }}\n{RULE}[[rule]]\n' for _ in range(3_000)) + "when = {}\n",
    ),
}


@pytest.mark.parametrize("text", SWOLLEN.values(), ids=SWOLLEN)
def test_a_stranger_s_file_takes_no_time(text: str) -> None:
    """Rows 52 and 55: whatever fits into a file is looked at within seconds, and not everything is told."""
    playbook = read(text, "team.toml", Names(operations=("branch",)))
    began = time.process_time()
    found = lint(playbook, WORLD)
    assert time.process_time() - began < 5
    assert 0 < len(found) <= 2 * MOST


def test_every_rule_is_tried() -> None:
    """A new rule comes with its fault."""
    elsewhere = {"never-applies", "no-rollback", "no-update-template"}
    assert {rule for rule, *_ in FAULTS} | elsewhere == {rule.id for rule in RULES}
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("file", BUILT_IN, ids=[file.stem for file in BUILT_IN])
def test_a_built_in_playbook_explains_what_is_found(file: Path) -> None:
    """Nothing in one can never work, and for each warning a comment of the file has the rule's name and the reason."""
    text = file.read_text()
    findings = lint(read(text, file.name), World(date(2026, 11, 21)))
    assert [f.fault for f in findings if f.level == "error"] == []
    comments = " ".join(line.partition("# ")[2] for line in text.splitlines())
    assert {f.rule for f in findings} <= set(re.findall(r"[a-z-]+", comments))
