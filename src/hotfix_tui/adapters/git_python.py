"""GitPython's `Git`, which starts git, without all else that `import git` brings: 14 ms of processor time, not 43.

The package's own `__init__` loads repositories, indexes, remotes and submodules, and starts `git version`. We use none
of it, and the console's first look at git waited for it. So the one module that we need is imported by itself, under
an empty package; afterwards `import git` is what it always was. Where that fails everything is loaded.
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from importlib.util import find_spec, module_from_spec
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from git import CommandError, Git

_ONE = Lock()


@lru_cache(maxsize=1)
def git_python() -> tuple[type[Git], type[CommandError]]:
    """GitPython's `Git`, and what it raises for a command that failed or is not there. Raises: ImportError."""
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # where all is loaded, it looks for git while it is
    with _ONE:
        if "git" not in sys.modules:
            try:
                return _alone()
            except (ImportError, AttributeError):
                for name in [name for name in sys.modules if name.startswith("git.")]:
                    del sys.modules[name]
        from git import CommandError, Git

        return Git, CommandError


def _alone() -> tuple[type[Git], type[CommandError]]:
    """Both, imported under an empty package. Raises: ImportError; AttributeError."""
    spec = find_spec("git")
    if spec is None:
        raise ImportError("there is no GitPython")
    sys.modules["git"] = module_from_spec(spec)
    try:
        from git.cmd import Git
        from git.exc import CommandError
    finally:
        del sys.modules["git"]
    return Git, CommandError
