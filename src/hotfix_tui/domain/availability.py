"""When somebody can be reached: "always", or days and hours such as "Mon-Fri 09:00-17:00" in a time zone."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from hotfix_tui.domain.playbook import Contact
from hotfix_tui.domain.record import record

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Reach = Literal["yes", "no", "unknown", "outdated"]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FORM = re.compile(r"(?:([a-z]{3})(?:-([a-z]{3}))? )?(\d{2}):(\d{2})-(\d{2}):(\d{2})")
_SAID = 'write "always" or days and hours such as "Mon-Fri 09:00-17:00"'
ALWAYS = "always"
UTC = "UTC"
"""The zone of hours that name none."""


@record(frozen=True, slots=True)
class Hours:
    """Days of the week (0 is Monday) and the hours of each; over midnight when `until` is not after `since`."""

    days: tuple[int, ...]
    since: time
    until: time

    def hold(self, moment: datetime) -> bool:
        """Whether the local `moment` lies within them."""
        at = moment.time()
        if self.since < self.until:
            return moment.weekday() in self.days and self.since <= at < self.until
        yesterday = (moment - timedelta(days=1)).weekday()
        return (moment.weekday() in self.days and at >= self.since) or (
            yesterday in self.days and at < self.until
        )


def parse_hours(text: str) -> tuple[Hours, ...] | None:
    """The hours written as `text`, several separated by commas; None for "always" and for nothing said.

    Raises: ValueError with a sentence when it is neither.
    """
    if text.strip().lower() in ("", ALWAYS):
        return None
    return tuple(_hours(part.strip().lower()) for part in text.split(","))


def _hours(text: str) -> Hours:
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(_SAID)
    first, last, *numbers = match.groups()
    if any(day is not None and day not in _DAYS for day in (first, last)):
        raise ValueError("the days are Mon, Tue, Wed, Thu, Fri, Sat, Sun")
    start = _DAYS.index(first) if first else 0
    end = _DAYS.index(last) if last else (start if first else 6)
    days = tuple((start + n) % 7 for n in range((end - start) % 7 + 1))
    from_hour, from_minute, to_hour, to_minute = map(int, numbers)
    try:
        midnight = (to_hour, to_minute) == (24, 0)
        return Hours(days, time(from_hour, from_minute), time(0, 0) if midnight else time(to_hour, to_minute))
    except ValueError:
        raise ValueError(_SAID) from None


def zone(name: str) -> ZoneInfo:
    """The time zone of this IANA name. Raises: ValueError with a sentence when there is none."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # late: slow to load, and most people name no zone

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('there is no such time zone; write one such as "Europe/Berlin"') from None


def outdated(contact: Contact, today: date) -> bool:
    """Whether the entry does not hold on this day (S3.ESC.3)."""
    return bool(
        (contact.valid_from and today < contact.valid_from)
        or (contact.valid_until and today > contact.valid_until)
    )


def reach(contact: Contact, now: datetime) -> Reach:
    """Whether somebody can be reached at `now`, an aware moment (S0.ESC.1)."""
    if not contact.available:
        return "outdated" if outdated(contact, now.date()) else "unknown"
    local = now.astimezone(zone(contact.timezone))
    if outdated(contact, local.date()):
        return "outdated"
    hours = parse_hours(contact.available)
    return "yes" if hours is None or any(each.hold(local) for each in hours) else "no"


def opens_at(contact: Contact, now: datetime) -> datetime | None:
    """When somebody can next be reached, in their own time zone; None when nobody said, or not within a week."""
    hours = parse_hours(contact.available)
    if not hours:
        return None
    local = now.astimezone(zone(contact.timezone))
    begins = (
        datetime.combine(local.date() + timedelta(days=day), each.since, local.tzinfo)
        for day in range(8)
        for each in hours
        if (local + timedelta(days=day)).weekday() in each.days
    )
    later = [moment for moment in begins if moment > local and not outdated(contact, moment.date())]
    return min(later, default=None)
