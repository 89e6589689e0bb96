"""What the console says at its bottom: one sentence for a few seconds, the newest job otherwise."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from hotfix_tui.domain.glance import Risk
from hotfix_tui.domain.text import MESSAGE, clean
from hotfix_tui.tui.footer import job_line
from hotfix_tui.tui.screens.asking import Asking
from hotfix_tui.tui.view import Job, View
from hotfix_tui.tui.widgets.rows import Row, row

JOBS_KEPT = 20
MESSAGE_SECONDS = 8


class Saying(Asking):
    """Keeps the sentence and the jobs."""

    def __init__(self) -> None:
        super().__init__()
        self._jobs: deque[Job] = deque(maxlen=JOBS_KEPT)
        self._said: tuple[str, str, datetime | None] = ("", "dim", None)
        self._clock_told = False

    def say(self, sentence: str, *, bad: bool = False) -> None:
        """Say one sentence at the bottom for a few seconds, folded above it when it is long; untrusted text is cleaned."""
        if bad and len(sentence) + 2 > self.size.width:
            self._said = ("", "dim", None)
            self.notify(clean(sentence, MESSAGE), severity="error", markup=False, timeout=3 * MESSAGE_SECONDS)
            self.tick()
            return
        now = self.console_app.services.clock.now()
        self._said = (
            clean(sentence, 400),
            "over" if bad else "accent",
            now + timedelta(seconds=MESSAGE_SECONDS * (3 if bad else 1)),
        )
        self.tick()

    def note_job(self, job: Job) -> None:
        """Show a job: a new one, or the newest one's news."""
        if self._jobs and self._jobs[-1].title == job.title and self._jobs[-1].state == "running":
            self._jobs[-1] = job
        else:
            self._jobs.append(job)
        self.tick()

    def _message(self, view: View) -> Row:
        text, role = view.said
        if text:
            return row(f" {clean(text, MESSAGE)}", role)
        return row() if self.has_class("-wide") else job_line(view)

    def tell_clock(self, changed: tuple[Risk, ...]) -> None:
        """Say once that the machine's clock was changed; the header says so until somebody knows."""
        told, self._clock_told = self._clock_told, bool(changed)
        if changed and not told:
            self.say(f"The machine's {changed[0].text}; the clocks here count on. x: I know.", bad=True)
