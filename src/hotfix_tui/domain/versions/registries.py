"""Where versions are published, and what each place does with them; which standard a playbook's versions follow."""

from __future__ import annotations

from pathlib import PurePosixPath

from hotfix_tui.domain.playbook import VersionRules
from hotfix_tui.domain.record import record
from hotfix_tui.domain.versions.number import Standard


@record(frozen=True, slots=True)
class Registry:
    """A place that versions are published to. The sentences know $fix, $base and $newest."""

    name: str
    standard: Standard
    skips: str
    """Who does not get a pre-release."""
    behind: str
    """What happens when a version below the newest one is published."""
    again: str
    """That it never takes a version twice."""


NPM = Registry(
    "npm",
    "semver",
    "npm ranges such as ^$base and ~$base skip it: it is had only by its exact version or a dist-tag.",
    "npm moves “latest” to whatever is published last: publish it with a --tag of its own.",
    "npm never takes $fix a second time, not even after an unpublish.",
)
CRATES = Registry(
    "crates.io",
    "semver",
    'Cargo requirements such as "$base" skip it: it is had only by naming it.',
    "cargo update goes to it only within its own line.",
    "crates.io never takes $fix a second time, not even after a yank.",
)
PYPI = Registry(
    "PyPI",
    "pep-440",
    "pip skips it without --pre or its exact version.",
    "pip goes to it only where the line is pinned.",
    "PyPI never takes $fix a second time, not even after a deletion.",
)
_FILES = {
    "package.json": NPM,
    "Cargo.toml": CRATES,
    "pyproject.toml": PYPI,
    "setup.cfg": PYPI,
    "setup.py": PYPI,
}


def registry_of(rules: VersionRules) -> Registry | None:
    """Where a project with these version files publishes; None when they do not tell."""
    found = (_FILES.get(PurePosixPath(file).name) for file in rules.files)
    return next((one for one in found if one), None)


def standard_of(rules: VersionRules) -> Standard:
    """What the playbook says, else what its registry wants, else SemVer."""
    registry = registry_of(rules)
    return rules.standard or (registry.standard if registry else "semver")
