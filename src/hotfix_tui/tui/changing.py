"""What was chosen for a plan, changed before it runs: the same choices as `--with NAME=VALUE` of the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.templates import asked
from hotfix_tui.operations import Operation
from hotfix_tui.tui.choice import Choice

if TYPE_CHECKING:
    from hotfix_tui.tui.app import HotfixApp


@record(frozen=True, slots=True)
class Changing:
    """The choices of one plan; `again` plans it anew with what was chosen."""

    app: HotfixApp
    operation: Operation
    playbook: Playbook
    chosen: Mapping[str, str]
    again: Callable[[Mapping[str, str]], None]

    @property
    def choices(self) -> dict[str, str]:
        """The name of each choice to what it asks for: the words of the text first."""
        own = {one.name: one.title for one in self.operation.choices if one.name != "item"}
        words = {name: asked(name) for name in self.operation.words(self.playbook)}
        return {**words, **own}

    def begin(self) -> None:
        """Ask what is to be changed, then its value; esc goes back to the plan."""
        from hotfix_tui.tui.screens.choose import ChooseScreen

        listed = tuple(
            Choice(name, f"{name.replace('_', ' ')}  {title}", self.chosen.get(name, ""))
            for name, title in self.choices.items()
        )
        self.app.push_screen(ChooseScreen("Change what?", listed), self._named)

    def _named(self, name: str | None) -> None:
        if name is None:
            self.again(self.chosen)
            return
        from hotfix_tui.tui.screens.ask import AskScreen

        def answered(text: str | None) -> None:
            self.again(self.chosen if text is None else {**self.chosen, name: text.strip()})

        question = f"{self.operation.title}: {self.choices[name]}"
        given = self.chosen.get(name, "")
        self.app.push_screen(AskScreen(question, name, initial=given, may_be_empty=True), answered)
