"""A process that writes notes through the service and says of each whether it was kept; tests run it under strace."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.intents import AddNote
from tests.case_fixtures import Desk


def main(folder: Path, count: int) -> None:
    """Say "kept <text>" once it is acknowledged, "lost <text>: <sentence>" when it is refused."""
    desk = Desk(folder)
    case = desk.only()
    for number in range(count):
        text = f"note {number} of {os.getpid()}"
        try:
            case = desk.incidents.ask(case, AddNote(text))
            print("kept", text, flush=True)  # noqa: T201
        except PortFailure as error:
            print("lost", f"{text}: {error}", flush=True)  # noqa: T201
    desk.store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
