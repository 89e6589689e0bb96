"""The starting playbook, which has no fault, and the changes that give it each of them."""

from __future__ import annotations

from pathlib import Path

import hotfix_tui

STARTING = (Path(hotfix_tui.__file__).parent / "loading" / "starting.toml").read_text()
"""A playbook in which no rule finds anything."""

_TWIN = '\n[[phase.item]]\nid = "again"\ntext = "See it fail"\ntwin = "confirmed"\n'
_END = "\n[[gate]]"
_STEP = 'text = "Deploy the release before"\n'
_PUBLISH = 'command = ["npm", "publish", "--tag", "rollback"]\nirreversible = true\n'
_LATEST = '[[rollback.step]]\nid = "l"\ntext = "Move latest"\ncommand = ["npm", "dist-tag", "add", "x@1.2.5", "latest"]\n'

FAULTS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "wait-over-resolution",
        '# minimum_wait = "10m"',
        'minimum_wait = "5h"',
        "phase “fix”",
        'minimum_wait = "1h"',
    ),
    (
        "wait-over-resolution",
        "# minimum_wait_by = { P0",
        'minimum_wait_by = { P1 = "9h", P0 = "5h" } #',
        "phase “fix”, minimum_wait_by",
        'minimum_wait_by = { P1 = "9h" } #',
    ),
    ("sum-over-limit", 'target = "45m"', 'target = "100m"', "budget", 'target = "70m"'),
    (
        "sum-over-limit",
        'target = "15m"\nmaximum = "30m"\nrole',
        'least = "130m"\nrole',
        "budget",
        'least = "5m"\nrole',
    ),
    ("sum-over-limit", 'resolve = "4h"', 'resolve = "1h"', "severity “P0”", 'resolve = "5h"'),
    (
        "never-due",
        'due = { after = "declared", within = "24h" }\ntime',
        'due = { after = "data-told", within = "24h" }\ntime',
        "phase “fix”, item “data-told”, due",
        'due = { after = "written", within = "24h" }\ntime',
    ),
    (
        "never-due",
        'due = { after = "declared", within = "24h" }\ntime',
        'due = { after = "told", wait = "1h" }\ntime',
        "phase “fix”, item “data-told”, due",
        'due = { after = "told", wait = "1h" }\nrequired = false\ntime',
    ),
    (
        "never-due",
        "# opens = {",
        'opens = { after = "release" } # {',
        "phase “fix”, opens",
        'opens = { after = "assess" } # {',
    ),
    (
        "never-due",
        "# opens = {",
        'opens = { after = "previous-deployed" } # {',
        "phase “fix”, opens",
        'opens = { after = "confirmed" } # {',
    ),
    ("never-due", "# opens = {", 'opens = { after = "closed" } # {', "phase “fix”, opens", "# {"),
    (
        "severity-unreachable",
        'when = {}                       # fits always\nseverity = "P1"',
        'when = { danger = "n" }\nseverity = "P0"',
        "severity “P1”",
        'when = {}\nseverity = "P1"',
    ),
    ("rule-never-decides", 'when = { danger = "y" }\n', "when = {}\n", "rule 2", 'when = { danger = "n" }\n'),
    ("twins-differ", _END, _TWIN + 'kind = "yes-no"\n' + _END, "phase “tell”, item “again”", _TWIN + _END),
    (
        "no-merge-back",
        'merge_back = ["main"]',
        "merge_back = []",
        "git",
        'merge_back = ["main", "develop"]',
    ),
    (
        "no-merge-back",
        '"merged"\ntext = "Merge the branch back to main"',
        '"looked"\ntext = "Look around"',
        "git",
        '"picked"\ntext = "Cherry-pick it to main"',
    ),
    ("no-clean-up", "delete_branch = true", "delete_branch = false", "git", "delete_branch = true"),
    ("no-clean-up", "Delete the hotfix branch", "Rest", "", "Remove the branch on the remote, and here"),
    ("base-main", 'base = "latest-release"', 'base = "main"', "git", 'base = "named-tag"'),
    ("tag-sorts-below", 'scheme = "patch"', 'scheme = "suffix-tag"', "version", 'scheme = "promotion"'),
    (
        "no-way-back",
        "irreversible = true",
        "",
        "phase “release”, item “released”",
        "irreversible = true",
    ),
    (
        "rollback-same-version",
        _STEP,
        _STEP + 'command = ["npm", "version", "patch"]\n',
        "rollback “previous”, step “previous-deployed”",
        _STEP + 'command = ["npm", "version", "1.2.5"]\n',
    ),
    (
        "rollback-beside-latest",
        _STEP,
        _STEP + _PUBLISH,
        "rollback “previous”, step “previous-deployed”",
        _STEP + _PUBLISH + _LATEST,
    ),
    (
        "branch-like-version",
        'branch = "hotfix/v$fix"',
        'branch = "hotfix/v$date"',
        "git",
        'branch = "hotfix/$date"',
    ),
    (
        "narrow-command",
        'command = ["git", "status"] ',
        'command = ["git", "diff", "--name-only", "HEAD~1"] ',
        "phase “fix”, item “tested”",
        'command = ["git", "diff", "--name-only", "$base...HEAD"] ',
    ),
    (
        "narrow-command",
        'command = ["git", "status"] ',
        'command = ["sed", "-i", "", "s/a/b/", "x"] ',
        "phase “fix”, item “tested”",
        'command = ["sed", "-i.bak", "s/a/b/", "x"] ',
    ),
    (
        "contacts-outdated",
        "# valid_until = 2026-12-31",
        "valid_until = 2026-11-20",
        "contact 1",
        "valid_until = 2026-12-31",
    ),
    (
        "dead-link",
        'files = []                      # ["p',
        'files = ["no.json"] # ["p',
        "version",
        'files = ["there.json"] # ["p',
    ),
    (
        "dead-link",
        '# link = "docs/testing.md"',
        'link = "docs/no.md"',
        "phase “fix”, item “tested”",
        'link = "there.md"',
    ),
    (
        "dead-link",
        '"https://status.example.org"',
        '"docs/no.md#part"',
        "reference “Status page”",
        '"status.example.org"',
    ),
    ("dead-link", '# changelog = "CHANGELOG.md"', 'changelog = "NO.md"', "version", 'changelog = "there.md"'),
    (
        "program-missing",
        'command = ["git", "status"] ',
        'command = ["nope", "x"] ',
        "phase “fix”, item “tested”",
        'command = ["./$fix"] ',
    ),
    (
        "command-unfilled",
        'command = ["git", "status"] ',
        'command = ["git", "log", "$commit"] ',
        "phase “fix”, item “tested”",
        'command = ["git", "log", "$issue"] ',
    ),
    (
        "command-unfilled",
        'branch = "hotfix/v$fix"',
        'branch = "hotfix/$who"',
        "git",
        'branch = "hotfix/${slug}"',
    ),
    (
        "text-unfilled",
        "$severity $title ($id), $time",
        "$servity $title",
        "template “update”",
        "$severity $title",
    ),
    ("text-unfilled", "Lead: $lead", "Since: $since", "template “update”", "Since: $started"),
    ("postmortem-empty", 'questions = ["What did', '# ["What did', "", 'questions = ["What did'),
)
"""Rule, what is replaced in the starting playbook, by what has the fault, where that is told, by what has it not."""
