"""The command table as Textual bindings."""

from __future__ import annotations

from textual.binding import Binding

from hotfix_tui.tui.commands import COMMANDS, Scope


def bindings(*scopes: Scope, target: str = "") -> list[Binding]:
    """The bindings of these scopes; their ids are the names that `[keys]` in the configuration uses.

    Quitting has priority: it works in every dialog and text field too. `target` says whose actions they are, such as "screen."; empty for the node that has the bindings.
    """
    return [
        Binding(",".join(c.keys), target + c.action, c.title, show=False, id=c.id, priority=c.id == "quit")
        for c in COMMANDS
        if c.scope in scopes and c.keys
    ]
