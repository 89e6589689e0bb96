"""The job that runs, or ran last: its output while it grows, and a way to stop it."""

from __future__ import annotations

import threading
from collections import deque

from hotfix_tui.service.journal import Progress
from hotfix_tui.tui.background import Background
from hotfix_tui.tui.view import Job

MOST = 5_000
"""Lines kept of a job's output; older ones give way."""


class Output:
    """What one job wrote so far. A thread writes it, the screen reads it: both only append or copy."""

    def __init__(self, case: str, title: str) -> None:
        """`case` is the id of the case that it belongs to."""
        self.case = case
        self.name = title
        self.state = "running"
        self.lines: deque[str] = deque(maxlen=MOST)
        self.written = 0
        """How many lines were written, also those that gave way."""
        self.stop = threading.Event()

    def write(self, line: str) -> None:
        """One more line; untrusted text."""
        self.lines.append(line)
        self.written += 1

    def since(self, seen: int) -> tuple[tuple[str, ...], int]:
        """The lines written after the first `seen`, and how many there are now."""
        now = self.written
        kept = tuple(self.lines)
        return kept[max(len(kept) - (now - seen), 0) :] if now > seen else (), now


class Jobs(Background):
    """Shows a job while it runs and afterwards, and stops it when somebody says so."""

    output: Output | None = None
    """Of the newest job; None before the first."""

    @property
    def busy(self) -> bool:
        """Whether an operation of this console runs now."""
        return self.output is not None and self.output.state == "running"

    def begin(self, case: str, title: str) -> Output:
        """A job begins."""
        self.output = Output(case, title)
        self.note(title, "running", "")
        return self.output

    def end(self, state: str, detail: str) -> None:
        """The job has ended in this way."""
        assert self.output is not None
        self.output.state = state
        self.note(self.output.name, state, detail)

    def note(self, title: str, state: str, detail: str) -> None:
        """Show the job in the console's list."""
        console = self.app.console_screen
        if console is not None:
            console.note_job(Job(title, state, self.services.clock.now(), detail))

    def told(self, output: Output, news: Progress) -> None:
        """Keep what a running plan tells; called from its thread."""
        if news.state == "line":
            output.write(news.text)
        elif news.state == "running":
            output.write(f"[>] {news.text}")
            self.app.call_from_thread(self.note, output.name, "running", news.text)
        else:
            output.write(f"    {news.state}: {news.text}")

    def show_output(self) -> None:
        """Show the newest job's output; it grows while the job runs."""
        output = self.output
        if output is None:
            self.app.say("No job has run yet.")
            return
        lines, seen = output.since(0)

        def news() -> tuple[tuple[str, ...], str]:
            nonlocal seen
            new, seen = output.since(seen)
            return new, output.state

        from hotfix_tui.tui.screens.output import OutputScreen

        stop = self.ask_stop if self.busy else None
        self.app.push_screen(OutputScreen(output.name, lines, output.state, news=news, stop=stop))

    def ask_stop(self) -> None:
        """Ask whether the running operation shall end, then end it."""
        output = self.output
        if output is None or not self.busy:
            self.app.say("Nothing runs now.")
            return

        def answered(answer: str | None) -> None:
            if answer == "stop" and output.state == "running":
                output.stop.set()
                output.write("stopping ...")
                self.app.say("stopping; git is asked afterwards where it stands")

        from hotfix_tui.tui.choice import Choice
        from hotfix_tui.tui.screens.choose import ChooseScreen

        choices = (
            Choice("on", "Let it run", "nothing happens"),
            Choice("stop", "Stop it now", "then continue, undo or leave it", key="s"),
        )
        self.app.push_screen(ChooseScreen(f"Stop “{output.name}”?", choices), answered)
