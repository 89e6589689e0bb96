"""A small sound playbook and the mistakes that can be made in it, each with its sentences."""

from __future__ import annotations

SMALL = """\
schema = 1
id = "team"
title = "Ours"
[[severity]]
id = "P0"
name = "Critical"
meaning = "it is down"
decision = "hotfix"
[[question]]
id = "down"
text = "Is it down?"
[[question.answer]]
key = "y"
text = "yes"
[[question.answer]]
key = "n"
text = "no"
[[rule]]
when = { down = "y" }
severity = "P0"
because = "It is down."
[[phase]]
id = "fix"
title = "Fix"
target = "30m"
maximum = "2h"
[[phase.step]]
number = 1
title = "Write it"
[[phase.item]]
id = "written"
text = "Write the fix"
step = 1
"""
"""Sound; each mistake below is this with one text replaced or added at the end (line 34)."""

REPLACED = [
    ('title = "Ours"', 'titel = "Ours"', [
        "team.toml:1  “title” is missing.",
        "team.toml:3  unknown key “titel”. Did you mean “title”?",
    ]),
    ('text = "Write the fix"', 'txt = "Write the fix"', [
        "team.toml:30  phase “fix”, item “written”: “text” is missing.",
        "team.toml:32  phase “fix”, item “written”: unknown key “txt”. Did you mean “text”?",
    ]),
    ('number = 1', 'place = 1', [
        "team.toml:27  phase “fix”, step “Write it”: “number” is missing.",
        "team.toml:28  phase “fix”, step “Write it”: unknown key “place”. Known: number, title.",
    ]),
    ('maximum = "2h"', "maximum = 30", [
        'team.toml:26  phase “fix”: “maximum” is 30; write a duration such as "30m" or "2h".',
    ]),
    ('maximum = "2h"', 'maximum = "2 hours"', [
        ("team.toml:26  phase “fix”: “maximum” is “2 hours”: "
        'write a duration such as "30m", "2h", "1h30m" or "7d".'),
    ]),
    ('maximum = "2h"', 'maximum = "0m"', [
        "team.toml:26  phase “fix”: “maximum” is “0m”: a duration is longer than zero and at most 366 days.",
    ]),
    ('maximum = "2h"', 'maximum = "10m"', [
        "team.toml:25  phase “fix”: the target 30m is longer than the maximum 10m.",
    ]),
    ('title = "Fix"', "title = 3", ['team.toml:24  phase “fix”: “title” is 3; write a text, such as "…".']),
    ('title = "Fix"', "title = true", [
        'team.toml:24  phase “fix”: “title” is true; write a text, such as "…".',
    ]),
    ('title = "Fix"', 'title = ["Fix"]', [
        'team.toml:24  phase “fix”: “title” is an array; write a text, such as "…".',
    ]),
    ('step = 1', 'step = "1"', [
        "team.toml:33  phase “fix”, item “written”: “step” is the text “1”; write a whole number.",
    ]),
    ('step = 1', "step = true", [
        "team.toml:33  phase “fix”, item “written”: “step” is true; write a whole number.",
    ]),
    ('step = 1', "step = 0x" + "f" * 9000, [
        ("team.toml:33  phase “fix”, item “written”: "
        "“step” is a number that is too large; write a whole number."),
    ]),
    ('step = 1', "step = 2", ["team.toml:33  phase “fix”, item “written”: this phase has no step 2."]),
    ('step = 1', 'required = "yes"', [
        "team.toml:33  phase “fix”, item “written”: “required” is the text “yes”; write true or false.",
    ]),
    ('step = 1', 'kind = "comand"', [
        ("team.toml:33  phase “fix”, item “written”: “kind” is “comand”; "
        "write one of task, yes-no, number, choice, text, approval, wait, recurring."),
    ]),
    ('step = 1', "kind = 3", [
        ("team.toml:33  phase “fix”, item “written”: “kind” is 3; "
        "write one of task, yes-no, number, choice, text, approval, wait, recurring."),
    ]),
    ('step = 1', 'kind = "choice"', [
        "team.toml:33  phase “fix”, item “written”: an item of kind “choice” needs “choices”.",
    ]),
    ('step = 1', 'command = "git status"', [
        ("team.toml:33  phase “fix”, item “written”: "
        '“command” is the text “git status”; write an array, such as ["one", "two"].'),
    ]),
    ('step = 1', 'command = ["git", 3]', [
        'team.toml:33  phase “fix”, item “written”, command 2: “command” is 3; write a text, such as "…".',
    ]),
    ('step = 1', 'command = ["echo", "100 $"]', [
        ("team.toml:33  phase “fix”, item “written”: "
        "a “$” is followed by no name; write “$$” for a dollar sign."),
    ]),
    ('step = 1', 'blocks = "tset"', [
        "team.toml:33  phase “fix”, item “written”: there is no phase “tset”. Known: fix.",
    ]),
    ('step = 1', 'checklist = "pre"', [
        "team.toml:33  phase “fix”, item “written”: there is no checklist “pre”.",
    ]),
    ('step = 1', 'when = { severities = ["P9"], flags = ["x"] }', [
        "team.toml:33  phase “fix”, item “written”, when: there is no flag “x”.",
        "team.toml:33  phase “fix”, item “written”, when: there is no severity “P9”. Known: P0.",
    ]),
    ('step = 1', 'when = "P0"', [
        "team.toml:33  phase “fix”, item “written”: “when” is the text “P0”; write a table.",
    ]),
    ('id = "written"', 'id = "Written it"', [
        ("team.toml:31  phase “fix”, item “Written it”: "
        "“Written it” is no id; use lower-case letters, digits, “.”, “_” and “-”, at most 64."),
    ]),
    ('id = "team"', 'id = "../../x"', [
        "team.toml:2  “../../x” is no id; use lower-case letters, digits, “.”, “_” and “-”, at most 64.",
    ]),
    ('id = "team"', 'id = "Team"', [
        "team.toml:2  “Team” is no id; use lower-case letters, digits, “.”, “_” and “-”, at most 64.",
    ]),
    ('title = "Ours"', 'title = "Ours"\nresolved_when = "fxi"', [
        "team.toml:4  there is no moment “fxi”. Did you mean “fix”?",
    ]),
    ('id = "P0"', 'id = "P 0"', [
        ("team.toml:5  severity “P 0”: "
        "“P 0” is no id; use letters, digits, “.”, “_” and “-”, at most 64."),
        "team.toml:20  rule 1: there is no severity “P0”. Did you mean “P 0”?",
    ]),
    ('decision = "hotfix"', 'decision = "hotfix"\nrespond = "2h"\nresolve = "1h"', [
        "team.toml:9  severity “P0”: the time to respond is longer than the time to resolve.",
    ]),
    ('severity = "P0"\nbecause', 'severity = "P1"\nbecause', [
        "team.toml:20  rule 1: there is no severity “P1”. Known: P0.",
    ]),
    ('{ down = "y" }', '{ donw = "y" }', [
        "team.toml:19  rule 1, when: there is no question “donw”. Did you mean “down”?",
    ]),
    ('{ down = "y" }', '{ down = "z" }', [
        "team.toml:19  rule 1, when: question “down” has no answer “z”. Known: y, n.",
    ]),
    ('when = { down = "y" }', 'when = "down"', [
        ("team.toml:19  rule 1: “when” is the text “down”; "
        'write a table of texts, such as { users = "all" }.'),
    ]),
    ('when = { down = "y" }', "when.down = true", [
        'team.toml:19  rule 1, when: “down” is true; write a text, such as "…".',
    ]),
    ('key = "y"', 'key = "?"', [
        "team.toml:13  question “down”, answer 1: the answer key “?” is taken: it always means “not sure”.",
        "team.toml:19  rule 1, when: question “down” has no answer “y”. Known: ?, n.",
    ]),
    ('key = "n"', 'key = "y"', ["team.toml:16  question “down”, answer 2: the answer key “y” is used twice."]),
    ('key = "n"', 'key = "no"', [
        "team.toml:16  question “down”, answer 2: the answer key “no” is not one lower-case letter or digit.",
    ]),
    ('key = "n"', 'key = "N"', [
        "team.toml:16  question “down”, answer 2: the answer key “N” is not one lower-case letter or digit.",
    ]),
    ("schema = 1", "schema = 2", [
        "team.toml:1  this playbook was written for a newer hotfix; update hotfix-tui.",
    ]),
    ("schema = 1", "# nothing", ["team.toml:1  this playbook needs “schema = 1” as its first line."]),
    ("schema = 1", "schema = true", ["team.toml:1  this playbook needs “schema = 1” as its first line."]),
]  # fmt: skip
"""What is written, what stands there instead, and what is said."""

