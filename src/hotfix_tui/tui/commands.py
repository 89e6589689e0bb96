"""Every command of the console, once: bindings, palette, help, footer, `hotfix keys` and docs/keys.md read this table.

Plain data, so that the command line can print it without loading Textual.
"""

from __future__ import annotations

from typing import Literal

from hotfix_tui.domain.record import record

Scope = Literal["everywhere", "console", "checklist", "phases", "triage", "git", "log", "story", "home"]


@record(frozen=True, slots=True)
class Command:
    """One thing a person can ask for; `id` is the name used in `[keys]` and of the action that does it."""

    id: str
    keys: tuple[str, ...]
    """Textual key names; the first is shown. Empty: in the palette only."""
    title: str
    """What the palette calls it, in the imperative."""
    help: str
    """What it does, in a few words, for help and the docs."""
    scope: Scope = "console"
    footer: str = ""
    """The footer's word for it; empty keeps it out of the footer."""
    level: int = 0
    """The highest confirm level it can reach."""

    @property
    def action(self) -> str:
        """The Textual action that does it: its id, or `show('pane')` for the commands that go to a pane."""
        if self.id.startswith("show_"):
            return f"show('{self.id.removeprefix('show_')}')"
        return _ACTIONS.get(self.id, self.id)


_ACTIONS = {"toggle": "toggle_item", "import": "import_playbook"}
"""Ids whose action has another name: Textual has a "toggle" of its own, and Python an "import"."""

