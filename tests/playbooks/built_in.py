"""The five built-in playbooks by the source that each answers."""

from __future__ import annotations

from hotfix_tui.adapters.playbook_folders import BUILT_IN
from hotfix_tui.checks import CHECKS
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.loading import Names, read
from hotfix_tui.operations import OPERATIONS

FILES = {
    "S0": "desktop-app",
    "S1": "npm-package",
    "S2": "crates-cli",
    "S3": "beta-protocol",
    "S4": "web-service",
}


def _read(name: str) -> Playbook:
    return read(
        (BUILT_IN / f"{name}.toml").read_text(), f"{name}.toml", Names(tuple(OPERATIONS), tuple(CHECKS))
    )


PLAYBOOKS = {source: _read(name) for source, name in FILES.items()}


def everything(source: str) -> tuple[Item, ...]:
    """Every item of a playbook: live ones, and those that must be ready beforehand."""
    playbook = PLAYBOOKS[source]
    return (*playbook.all_items(), *playbook.readiness.items)
