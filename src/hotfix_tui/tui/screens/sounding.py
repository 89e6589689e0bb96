"""Alarms on the screen: the terminal's bell once, and one sentence; again when the alarm nags."""

from __future__ import annotations

from datetime import datetime

from hotfix_tui.domain.alarms import Ring, ringing
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.text import TITLE, clean
from hotfix_tui.tui.commands import command, shown
from hotfix_tui.tui.screens.saying import Saying

BEAT_SECONDS = 5
"""How often everything but the clock is looked at while nothing happens."""
Heard = dict[str, tuple[datetime, int]]
"""Alarm to since when it counts its nags, and how many were heard."""


class Sounding(Saying):
    """Says each ring once on this console; what rang before it was opened is in the header."""

    def __init__(self) -> None:
        super().__init__()
        self._heard: Heard | None = None
        self._listened: tuple[object, int] = (None, 0)

    def listen(self) -> None:
        """Look for alarms once what changed is painted; a key that only moves about looks for none."""
        now = self.console_app.services.clock.now()
        when = (self.present, int(now.timestamp()) // BEAT_SECONDS)
        if when[0] is not self._listened[0] or when[1] != self._listened[1]:
            self._listened = when
            self.call_after_refresh(self._sound)

    def _sound(self) -> None:
        """Ring and say what has begun to ring, or nags again, since the last look."""
        case, now = self.present, self.console_app.services.clock.now()
        rings = ringing(case.incident, case.playbook, now)
        before = self._heard
        self._heard = {ring.alarm.id: (ring.since, ring.nag) for ring in rings}
        news = [] if before is None else [ring for ring in rings if _is_new(ring, before)]
        if not news:
            return
        if self.console_app.services.settings.bell:
            self.app.bell()
        self.say(self._sentence(news), bad=news[0].alarm.level != "soon")

    def _sentence(self, news: list[Ring]) -> str:
        more = f", and {len(news) - 1} more" if len(news) > 1 else ""
        own = self.console_app.services.settings.keys.get("snooze", command("snooze").keys[0])
        rest = spoken(self.present.playbook.alarms.snooze)
        text = clean(news[0].alarm.text, TITLE)
        return f"{text[:1].upper()}{text[1:]}{more}.   {shown(own.split(',')[0])} snoozes for {rest}"


def _is_new(ring: Ring, before: Heard) -> bool:
    heard = before.get(ring.alarm.id)
    return heard is None or (ring.since, ring.nag) > heard
