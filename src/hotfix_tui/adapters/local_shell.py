"""Other programs than git, on this machine: started without a shell, asked nothing, ended with their children."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from hotfix_tui.adapters.processes import Limits, Lines, follow
from hotfix_tui.adapters.starting import check_words, why_not
from hotfix_tui.adapters.umask import of_programs
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import visible_argv
from hotfix_tui.ports import Finished

KEPT_LINES = 200
QUIET = {
    "TERM": "dumb",
    "NO_COLOR": "1",
    "CI": "1",
    "PAGER": "cat",
    "GH_PAGER": "cat",
    "GH_PROMPT_DISABLED": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
}
"""Nothing asks, nothing pages, nothing paints: nobody sits at this program's terminal."""


class LocalShell:
    """The programs on this machine's PATH."""

    def which(self, program: str) -> str:
        """Where the program is; empty when it is not on the PATH."""
        return shutil.which(program) or ""

    def run(
        self,
        argv: Sequence[str],
        folder: Path,
        on_line: Callable[[str], None] = lambda line: None,
        cancelled: Callable[[], bool] = lambda: False,
        timeout: float = 60.0,
    ) -> Finished:
        """Run a program in a folder; cancelled answers -15 as its code. Raises: PortFailure."""
        check_words(argv)
        try:
            process = subprocess.Popen(
                list(argv),
                cwd=folder,
                env={**os.environ, **QUIET},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                umask=of_programs(),
            )
        except OSError as error:
            raise why_not(argv, folder, error.errno or 0, entered=os.access(folder, os.X_OK)) from error
        lines: deque[str] = deque(maxlen=KEPT_LINES)

        def take(line: str) -> None:
            lines.append(line)
            on_line(line)

        cut = Lines(take)
        ended = follow(process, Limits(timeout, cancelled=cancelled), cut.feed)
        cut.flush()
        if ended.why == "timeout":
            last = f" Its last words: {lines[-1]}" if lines else ""
            raise PortFailure(
                visible_argv(argv),
                f"it took longer than {timeout:g} s and was ended.{last}",
                "Try it by hand.",
            )
        return Finished(-15 if ended.why else ended.code, tuple(lines))
