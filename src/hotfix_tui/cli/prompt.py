"""`hotfix status --line` by the shortest way: prompts and tmux ask it all day, so it does without click."""

from __future__ import annotations

import os
import sys

from hotfix_tui.cli.codes import NO_INCIDENT, OK, NoIncident
from hotfix_tui.cli.pipes import let_go_of_stdout
from hotfix_tui.cli.session import Session
from hotfix_tui.cli.statuswords import status_line
from hotfix_tui.domain.errors import HotfixError
from hotfix_tui.domain.glance import glance
from hotfix_tui.service.incidents import NoSuchIncident


def answer() -> int | None:
    """Print the line and return the exit code; None, and nothing printed, where the long way has more to say."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if os.environ.get("HOTFIX_ASCII") or not encoding.startswith("utf8"):
        return None
    session = Session({}, lambda settings: None)
    session.hurried = True
    try:
        if session.settings.ascii:
            return None
        case = session.case()
        line = status_line(case, glance(case.incident, case.playbook, session.now))
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except (NoIncident, NoSuchIncident):
        return NO_INCIDENT
    except BrokenPipeError:
        let_go_of_stdout()
    except (HotfixError, OSError):
        return None
    finally:
        session.close()
    return OK
