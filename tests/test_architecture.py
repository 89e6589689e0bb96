"""What ARCHITECTURE.md promises about the shape of the project, held from outside."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))

LONGER: dict[str, int] = {}
"""Files over the limit, each with its own: rows of frozen types and one-line handlers, whole on purpose.

These numbers may only fall; a file that is back within the limit leaves the list.
"""

LOADED = """
import sys
from hotfix_tui.__main__ import main
sys.argv = ["hotfix", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print("loaded:", *sorted(set(name.partition(".")[0] for name in sys.modules)))
"""


def loaded_by(*words: str, folder: Path) -> set[str]:
    """The top-level modules that `hotfix WORDS…` has imported when it is done."""
    environment = os.environ | {"HOTFIX_DATA_DIR": str(folder / "data")}
    answer = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        timeout=30,
        check=True,
    )
    return set(answer.stdout.rpartition("loaded:")[2].split())


@pytest.mark.parametrize("word", ["--version", "--help"])
def test_saying_the_version_loads_nothing_heavy(word: str, tmp_path: Path) -> None:
    """`hotfix --version` and `--help` answer at once: no Textual, no Rich, no GitPython, no database."""
    loaded = loaded_by(word, folder=tmp_path)
    assert "hotfix_tui" in loaded
    assert not loaded & {"textual", "rich", "git", "sqlite3", "markdown_it", "tomlkit", "asyncio"}


def test_status_never_loads_the_console(tmp_path: Path) -> None:
    """`hotfix status` is asked by prompts and status lines, all the time: it never loads Textual or Rich."""
    assert not loaded_by("status", "--line", folder=tmp_path) & {"textual", "rich"}


def test_the_console_loads_no_screen_before_it_is_asked_for() -> None:
    """At 3 a.m. the console is waited for: dialogs, home, documents and click come when somebody wants them."""
    code = "import sys, hotfix_tui.cli.straight, hotfix_tui.adapters.site, hotfix_tui.tui.app; print(*sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True
    )
    loaded = set(answer.stdout.split())
    assert "hotfix_tui.tui.screens.console" in loaded
    late = (
        "dialog",
        "choose",
        "ask",
        "confirm",
        "declare",
        "help",
        "home",
        "item",
        "palette",
        "postmortem",
        "output",
    )
    unwanted = {"click", "git", "logging.handlers", "zoneinfo"}
    unused = {
        "domain.postmortem",
        "domain.frames",
        "domain.versions",
        "operations.branch",
    }
    unused |= {"service.suggestions", "service.imports", "service.drills"}
    assert not loaded & unwanted
    assert not loaded & {f"hotfix_tui.{name}" for name in unused}
    assert not loaded & {f"hotfix_tui.tui.screens.{name}" for name in late}


def test_the_tables_of_operations_and_checks_load_none_of_their_files() -> None:
    """Whoever reads a playbook asks for the names; the files, and the manifests behind them, come when one is wanted."""
    code = "import sys; from hotfix_tui.checks import CHECKS; from hotfix_tui.operations import OPERATIONS; print(*CHECKS, *OPERATIONS, *sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True
    )
    told = answer.stdout.split()
    files = {name.replace("-", "_") for name in told if not name.startswith("hotfix_tui")}
    assert {"branch", "pushed"} <= files
    loaded = {name for name in told if name.startswith(("hotfix_tui.operations.", "hotfix_tui.checks."))}
    assert not {name.rpartition(".")[2] for name in loaded} & files
    assert not any(name.startswith("hotfix_tui.manifests") for name in told)


def test_only_the_git_adapter_imports_gitpython() -> None:
    """GitPython is known to adapters/git*.py alone (the finer half of the contract in pyproject.toml)."""
    importers = {path for path in SOURCES if imported(path) & {"git", "gitdb"}}
    adapters = ROOT / "src/hotfix_tui/adapters"
    strangers = {path for path in importers if not is_git_adapter(path.relative_to(ROOT), adapters)}
    assert not strangers, f"move the call to GitPython into {adapters.relative_to(ROOT)}/git*.py: {strangers}"


def is_git_adapter(path: Path, adapters: Path) -> bool:
    """Whether the file is adapters/git*.py, or lies in a folder adapters/git*/."""
    inside = (ROOT / path).is_relative_to(adapters)
    return inside and (ROOT / path).relative_to(adapters).parts[0].startswith("git")


def imported(path: Path) -> set[str]:
    """The top-level names of everything that the file imports, at the top or late."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_a_source_file_stays_readable_in_one_sitting(path: Path) -> None:
    """Around 100 lines, not over 300: a longer file wants to be two. Classes end below 200 lines."""
    source = path.read_text()
    name = str(path.relative_to(ROOT / "src"))
    length = source.count("\n")
    assert length <= LONGER.get(name, 300), f"{name} has {length} lines: split it by what it is about"
    assert name not in LONGER or length > 300, f"{name} is short enough again: take it out of LONGER"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            length = (node.end_lineno or node.lineno) - node.lineno
            assert length < 200, f"class {node.name} has {length} lines"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_the_clock_is_read_in_one_place(path: Path) -> None:
    """Only adapters/clock.py asks the machine what time it is; everybody else is told."""
    if path == ROOT / "src/hotfix_tui/adapters/clock.py":
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}:
            whose = (
                node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            )
            assert whose not in {"datetime", "date"}, f"{path}:{node.lineno} reads the clock itself"


def tracked() -> list[Path]:
    """The files that git keeps, or in an unpacked source archive simply all of the project's own."""
    listing = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=False)
    names = [name for name in listing.stdout.decode().split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_immutable_classes_are_records(path: Path) -> None:
    """A frozen class is made by `record`, which costs a tenth of the standard decorator (docs/adr/0003)."""
    assert "@dataclass(frozen=True" not in path.read_text()


def test_the_lock_file_names_no_registry() -> None:
    """constraints.txt says what and which hash, never where from: your own mirror is as good as any."""
    text = (ROOT / "constraints.txt").read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    assert "--hash=sha256:" in text


def test_nothing_committed_names_a_registry_or_somebodys_machine() -> None:
    """No file holds a package registry's host or an absolute path of a developer's machine."""
    forbidden = [
        b"pythonhosted" + b".org",
        b"pypi" + b".org",
        b"registry.npmjs" + b".org",
        b"deb.debian" + b".org",
        b"/work/" + b"main",
        b"/work/" + b"wt",
        b"/work/" + b"shared",
        b"/root/" + b".pyenv",
    ]
    for path in tracked():
        content = path.read_bytes()
        for name in forbidden:
            assert name not in content, f"{path.relative_to(ROOT)} names {name.decode()}"
