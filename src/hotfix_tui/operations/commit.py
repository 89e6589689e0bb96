"""The operation `commit`: the changed files in one commit, with the playbook's message (S1.GIT.1, S4.MSG.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.common import findings
from hotfix_tui.operations.common.committing import commit_step, counted, stage_step
from hotfix_tui.operations.common.texts import known_values, message, unsaid
from hotfix_tui.operations.plan import Choice, Finding, Plan
from hotfix_tui.ports import Content, Site

CHOICES = (
    Choice("paths", "the files, with commas; else every changed file that git tracks"),
    Choice("message", "the commit's message"),
    Choice("sign", "yes or no; else as your git is set"),
)
FORMAT = "fix: $summary"
"""The message where the playbook has none."""
SHOWN = 5
UNTOLD = "parts of the message are not told: give them by name, or the whole message=…"


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The files with the ids of their contents, the message, and where HEAD is.

    Raises: Refused when nothing is changed, or a file is named that is not; PortFailure.
    """
    head = site.repository.resolve("HEAD")
    if not head:
        raise Refused("There is no commit here yet, so there is nothing to fix.")
    content = _content(site, choice.get("paths", ""))
    staged = site.making.staged()
    sign = findings.wants_signature(choice.get("sign", ""), own=site.making.habits().signs_commits)
    return {
        "parent": head,
        "ref": site.repository.head_ref(),
        "content": json.dumps(content, sort_keys=True),
        "stage": json.dumps(sorted(path for path in content if staged.get(path) != content[path])),
        "also": json.dumps(sorted(set(staged) - set(content))),
        "message": message(
            "commit message", playbook.formats.commit or FORMAT, known_values(site, incident, choice), choice
        ),
        "sign": "1" if sign else "",
        "main": playbook.git.main,
    }


def _content(site: Site, named: str) -> Content:
    """The files and what they hold. Raises: Refused."""
    paths = [path.strip() for path in named.split(",") if path.strip()]
    found = site.making.changed(paths)
    if not paths:
        if not found:
            raise Refused(_nothing(site))
        return found
    chosen = {path: found[path] for path in paths}
    before = {*site.history.paths("HEAD")}
    for path in set(chosen) - set(site.making.changed()):
        if path in before:
            raise Refused(f"{clean(path, NAME)} is as it was committed.")
        if not chosen[path]:
            raise Refused(f"There is no file {clean(path, NAME)}; paths are told from the repository's top.")
    return chosen


def _nothing(site: Site) -> str:
    new = site.making.untracked()
    if not new:
        return "Nothing is changed here, so there is nothing to commit."
    names = ", ".join(clean(path, NAME) for path in new[:SHOWN])
    return f"No tracked file is changed. New files are taken only when they are named: paths={names}"


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Stage the files, then commit them. Raises: PortFailure."""
    given = dict(parameters)
    content: Content = json.loads(given.get("content", "{}"))
    stage: list[str] = json.loads(given.get("stage", "[]"))
    title = f"Commit {counted(len(content))}"
    why = "One commit with a message that says what, why and how to take it back."
    steps = [stage_step(tuple(stage), content)] if stage else []
    sign = bool(given.get("sign"))
    steps.append(commit_step(given["parent"], given["ref"], content, given["message"], sign=sign))
    return Plan("commit", title, why, given, tuple(steps), _findings(site, given, content))


def _findings(site: Site, given: Mapping[str, str], content: Content) -> tuple[Finding, ...]:
    status, ref = site.repository.status(), given["ref"]
    branch = ref.removeprefix("refs/heads/")
    on_it = site.repository.head_ref() == ref
    also: list[str] = json.loads(given.get("also", "[]"))
    new = [path for path in site.making.untracked() if path not in content]
    return (
        Finding(
            on_it, f"on {branch or 'no branch'}" if on_it else f"HEAD is not on {branch or 'it'} any more"
        ),
        _unmerged(status.unmerged),
        findings.nothing_pending(status),
        *(
            (Finding(False, f"{_names(also)} is staged too: name it, or git restore --staged"),)
            if also
            else ()
        ),
        *(
            (Finding(False, f"on {branch} itself, and not on a hotfix branch", blocks=False),)
            if branch == given["main"]
            else ()
        ),
        *((Finding(False, "HEAD is on no branch: switch to one first"),) if not ref else ()),
        *((Finding(False, f"new, and not taken: {_names(new)}", blocks=False),) if new else ()),
        *((Finding(False, UNTOLD, blocks=False),) if unsaid(given["message"]) else ()),
        findings.identity(site),
        *findings.signing(site, wanted=bool(given.get("sign")), what="commit"),
        *findings.hooks(site),
    )


def _unmerged(count: int) -> Finding:
    return Finding(
        not count, f"{count} files wait for a conflict to be solved" if count else "no conflict is left"
    )


def _names(paths: list[str]) -> str:
    more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
    return ", ".join(clean(path, NAME) for path in paths[:SHOWN]) + more
