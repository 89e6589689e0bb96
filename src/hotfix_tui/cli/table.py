"""Every command, once: its name, where it lives, and one line about it."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A command of the command line."""

    module: str
    attribute: str
    help: str


_HERE = "hotfix_tui.cli."


def _in(module: str, **commands: str) -> dict[str, Entry]:
    return {
        name.rstrip("_"): Entry(_HERE + module, name.rstrip("_") + "_command", text)
        for name, text in commands.items()
    }


COMMANDS: dict[str, Entry] = {
    **_in(
        "console",
        open="Open an incident in the console.",
        drill="Practise on a sandbox: nothing of yours is touched.",
    ),
    **_in("declaring", declare="Declare an incident."),
    **_in("status", status="Where we are, what is next, what time is left, what is at risk."),
    **_in("listing", list="List the incidents.", log="Print an incident's story, or its events."),
    **_in("items", done="Mark an item done, or open again.", skip="Skip an item, with a reason."),
    **_in("checking", check="Look whether items are really done, and record what is seen."),
    **_in("notes", note="Write a line into the story.", milestone="Say that a milestone was reached."),
    **_in("phases", phase="Show the phases, or enter one."),
    **_in(
        "incident",
        severity="Change the severity, with a reason.",
        resolve="Say that users are well again.",
        close="Close the incident.",
        reopen="Make an incident active again, with a reason.",
        undo="Take back your last record.",
        redo="Take back the last undo.",
    ),
    **_in(
        "people",
        role="Give a role to a person.",
        approve="Record an approval.",
        sent="Record that a message was sent.",
    ),
    **_in(
        "reaching",
        escalate="Show the ladder of escalation, or record a rung.",
        contacts="List whom to reach, and who can be reached now.",
        snooze="Keep alarms quiet for a while.",
    ),
    **_in(
        "process",
        way="Decide: roll back first, or fix.",
        start="Start a scenario card or a rollback.",
        flag="Say that a fact became known.",
        fill="Fill in a field.",
        template="Print a message with what is known filled in.",
    ),
    **_in(
        "operations",
        run="Show an item's or an operation's plan, and run it.",
    ),
    **_in("op", op="Git and version operations: list, plan, run, resume, undo, abort."),
    **_in("trusting", trust="Show what this repository would start by itself, and allow it or not."),
    **_in("where", where="Say where you are in git, and the one safe next command."),
    **_in("suspects", suspects="Rank the commits that may have broken it, by a trace, size and age."),
    **_in("versions", version="Show which versions may carry the fix, and what is wrong with them."),
    **_in("guarding", guard="Hold the change against the playbook's guards."),
    **_in("exporting", export="Write the post-mortem as Markdown."),
    **_in("playbooks", playbook="List, show or check playbooks."),
    **_in("keys", keys="Print the console's keys and the ids that [keys] uses."),
    **_in("settings", config="Show where settings come from."),
    **_in("doctor", doctor="Look at what hotfix needs, and say what is missing."),
    **_in("helping", completion="Print what your shell loads to complete words.", help="Print a help topic."),
}
"""In the order in which help lists them."""