COMMANDS: tuple[Command, ...] = (
    # the checklist
    Command("toggle", ("space",), "Mark the item done or open", "done / open", "checklist", "done"),
    Command("open", ("enter",), "Open the item's details", "open details", "checklist", "open"),
    Command(
        "run",
        ("r",),
        "Run the item's operation or its command",
        "plan it, then run it",
        "checklist",
        "run",
        3,
    ),
    Command("skip", ("s",), "Skip the item, with a reason", "skip, with a reason", "checklist", "skip"),
    Command(
        "check",
        ("v",),
        "Look whether the item is really done",
        "look: is it done?",
        "checklist",
        level=1,
    ),
    Command(
        "previous_phase", ("left_square_bracket",), "Show the previous phase", "previous phase", "checklist"
    ),
    Command("next_phase", ("right_square_bracket",), "Show the next phase", "next phase", "checklist"),
    # the other panes
    Command(
        "enter_phase",
        ("enter",),
        "Enter the phase under the cursor",
        "enter the phase",
        "phases",
        "enter phase",
    ),
    Command(
        "retriage", ("enter",), "Answer the triage questions again", "questions again", "triage", "questions"
    ),
    Command(
        "next_step",
        ("enter",),
        "Plan the safe next step that git's pane names",
        "plan the next step, or copy it",
        "git",
        "plan next",
        3,
    ),
    Command("follow", ("f",), "Follow the end of the log", "follow the end", "log", "follow"),
    Command("next_warning", ("w",), "Go to the next warning", "next warning", "log", "warning"),
    Command("next_error", ("e",), "Go to the next error", "next error", "log", "error"),
    Command(
        "branch",
        ("b",),
        "Create the hotfix branch",
        "hotfix branch: plan, preview, run",
        "console",
        "branch",
        1,
    ),
    Command(
        "operations",
        ("O",),
        "Plan any git or version operation",
        "every operation: plan, preview, run",
        "console",
        level=3,
    ),
    Command("suspects", ("B",), "Show the commits that may have broken it", "suspects", "console"),
    # the incident
    Command(
        "advance",
        ("greater_than_sign",),
        "End this phase and enter the next; after the last: resolve, close",
        "next phase; at the end resolve, close",
        "console",
    ),
    Command(
        "note",
        ("a",),
        "Add a note to the story",
        "add a note (@03:10 or -12m dates it back)",
        "console",
        "note",
    ),
    Command("worse", ("plus",), "Raise the severity, with a reason", "raise severity", "console"),
    Command("milder", ("minus",), "Lower the severity, with a reason", "lower severity", "console"),
    Command("check_all", ("V",), "Look at every item that can be proven", "look at all items", "console"),
    Command("milestone", ("m",), "Mark a milestone", "mark a milestone", "console", "milestone"),
    Command(
        "sent", ("S",), "Record that an update was sent", "update sent: its clock starts again", "console"
    ),
    Command("way", ("W",), "Decide: roll back first, or fix", "rollback or fix?", "console"),
    Command(
        "start", ("E",), "Start a scenario card or a rollback", "start a scenario or rollback", "console"
    ),
    Command("message", ("T",), "Prepare a message", "message from a template", "console"),
    Command("flag", ("F",), "Say that a fact became known", "a fact became known", "console"),
    Command("fill", ("i",), "Fill in a field", "fill in a field", "console"),
    Command("approve", (), "Record an approval", "record an approval", "console"),
    Command("role", (), "Assign a role", "assign a role", "console"),
    Command("escalate", ("L",), "Escalate: see whom to reach, and record it", "escalate", "console"),
    Command("contacts", ("C",), "Show contacts and who can be reached now", "contacts", "console"),
    Command("snooze", ("Z",), "Keep an alarm quiet for a while", "snooze the alarm", "console"),
    Command("resolve", (), "Mark the incident resolved", "users are well again", "console"),
    Command("close", (), "Close the incident", "close the incident", "console"),
    Command("reopen", (), "Reopen the incident, with a reason", "active again, with a reason", "console"),
    Command(
        "postmortem", ("p",), "Preview and export the post-mortem", "post-mortem", "console", "post-mortem"
    ),
    Command(
        "unfinished", (), "Continue, undo or leave an unfinished operation", "unfinished operation", "console"
    ),
    Command("output", ("l",), "Show the output of the newest job", "show the job's output", "console"),
    Command(
        "stop", (), "Stop the running operation", "stop the running operation, after a question", "console"
    ),
    Command(
        "acknowledge",
        ("x",),
        "Acknowledge that the machine's clock was changed",
        "clock change is known",
        "console",
    ),
    Command("undo", ("u",), "Undo my last record", "undo", "console", "undo"),
    Command("redo", ("U",), "Redo what I undid", "redo", "console"),
    Command("copy", ("y",), "Copy what is under the cursor", "copy", "console", "copy"),
    Command("copy_status", ("Y",), "Copy a summary of the status", "copy the status", "console"),
    # moving about
    Command("show_triage", ("0", "t"), "Go to the triage pane", "triage", "console"),
    Command("show_phases", ("1",), "Go to the phases pane", "phases", "console"),
    Command("show_checklist", ("2",), "Go to the checklist pane", "checklist", "console"),
    Command("show_git", ("3",), "Go to the git pane", "git", "console"),
    Command("show_log", ("4",), "Go to the log pane", "log", "console"),
    Command("show_story", ("5",), "Go to the story pane", "story", "console"),
    Command("next_pane", ("tab",), "Go to the next pane", "next pane", "console"),
    Command("previous_pane", ("shift+tab",), "Go to the previous pane", "previous pane", "console"),
    Command("zoom", ("z",), "Zoom this pane", "zoom this pane", "console", "zoom"),
    Command("down", ("j", "down"), "Move down", "down", "everywhere"),
    Command("up", ("k", "up"), "Move up", "up", "everywhere"),
    Command("top", ("g", "home"), "Go to the top", "top", "everywhere"),
    Command("bottom", ("G", "end"), "Go to the end", "end", "everywhere"),
    Command("page_down", ("ctrl+d", "pagedown"), "Move down a page", "page down", "everywhere"),
    Command("page_up", ("ctrl+u", "pageup"), "Move up a page", "page up", "everywhere"),
    Command("find", ("slash",), "Find in this pane", "find", "console", "find"),
    Command("find_next", ("n",), "Go to the next match, or open item", "next match, or open item", "console"),
    Command("find_previous", ("N",), "Go to the previous match, or open item", "previous match", "console"),
    # the home screen
    Command("declare", ("n",), "Declare an incident", "declare an incident", "home", "declare"),
    Command("open_incident", ("enter",), "Open the incident under the cursor", "open", "home", "open"),
    Command("drill", ("D",), "Start a practice drill", "practice drill", "home", "drill"),
    Command(
        "home_postmortem",
        ("p",),
        "Preview the post-mortem under the cursor",
        "post-mortem",
        "home",
        "post-mortem",
    ),
    Command("import", ("i",), "Import a playbook from markdown", "import a playbook", "home", "import"),
    # everywhere
    Command("refresh", ("R", "f5"), "Look at git and the disk again", "look again", "everywhere"),
    Command(
        "shell", ("exclamation_mark",), "Open a shell, then come back", "shell, then come back", "everywhere"
    ),
    Command("suspend", ("ctrl+z",), "Suspend to the shell that started this", "suspend", "everywhere"),
    Command("palette", ("colon", "ctrl+p"), "Show every command", "every command", "everywhere", "commands"),
    Command("help", ("question_mark", "f1"), "Show help for this pane", "help", "everywhere", "help"),
    Command("back", ("escape",), "Go back, close or cancel", "back", "everywhere"),
    Command("back_or_quit", ("q",), "Go back one level, or quit", "back, or quit", "everywhere", "back"),
    Command("quit", ("ctrl+q",), "Quit from anywhere; nothing is lost", "quit", "everywhere"),
)

SHOWN_KEYS = {
    "space": "space",
    "enter": "⏎",
    "escape": "esc",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "plus": "+",
    "minus": "-",
    "greater_than_sign": ">",
    "slash": "/",
    "exclamation_mark": "!",
    "colon": ":",
    "question_mark": "?",
    "down": "↓",
    "up": "↑",
    "f1": "F1",
    "f5": "F5",
}
"""Textual's key names as people know the keys; others are shown as they are."""


def command(id: str) -> Command:
    """The command with this id. Raises: KeyError."""
    return _BY_ID[id]


def shown(key: str, *, ascii: bool = False) -> str:
    """A key as a person knows it."""
    name = SHOWN_KEYS.get(key, key)
    return name if not ascii or name.isascii() else key


_BY_ID = {c.id: c for c in COMMANDS}
