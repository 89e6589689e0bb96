"""What docs/playbooks.md says in words, around the tables that are made from the program."""

from __future__ import annotations

GUIDE = """\
# Playbooks

A playbook is how your team makes an emergency fix, as data: one TOML file, and nothing in it is code. hotfix comes with
five (`hotfix playbook list`), and runs yours just as well.

Made by `UPDATE_DOCS=1 ./dev test tests/cli/test_playbook_docs.py` from the program itself; do not edit.

## From the document that your team has, in one minute

`hotfix playbook import HOTFIX.md` reads markdown and writes `.hotfix/playbook.toml` (outside of a repository, or with
`--user`, your own playbooks). It shows what was understood with the document's lines, checks what it wrote, and runs
nothing; `--show` writes nothing, `-o -` prints the TOML. Beside each entry stands where it is from, such as
`HOTFIX.md:41-52`, and “look” where nobody was sure; each line that the playbook does not say is told at the end of the file.

`hotfix playbook import --review FILE`, or `i` on the console's home screen, shows the document beside what was understood,
unsure entries first: accept them, leave them out, or say what they are; nothing is written before `w`.

Where an item's commands are what one of hotfix's operations does (create the branch, commit, tag, push, merge back, clean
up), the item gets that operation and the check that proves it: `r` plans it with its exact commands, `v` looks. A script
becomes as many items as it has comments or does operations, also beside boxes; plain list items beside boxes may be left
open, struck out ones are not asked for. What nobody can take back is marked as irreversible.

Edit the file as you like. When the document has changed, import it again: what only the document changed comes, what
only you changed stays as it was, comments too, and what both changed is shown and asked (`--accept ours`, `theirs` or
`ask`). Beside the playbook lies `playbook.imported`, what the import wrote: commit it too, it is how the next import
knows your edits.

## One of your own in ten minutes

1. `hotfix playbook new` writes `.hotfix/playbook.toml`: a commented playbook that works as it stands. Or begin with
   the nearest of ours: `hotfix playbook show npm-package --source > .hotfix/playbook.toml`, and change its `id`.
2. **How bad is it?** Keep two or three `[[severity]]` tables. For each of them that is a hotfix say when the fix has
   to be with users (`resolve`) and how often people are told (`update_every`).
3. **Who decides at 3 a.m.?** Nobody: the answers do. Write two to five `[[question]]` tables that can be answered with
   one letter, the worst answer first, and a `[[rule]]` for each severity. The first rule that fits decides; end with
   one whose `when` is `{}`.
4. **What is done?** Four to eight `[[phase]]` tables with their `[[phase.item]]` lines: one line each for what somebody
   forgets at night. Mark what cannot be undone (`irreversible`), and what must be done first (`blocks`).
5. **How is it made?** `[git]` and `[version]`: where the branch starts, what it is called, where the fix comes back to.
6. **And if it is worse?** At least one `[[rollback]]`, with what triggers it.
7. **Who is told?** A `[[template]]` for the update, with its `promise`; the `[[role]]` and `[[contact]]` tables.
8. `hotfix playbook check .hotfix/playbook.toml` says with file and line what is wrong, what is unwise, and what to do.
9. `hotfix playbook show` prints all of it to read aloud with the team; `hotfix drill` practises it on a sandbox.
10. `hotfix playbook trust` shows every command and asks: nothing of a repository's playbook runs before.

The smallest one that loads:

```toml
schema = 1
id = "smallest"
title = "The smallest"

[[severity]]
id = "P0"
name = "Critical"
meaning = "It is down."
decision = "hotfix"

[[phase]]
id = "fix"
title = "Fix it"

[[phase.item]]
id = "fixed"
text = "Write the smallest fix, merge it to main, and delete the branch"
```

Durations are texts: `"30m"`, `"2h"`, `"1h30m"`, `"7d"`. An unknown key is an error with a “did you mean”, and all errors
come at once. A file has at most 256 kB.

## Where they lie, and which one counts

The nearest counts: the repository's (`.hotfix/playbook.toml`, then `.hotfix/playbooks/*.toml`), yours (`playbooks/*.toml`
in the folder that `hotfix config path` names), the built-in ones. One that is nearer hides those with the same `id`.
`--playbook FILE` takes one that lies anywhere. A running incident carries the whole text that it was declared with: editing the file changes no running incident.

## Trust

A repository is written by others, so nothing of its playbook runs on your machine before you have trusted it: no
operation, no command, and none is copied for you to paste. `hotfix playbook trust` prints every command exactly as it
runs, with hidden characters made visible, and asks; the answer is kept in your data folder, never in the repository,
and holds for this very text. One byte more is another playbook. `--revoke` takes it back. The built-in ones, and those
in your own configuration, are trusted by where they lie; an imported one is not, before you have seen its commands.

## What `hotfix playbook check` looks at

What keeps a playbook from loading, and what can never work, fails with exit code 1. Warnings fail with `--strict` only;
where yours is right, leave a comment that says why, as ours do. `--json` gives one object.
"""

AFTER_RULES = """
## Placeholders

Branch names, commands, messages and templates may hold `$words`. The incident fills {names}, and every field that was
filled in and every role that somebody has, by its id with “_” in place of “-”. Any other is left for whoever uses the text; in a command that is an
error. `$$` is a dollar sign.

## Every key

“Texts” is an array of texts. Tables in double brackets may come as often as you like.
"""