ADDED = [
    ('[[severity]]\nid = "P0"\nname = "x"\nmeaning = "x"\ndecision = "backlog"\n', [
        "team.toml:35  severity “P0”: the id “P0” is used twice.",
    ]),
    ('[[phase]]\nid = "fix"\ntitle = "x"\n', ["team.toml:35  phase “fix”: the id “fix” is used twice."]),
    ('[[phase]]\nid = "b"\ntitle = "x"\n[[phase.item]]\nid = "written"\ntext = "x"\n', [
        "team.toml:38  phase “b”, item “written”: the id “written” is used twice.",
    ]),
    ('[[phase]]\nid = "b"\ntitle = "x"\n[[phase.step]]\nnumber = 1\ntitle = "x"\n', [
        "team.toml:38  phase “b”, step “x”: the step 1 is written twice.",
    ]),
    ('[[question]]\nid = "q"\ntext = "x"\nanswers = []\n', [
        "team.toml:34  question “q”: “answer” is missing.",
        "team.toml:37  question “q”: unknown key “answers”. Did you mean “answer”?",
    ]),
    ('[[question]]\nid = "q"\ntext = "x"\nanswer = []\n', [
        "team.toml:34  question “q”: it has no [[question.answer]].",
    ]),
    ('[[template]]\nid = "t"\ntitle = "x"\nphase = "fxi"\nbody = """\n$5\n"""\n', [
        "team.toml:37  template “t”: there is no phase “fxi”. Did you mean “fix”?",
        "team.toml:38  template “t”: a “$” is followed by no name; write “$$” for a dollar sign.",
    ]),
    ('[git]\nbranch = "hotfix/v$"\nbase = "tip"\n', [
        "team.toml:36  git: “base” is “tip”; write one of latest-release, main, named-tag.",
    ]),
    ('[git]\nbranch = "hotfix/v$"\n', [
        "team.toml:35  git: a “$” is followed by no name; write “$$” for a dollar sign.",
    ]),
    ('[formats]\ntag = "$"\n', [
        "team.toml:35  formats: a “$” is followed by no name; write “$$” for a dollar sign.",
    ]),
    ('[budget]\ntarget = "3h"\nmaximum = "2h"\n', [
        "team.toml:35  budget: the target 3h is longer than the maximum 2h.",
    ]),
    ('[budget]\ntarget = "3h"\n', ["team.toml:34  budget: “maximum” is missing."]),
    ('[[budget]]\ntarget = "3h"\n', ["team.toml:34  “budget” is an array; write a table."]),
    ('[reference]\ntitle = "x"\n', [
        "team.toml:34  “reference” is a table; write an array of tables, [[...]].",
    ]),
    ('[[example]]\ntitle = "x"\nissue = "x"\nseverity = "p0"\n', [
        "team.toml:37  example “x”: there is no severity “p0”. Known: P0.",
    ]),
    (('[[rollback]]\nid = "r"\ntitle = "x"\n[[rollback.step]]\nid = "written"\ntext = "x"\n'
     'command = ["$"]\n'), [
        "team.toml:38  rollback “r”, step “written”: the id “written” is used twice.",
        ("team.toml:40  rollback “r”, step “written”: "
        "a “$” is followed by no name; write “$$” for a dollar sign."),
    ]),
    ('[[phaes]]\nid = "x"\n', ["team.toml:34  unknown key “phaes”. Did you mean “phase”?"]),
    ('[[phase.item]]\nid = "no-text"\n', ["team.toml:34  phase “fix”, item “no-text”: “text” is missing."]),
]  # fmt: skip
"""What is added from line 34 on, and what is said."""
