"""Playbook files: TOML text in, a checked playbook out, or every error at once with file, line and hint."""

from __future__ import annotations

from hotfix_tui.loading.problems import PlaybookErrors, Problem
from hotfix_tui.loading.reader import read

__all__ = ["PlaybookErrors", "Problem", "read"]
