"""Shows exactly what will run and asks for a yes; Enter is never one for anything that leaves the machine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from textual import events, on
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget

from hotfix_tui.domain.text import visible_argv
from hotfix_tui.operations.plan import Plan
from hotfix_tui.tui.messages import CopyWanted
from hotfix_tui.tui.screens import preview
from hotfix_tui.tui.screens.dialog import HOLD_OFF, Dialog
from hotfix_tui.tui.widgets.press import Press
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import Sheet, folded

LEVELS = {
    0: "level 0: nothing is changed",
    1: "level 1: only this machine changes",
    2: "level 2: leaves this machine, can be taken back",
    3: "level 3: cannot be undone",
}


BLOCKED = "Nothing runs while this stands; esc goes back."
CHANGE: Literal["change"] = "change"
Answer = bool | Literal["change"]
UNKNOWN = "level 2: hotfix cannot see what it changes"


def level_of(plan: Plan) -> str:
    """The plan's level in words; what a command of the playbook does, only the playbook knows."""
    return UNKNOWN if plan.level == 2 and _unseen(plan) else LEVELS[plan.level]


def _unseen(plan: Plan) -> bool:
    return all(step.traceless for step in plan.steps if step.level == plan.level)


class ConfirmScreen(Dialog[Answer]):
    """True when the plan shall run, CHANGE when something else shall be chosen first, False or None when not.

    Up to level 1 `y`, or enter on the focused Run button; at level 2 only `y`; at level 3 the plan's word is typed,
    which unlocks Run, and then `y` on it. Cancel has the focus.
    """

    BINDINGS = [
        ("tab,right", "app.focus_next", "Next button"),
        ("shift+tab,left", "app.focus_previous", "Previous button"),
        ("down", "scroll(1)", "Down"),
        ("up", "scroll(-1)", "Up"),
    ]
    hold_off = HOLD_OFF

    def __init__(self, plan: Plan, *, where: str = "", label: str = "", may_change: bool = False) -> None:
        """`where` is the folder in which it runs, `label` the number of its item, such as "3.1"."""
        super().__init__(f"Run {label}".strip() if label else plan.title, level_of(plan))
        self._may_change = may_change
        self._plan = plan
        self._where = where
        self._label = label
        self._typed = ""
        self._said = ("", "text")

    def body(self) -> Iterable[Widget]:
        """The preview, what to type, and the buttons."""
        with VerticalScroll(can_focus=False):
            yield Sheet(self._preview)
        yield Sheet(self._prompt, id="prompt")
        with Horizontal(classes="buttons"):
            yield Press("Cancel", id="cancel")
            run = Press("Run", id="run")
            run.locked = not self._open
            yield run
            yield Press("Copy", id="copy")
            if self._may_change:
                yield Press("Change", id="change")

    def on_mount(self) -> None:
        """Cancel has the focus."""
        super().on_mount()
        self.query_one("#cancel", Press).focus()

    @property
    def _open(self) -> bool:
        """Whether nothing stands between this plan and a yes."""
        typed = self._plan.level < 3 or (bool(self._plan.word) and self._typed == self._plan.word)
        return typed and not self._plan.blocked

    # --- the picture

    def _preview(self, width: int) -> tuple[Row, ...]:
        return preview.rows(self._plan, width, where=self._where, label=self._label)

    def _prompt(self, width: int) -> tuple[Row, ...]:
        said, role = self._said
        rows = [row(), *self._question(width)]
        return (*rows, *(row(line, role) for line in folded(said, width)))

    def _question(self, width: int) -> tuple[Row, ...]:
        plan = self._plan
        if plan.blocked:
            change = " c changes what was chosen." if self._may_change else ""
            why = folded(f"Cannot run now: {'; '.join(plan.blocked)}.{change}", width)
            return tuple(row(line, "over") for line in why)
        if plan.level < 3:
            leaves = "This leaves your machine. " if plan.level == 2 else ""
            leaves = "This may leave your machine. " if plan.level == 2 and _unseen(plan) else leaves
            change = " c changes what was chosen." if self._may_change else ""
            return (row(f"{leaves}Press y to run it.{change}", "bold"),)
        if not plan.word:
            return (row("Cannot run now: the plan has no word to type.", "over"),)
        asked = folded(f"This leaves your machine. Type {plan.word} to go on:", width)
        mark = "  unlocked: tab to Run, then y" if self._open else ""
        return (
            *(row(line, "bold") for line in asked),
            Row((("  > ", "dim"), (preview.safe(self._typed), "bold"), ("_", "reverse"), (mark, "accent"))),
        )

    def _say(self, text: str, role: str = "waiting") -> None:
        self._said = (text, role)
        self.query_one("#prompt", Sheet).redraw()
        self.fit()

    # --- keys

    def on_key(self, event: events.Key) -> None:
        """`y` is the yes; at level 3 other letters go into the word."""
        if event.key == "backspace" or event.is_printable:
            event.stop()
            event.prevent_default()
            if self.awake:
                self._hear(event)

    def _hear(self, event: events.Key) -> None:
        level3 = self._plan.level == 3 and not self._plan.blocked
        on_run = self.query_one("#run", Press).has_focus
        if event.character == "c" and self._may_change and not level3:
            self.dismiss(CHANGE)
        elif event.character == "y" and (not level3 or (on_run and self._open)):
            self._yes()
        elif not level3:
            self._say(BLOCKED if self._plan.blocked else "y runs it, esc cancels.")
        elif event.key == "backspace":
            self._type(self._typed[:-1])
        elif event.character:
            self._type((self._typed + event.character)[:100])

    def on_paste(self, event: events.Paste) -> None:
        """A pasted word is not a typed one."""
        event.stop()
        if self._plan.level == 3:
            self._say("Type it: a pasted word does not count.")

    def _type(self, text: str) -> None:
        self._typed = text
        self.query_one("#run", Press).locked = not self._open
        self._say("")

    @on(Press.Pressed)
    def _pressed(self, event: Press.Pressed) -> None:
        event.stop()
        match event.press.id:
            case "cancel" if event.by_key and self._plan.level == 3 and self._open:
                self._say("The word is typed: tab to Run, then y runs it; esc cancels.")
            case "cancel":
                self.dismiss(False)
            case "change":
                self.dismiss(CHANGE)
            case "copy":
                commands = "\n".join(visible_argv(step.argv) for step in self._plan.steps)
                self.post_message(CopyWanted(commands))
            case _ if self.awake:
                self._run_pressed(by_key=event.by_key)

    def _run_pressed(self, *, by_key: bool) -> None:
        if by_key and self._plan.level >= 2 and self._open:
            self._say("Enter does not confirm this: press y.")
        else:
            self._yes()

    def _yes(self) -> None:
        if self._open:
            self.dismiss(True)
        elif self._plan.blocked:
            self._say(BLOCKED)
        else:
            self._say(f"Type {self._plan.word} first.")

    def action_scroll(self, by: int) -> None:
        """Scroll the preview."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_leave(self) -> None:
        """Esc is a no."""
        self.dismiss(False)
