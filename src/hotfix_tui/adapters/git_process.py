"""One git process, started through GitPython in a session of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

from hotfix_tui.adapters.git_environment import NETWORK
from hotfix_tui.adapters.git_python import git_python
from hotfix_tui.adapters.processes import Ended, Limits, Stream, follow, give_way
from hotfix_tui.adapters.umask import of_programs
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import visible_argv


def execute(
    argv: Sequence[str],
    folder: Path,
    environment: tuple[Mapping[str, str], Sequence[str]],
    limits: Limits,
    on_chunk: Callable[[Stream, bytes], None],
) -> Ended:
    """Run the command to its end, handing on what it writes. Raises: PortFailure when it cannot start."""
    given, hidden = environment
    process = _start(argv, folder, given, hidden)
    if NETWORK.intersection(argv[1:2]):
        give_way(process.pid)
    return follow(process, limits, on_chunk)


def _start(
    argv: Sequence[str], folder: Path, given: Mapping[str, str], hidden: Sequence[str]
) -> subprocess.Popen[bytes]:
    git, failed = git_python()
    # GitPython always hands on the whole environment; env(1) takes away what git must not see.
    unset = [word for name in hidden for word in ("-u", name)]
    command = ["env", *unset, "--", *argv] if unset else [*argv]
    try:
        handle = git(str(folder)).execute(
            command,
            as_process=True,
            env=dict(given),
            start_new_session=True,
            shell=False,
            umask=of_programs(),
        )
    except ValueError as error:  # half a character, or a NUL: no process can be given it
        raise PortFailure(
            "Git",
            f"git cannot be asked: {visible_argv(argv)} holds what no command can carry.",
            "Correct the name that it comes from.",
        ) from error
    except (failed, OSError) as error:
        raise PortFailure(
            "Git", "git cannot be started.", "Install git, or put it on the PATH: git --version"
        ) from error
    process = cast("subprocess.Popen[bytes]", handle.proc)
    handle.proc = None  # from here on its end is ours to see to
    return process
