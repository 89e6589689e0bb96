"""Version files: one file each, text in, text out; only the version's own characters change."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase

from hotfix_tui.domain.record import record
from hotfix_tui.manifests import (
    cargo_lock,
    cargo_toml,
    chart,
    composer,
    constant,
    csproj,
    gradle,
    package_json,
    package_lock,
    pom,
    pubspec,
    pyproject,
    setup_cfg,
    uv_lock,
    version_file,
)
from hotfix_tui.manifests.found import Reading

Read = Callable[[str, str], Reading]
"""(path, text) → what the file says. Raises: Refused when it is not what its name says."""


@record(frozen=True, slots=True)
class Manifest:
    """A kind of file that names its project's version."""

    names: tuple[str, ...]
    """The file names that it goes by, as patterns."""
    read: Read


MANIFESTS: tuple[Manifest, ...] = (
    Manifest(("pyproject.toml",), pyproject.read),
    Manifest(("Cargo.toml",), cargo_toml.read),
    Manifest(("Cargo.lock",), cargo_lock.read),
    Manifest(("uv.lock",), uv_lock.read),
    Manifest(("package.json",), package_json.read),
    Manifest(("package-lock.json", "npm-shrinkwrap.json"), package_lock.read),
    Manifest(("composer.json",), composer.read),
    Manifest(("setup.cfg",), setup_cfg.read),
    Manifest(("VERSION", "VERSION.txt", "version.txt", ".version"), version_file.read),
    Manifest(("Chart.yaml", "Chart.yml"), chart.read),
    Manifest(("pubspec.yaml", "pubspec.yml"), pubspec.read),
    Manifest(("pom.xml",), pom.read),
    Manifest(("build.gradle", "build.gradle.kts", "gradle.properties"), gradle.read),
    Manifest(("*.csproj", "*.fsproj", "*.vbproj", "Directory.Build.props"), csproj.read),
    Manifest(("*.py",), constant.read),
)
"""Every kind of version file, in the order in which a name is looked up."""

WITHOUT_OWN_VERSION = (
    "yarn.lock",
    "pnpm-lock.yaml",
    "poetry.lock",
    "composer.lock",
    "pubspec.lock",
    "Gemfile.lock",
    "go.sum",
)
"""Lock files that never name the version of the project itself."""


def manifest_for(path: str) -> Manifest | None:
    """The kind of version file that the path is, by its name alone."""
    name = path.rpartition("/")[2]
    known = (kind for kind in MANIFESTS if any(fnmatchcase(name, pattern) for pattern in kind.names))
    return next(known, None)
