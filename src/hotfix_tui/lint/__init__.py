"""A playbook looked at as a process: what loads and would mislead at 3 a.m. all the same (the TRP ids).

The loader refuses what makes no sense; this finds what makes sense and is unwise. Each rule is a small function.
"""

from __future__ import annotations

from itertools import islice

from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.lint import coming, making, times, words
from hotfix_tui.lint.finding import Fault, Finding, Level, Rule, World

__all__ = ["RULES", "Fault", "Finding", "Level", "Rule", "World", "lint"]

MOST = 50
"""How many faults of one rule are told; nobody reads more, and a stranger's file may hold thousands."""

RULES: tuple[Rule, ...] = (
    Rule("wait-over-resolution", "waits fit into the time to resolve", times.waits),
    Rule("sum-over-limit", "the phases' times fit into budget and time to resolve", times.sums),
    Rule("never-due", "what is due after an event can become due", coming.never_due, "error"),
    Rule("never-applies", "every phase and item can apply", coming.never_applies, "error"),
    Rule("severity-unreachable", "a rule leads to every severity", coming.unreachable),
    Rule("rule-never-decides", "no rule hides another", coming.never_decides),
    Rule("twins-differ", "twins take the same answer", coming.twins),
    Rule("no-merge-back", "the fix comes back to main", making.merge_back),
    Rule("no-clean-up", "the branch is deleted in the end", making.clean_up),
    Rule("base-main", "the fix starts at what users run", making.base),
    Rule("tag-sorts-below", "the hotfix's tag sorts above the release", making.suffix_tag),
    Rule("no-way-back", "what cannot be undone is marked", making.no_way_back),
    Rule("rollback-same-version", "a way back makes another version", making.same_version),
    Rule("rollback-beside-latest", "a way back moves what people get", making.beside_latest),
    Rule("branch-like-version", "a date does not look like a version", making.dated_branch),
    Rule("narrow-command", "commands see the whole fix, on every system", making.narrow_commands),
    Rule("contacts-outdated", "the contacts hold today", words.contacts),
    Rule("dead-link", "the files that are named exist", words.links),
    Rule("program-missing", "the commands' programs are on the PATH", words.programs),
    Rule("command-unfilled", "commands and branch names can be filled", words.commands, "error"),
    Rule("text-unfilled", "texts can be filled, or it is known what is missing", words.templates),
    Rule("postmortem-empty", "a required post-mortem asks something", words.postmortem),
    Rule("no-rollback", "there is a way back", words.rollback),
    Rule("no-update-template", "there is a text for promised updates", words.update),
)
"""Every rule, once, in the order of what is told."""


def lint(playbook: Playbook, world: World | None = None) -> tuple[Finding, ...]:
    """Everything that is found, in the order of the rules; of one rule's the first `MOST`."""
    around = world or World()
    return tuple(
        Finding(rule.id, rule.level, fault)
        for rule in RULES
        for fault in islice(rule.find(playbook, around), MOST)
    )
