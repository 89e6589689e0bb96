"""Playbook files: TOML text in, a checked playbook out, or every error at once with file, line and hint."""

from __future__ import annotations

from hotfix_tui.loading.problems import PlaybookErrors, Problem
from hotfix_tui.loading.reader import read
from hotfix_tui.loading.sense import Names

__all__ = ["Names", "PlaybookErrors", "Problem", "read"]
