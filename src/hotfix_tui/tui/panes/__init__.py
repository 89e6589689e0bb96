"""The panes: one file each, a picture of one part of the view; this table gives their order and their place."""

from __future__ import annotations

from hotfix_tui.tui.panes.checklist import ChecklistPane
from hotfix_tui.tui.panes.git import GitPane
from hotfix_tui.tui.panes.log import LogPane
from hotfix_tui.tui.panes.pane import Pane
from hotfix_tui.tui.panes.phases import PhasesPane
from hotfix_tui.tui.panes.story import StoryPane
from hotfix_tui.tui.panes.triage import TriagePane

PANES: tuple[type[Pane], ...] = (TriagePane, PhasesPane, ChecklistPane, GitPane, LogPane, StoryPane)
"""Every pane, in the order of the tabs and of the tab key."""
