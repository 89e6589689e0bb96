"""Who knows what a role looks like: one node per screen or frame, not every widget in it.

Textual computes the looks of every component class of every node at each change; asking one node keeps that cheap.
"""

from __future__ import annotations

from rich.style import Style
from textual.dom import DOMNode
from textual.widget import Widget

from hotfix_tui.tui.widgets.rows import COMPONENTS


def knows_roles(node: DOMNode) -> bool:
    """Whether the node's component classes are the roles (styles/roles.tcss): a screen or a frame of ours."""
    return COMPONENTS <= node.COMPONENT_CLASSES


def role_style(widget: Widget, role: str, *, partial: bool = False) -> Style:
    """How `role` looks where `widget` stands; `partial` leaves out what it does not set itself."""
    source = next(node for node in widget.ancestors_with_self if knows_roles(node))
    assert isinstance(source, Widget)
    return source.get_component_rich_style(f"row--{role}", partial=partial)
