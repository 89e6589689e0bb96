"""GitPython's one class that is needed is loaded without the others, and is the same class."""

from __future__ import annotations

import subprocess
import sys

import pytest

WITHOUT = (
    "assert not {name for name in sys.modules if name.startswith(('git.repo', 'git.index', 'git.remote'))}"
)
ALONE = f"""
import sys
from hotfix_tui.adapters.git_python import git_python
Git, CommandError = git_python()
assert "git" not in sys.modules
{WITHOUT}
said = Git(".").execute(["git", "--version"])
assert said.startswith("git version"), said
try:
    Git(".").execute(["nothing-of-this-name"])
except CommandError:
    pass
else:
    raise AssertionError("it was found")
{WITHOUT}
import git
assert git.Git is Git
assert git.CommandError is CommandError
assert git.Repo
assert git_python() == (Git, CommandError)
"""
AFTER = """
import git
from hotfix_tui.adapters.git_python import git_python
assert git_python() == (git.Git, git.CommandError)
"""
CHANGED = """
import sys
sys.modules["git.cmd"] = None
from hotfix_tui.adapters import git_python
git_python.git_python()
import git
assert git_python.git_python() == (git.Git, git.CommandError)
"""
TOGETHER = """
from concurrent.futures import ThreadPoolExecutor
from hotfix_tui.adapters.git_python import git_python
with ThreadPoolExecutor(8) as pool:
    assert len({found.result() for found in [pool.submit(git_python) for _ in range(8)]}) == 1
"""


@pytest.mark.parametrize(
    "code", [ALONE, AFTER, CHANGED, TOGETHER], ids=["alone", "after", "changed", "threads"]
)
def test_git_is_loaded_alone_and_stays_the_same(code: str) -> None:
    """Also after everything was loaded, where loading it alone fails, and from many threads at once."""
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (answer.returncode, answer.stderr) == (0, "")
