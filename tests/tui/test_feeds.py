"""The thread that looks outside, with looks that fail and looks that break."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import NoReturn

from textual.message import Message

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.service.incidents import Case
from hotfix_tui.tui.feeds import Feeds
from hotfix_tui.tui.messages import FeedBroke, FeedFailed, LogGrew
from hotfix_tui.tui.view import GitFacts
from tests.fake_log import FakeLog
from tests.tui.console_fixtures import worked


def test_a_look_that_breaks_is_told_once_and_the_others_go_on(tmp_path: Path) -> None:
    """A mistake in one look ends neither the thread nor the other looks: old facts never pass for new ones silently."""
    made = worked(tmp_path)
    log, posted = FakeLog("app.log"), list[Message]()
    looks, twice, grew = list[str](), threading.Event(), threading.Event()

    def post(message: Message) -> None:
        posted.append(message)
        if isinstance(message, LogGrew):
            grew.set()

    def breaks(case: Case) -> NoReturn:
        looks.append(case.id)
        if len(looks) > 1:
            log.write("still here\n")
            twice.set()
        feeds.look_again()
        raise ValueError(f"{case.id} cannot be")

    def fails(case: Case) -> NoReturn:
        raise PortFailure("Git", f"{case.id} cannot be seen.", "")

    def never(case: Case, facts: GitFacts) -> NoReturn:
        raise AssertionError(f"nothing was seen of {case.id} and {facts}")

    feeds = Feeds(post, made.services.incidents, lambda: made.case, breaks, fails, never, (log,))
    feeds.start()
    came = twice.wait(20) and grew.wait(20)
    feeds.stop()
    assert came
    broke = [str(one.error) for one in posted if isinstance(one, FeedBroke)]
    assert broke == [f"{made.case.id} cannot be"]
    assert sum(isinstance(one, FeedFailed) for one in posted) == 1
