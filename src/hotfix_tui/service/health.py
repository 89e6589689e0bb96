"""What was looked at before it is needed: how it is, and what to do about it. `hotfix doctor` and home show it."""

from __future__ import annotations

from typing import Literal

from hotfix_tui.domain.record import record

State = Literal["ok", "warn", "fail"]


@record(frozen=True, slots=True)
class Finding:
    """Something that was looked at: how it is, in words, and what to do about it."""

    state: State
    name: str
    text: str
    hint: str = ""
