"""A repository whose version stands in several files, and the playbook that names them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hotfix_tui.domain.playbook import Formats, GitRules, Playbook, VersionRules
from tests.case_fixtures import PLAYBOOK
from tests.git_fixtures import Sandbox, sandbox

ENTRY = """
## [$fix] - $date - HOTFIX

### Fixed
- **CRITICAL**: $summary (#$issue)
  - Impact: $impact
"""
RULES = VersionRules(
    files=("Cargo.toml", "src/version.rs"),
    lock_files=("Cargo.lock", "package-lock.json"),
    patterns={"src/version.rs": 'const VERSION: &str = "$version"'},
    changelog="CHANGELOG.md",
    changelog_entry=ENTRY,
)
CRATE: Playbook = replace(
    PLAYBOOK,
    version=RULES,
    git=GitRules(base="latest-release"),
    formats=Formats(bump="chore: bump version to $fix for hotfix"),
)
"""A playbook for a crate with a constant in its source."""
FILES = {
    "Cargo.toml": b'[workspace]\nmembers = ["crates/*"]\n[package] # ours\r\nname = "door"\nversion = "1.0.4"\n',
    "crates/lock/Cargo.toml": b'[package]\nname = "door-lock"\nversion = "0.1.0"\n',
    "Cargo.lock": b'version = 3\n\n[[package]]\nname = "door"\nversion = "1.0.4"\n\n[[package]]\nname = "one"\n'
    b'version = "1.0.4"\nsource = "registry"\n',
    "src/version.rs": b'pub const VERSION: &str = "1.0.4";\n',
    "CHANGELOG.md": b"# Changelog\r\n\r\n## [Unreleased]\r\n\r\n## [1.0.4] - 2026-01-05\r\n- One\r\n",
    ".gitattributes": b"* -text\n",
}
"""The files with the version of the release, with line ends as people leave them."""
MEANT = {
    "Cargo.toml": FILES["Cargo.toml"].replace(b"1.0.4", b"1.0.5"),
    "Cargo.lock": FILES["Cargo.lock"].replace(b'"door"\nversion = "1.0.4"', b'"door"\nversion = "1.0.5"'),
    "src/version.rs": FILES["src/version.rs"].replace(b"1.0.4", b"1.0.5"),
}
"""The files that change, with the version of the fix."""


def crate(folder: Path) -> Sandbox:
    """A repository with these files on a hotfix branch."""
    box = sandbox(folder)
    box.git("switch", "-q", "-c", "hotfix/v1.0.5")
    write(box, FILES)
    box.git("add", ".")
    box.git("commit", "-q", "-m", "a crate")
    return box


def write(box: Sandbox, files: dict[str, bytes]) -> None:
    """Put files into the work tree."""
    for path, data in files.items():
        place = box.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def contents(box: Sandbox) -> dict[str, bytes]:
    """The tracked files as they are now."""
    return {path: (box.root / path).read_bytes() for path in FILES}
