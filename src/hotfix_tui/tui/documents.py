"""The post-mortem on the screen and in a file, and the person's own shell."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from hotfix_tui.service.incidents import Case
from hotfix_tui.tui.background import Background

if TYPE_CHECKING:
    from hotfix_tui.domain.postmortem import Document


class Documents(Background):
    """What leaves the console: documents, and the person for a while."""

    def postmortem(self, case: Case) -> None:
        """Render the post-mortem and show it."""
        from hotfix_tui.domain.postmortem import render
        from hotfix_tui.domain.postmortem_process import due
        from hotfix_tui.tui.screens.postmortem import PostmortemScreen

        now = self.services.clock.now()
        document = render(case.incident, case.playbook, now)
        by = due(case.incident, case.playbook, now)
        screen = PostmortemScreen(
            f"{case.id} {case.incident.title}",
            document.text,
            redacted=document.redacted,
            open_questions=document.open_questions,
            due=f"{by:%Y-%m-%d}" if by else "",
        )

        def wanted(what: str | None) -> None:
            if what == "copy":
                self.app.copy(document.text, "the post-mortem")
            elif what == "export" and self.may_write():
                self._export(case, document)

        self.app.push_screen(screen, wanted)

    def _export(self, case: Case, document: Document) -> None:
        root = Path(case.incident.declared.repository or self.services.settings.repository_dir)
        path = root / f"post-mortem-{case.id}.md"

        def write() -> Path:
            target = next(p for p in _free_names(path) if not p.exists())
            self.services.write_text(target, document.text, False)
            return target

        self.background(write, lambda target: self.app.say(f"written: {target}"), name="export")

    def shell(self) -> None:
        """Run the person's shell in the repository, with HOTFIX_* set, and come back."""
        console = self.app.console_screen
        case = console.present if console else None
        environment = {**os.environ, **(_shell_environment(case) if case else {})}
        root = case.incident.declared.repository if case else ""
        folder = root if root and Path(root).is_dir() else str(self.services.settings.repository_dir)
        shell = os.environ.get("SHELL") or "/bin/sh"
        try:
            with self.app.suspend():
                print(f"\nhotfix: the clock runs on. Leave this shell to come back ({folder}).\n")  # noqa: T201
                subprocess.run([shell], env=environment, cwd=folder, check=False, umask=self.services.umask)
        except (SuspendNotSupported, OSError) as error:
            self.app.say(f"No shell can be opened here: {error}", bad=True)
            return
        if console is not None:
            console.look_again()


def _free_names(path: Path) -> list[Path]:
    return [path, *(path.with_stem(f"{path.stem}-{n}") for n in range(2, 1000))]


def _shell_environment(case: Case) -> dict[str, str]:
    declared = case.incident.declared
    return {
        "HOTFIX_INCIDENT": case.id,
        "HOTFIX_SEVERITY": case.incident.severity,
        "HOTFIX_BASE": declared.base,
        "HOTFIX_FIX": declared.fix,
        "HOTFIX_BRANCH": declared.branch,
    }
