"""The console on an incident whose playbook has people in it: rungs, contacts, roles, promises, alarms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.tui.console_fixtures import Stage, stage

PEOPLE = """\
schema = 1
id = "people"
title = "People"
[[severity]]
id = "P0"
name = "Critical"
meaning = "all is down"
decision = "hotfix"
resolve = "4h"
[[phase]]
id = "assess"
title = "Assess"
role = "builder"
target = "1h"
[[phase.item]]
id = "see"
text = "See it fail"
role = "commander"
[[template]]
id = "call-out"
title = "Call-out"
subject = "$severity: $title"
body = \"\"\"
Please come to #emergency.
We look at $base since $started; your part is $part.
\"\"\"
audience = "the team"
channel = "mail"
promise = "20m"
[[template]]
id = "notice"
title = "First notice"
body = "We know of it and look into it."
audience = "users"
channel = "status page"
due = { after = "declared", within = "30m" }
[[role]]
id = "commander"
title = "Incident commander"
text = "decides, and does not type"
delegate = "@planner"
required = true
[[role]]
id = "builder"
title = "Builder"
delegate = "@builder"
[[contact]]
role = "commander"
name = "Kim"
phone = "+49 170 1234"
address = "kim@example.org"
available = "always"
[[contact]]
role = "builder"
name = "Robin"
phone = "+49 170 5678"
available = "Mon-Fri 09:00-17:00"
timezone = "Europe/Berlin"
note = "Only for what was built in the last two weeks."
[[contact]]
role = "board"
name = "Sascha"
address = "sascha@example.org"
available = "always"
valid_until = 2026-01-24
[[escalation]]
id = "channel"
title = "Say it in the emergency channel"
channel = "#emergency"
[[escalation]]
id = "team"
title = "Call the builder"
after = "5m"
role = "builder"
template = "call-out"
text = "Let it ring for a minute, then once more."
[[escalation]]
id = "board"
title = "Tell the board"
after = "30m"
role = "board"
[[reference]]
title = "Status page"
target = "https://status.example.org"
note = "Its password is in the safe."
[alarms]
nag_every = "10m"
nags = 2
snooze = "15m"
"""


def people(folder: Path, text: str = PEOPLE, **options: Any) -> Stage:
    """An incident with people, declared at 03:14."""
    playbooks = folder / "config" / "playbooks"
    playbooks.mkdir(parents=True)
    (playbooks / "people.toml").write_text(text)
    return stage(folder, **options)
