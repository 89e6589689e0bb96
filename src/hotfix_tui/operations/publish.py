"""The operation `publish`: the playbook's own command puts the version into the registry, which takes it only once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.templates import fill, missing, values
from hotfix_tui.domain.text import NAME, clean, visible_argv
from hotfix_tui.domain.versions.registries import registry_of
from hotfix_tui.domain.versions.spelled import names
from hotfix_tui.operations.common import findings
from hotfix_tui.operations.common.fix import Fix, fix_of, written_at
from hotfix_tui.operations.common.packages import complaint, package_of, proof_of, rehearsal_of
from hotfix_tui.operations.plan import Choice, Finding, Plan, PlannedStep, Standing
from hotfix_tui.ports import Site

CHOICES = (
    Choice("item", "the item whose command publishes"),
    Choice("version", "the version that is published"),
)
WHY = "Until it is in the registry, nobody who installs gets the fix."
LONG, SHORT, SOON = 1800.0, 60.0, 120.0
"""Seconds: what a publish or its rehearsal may take, what a look may take, how long the registry may hide it."""


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The command with its words filled, its rehearsal, how the registry is asked, and the version.

    Raises: Refused when the playbook names no such command or nothing shows what the registry has; PortFailure.
    """
    item = _item(playbook, choice.get("item", ""))
    fix = fix_of(site, incident, playbook, choice)
    known = {**values(incident, site.clock.now()), "fix": fix.version}
    argv = _filled(item.command, known)
    head, tag = site.repository.resolve("HEAD"), site.history.tag(fix.tag)
    asks = (one for one in playbook.all_items() if one.check == "registry-shows" and one.command)
    asked = next(asks, None)
    package = package_of(site, head, argv)
    proof = _filled(asked.command, known) if asked else proof_of(argv, package, fix.version)
    if not proof:
        raise Refused(
            "Nothing shows what the registry has: the playbook needs an item with check = “registry-shows” and a command."
        )
    registry = registry_of(playbook.version)
    return {
        "item": item.id,
        "version": fix.version,
        "argv": json.dumps(argv),
        "rehearsal": json.dumps(rehearsal_of(argv)),
        "proof": json.dumps(proof),
        "head": head,
        "tag": fix.tag,
        "tagged": tag.commit if tag else "",
        "written": written_at(site, playbook, head) if head else "",
        "again": fill(registry.again, known)
        if registry
        else f"{fix.version} cannot be published a second time.",
        "traps": "\n".join(_serious(fix, tagged=tag is not None)),
    }


def _serious(fix: Fix, *, tagged: bool) -> Iterable[str]:
    """What stands against the version, but for its being tagged already, as it should be by now."""
    return () if tagged else fix.wrong


def _item(playbook: Playbook, wanted: str) -> Item:
    found = [one for one in playbook.all_items() if one.operation == "publish" and one.command]
    item = next((one for one in found if one.id == wanted), None if wanted else next(iter(found), None))
    if item is None:
        raise Refused(
            f"The playbook has no {clean(wanted, NAME) or 'item'} with operation = “publish” and a command."
        )
    return item


def _filled(parts: tuple[str, ...], known: Mapping[str, str]) -> tuple[str, ...]:
    """Raises: Refused when a word is not known."""
    lacking = dict.fromkeys(name for part in parts for name in missing(part, known))
    if lacking:
        raise Refused(f"The command waits for {', '.join(f'${name}' for name in lacking)}: fill it in first.")
    return tuple(fill(part, known) for part in parts)


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Rehearse where the tool can, then publish. Raises: PortFailure."""
    given = dict(parameters)
    version, argv, rehearsal = given.get("version", ""), _words(given, "argv"), _words(given, "rehearsal")
    title = f"Publish {clean(version, NAME)}"
    if not argv or argv[0] == "git" or not _words(given, "proof"):
        return Plan("publish", title, WHY, given, (), (Finding(False, "there is no command that publishes"),))
    steps = (*((_rehearse(rehearsal),) if rehearsal else ()), _publish(given, argv))
    return Plan("publish", title, WHY, given, steps, _findings(site, given, argv), word=version)


def _words(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The words of a command that `prepare` has written."""
    try:
        read = json.loads(given.get(name, "[]"))
    except ValueError:
        return ()
    return tuple(read) if isinstance(read, list) and all(isinstance(one, str) for one in read) else ()


def _rehearse(argv: tuple[str, ...]) -> PlannedStep:
    return PlannedStep(
        id="rehearse",
        title="Rehearse",
        argv=argv,
        effect="reads",
        changes="goes through everything but the upload; read what it says",
        look=lambda site: Standing("not-done", "a rehearsal leaves nothing behind"),
        level=1,
        way_back="nothing to take back",
        timeout=LONG,
    )


def _publish(given: Mapping[str, str], argv: tuple[str, ...]) -> PlannedStep:
    version, proof = given["version"], _words(given, "proof")

    def look(site: Site) -> Standing:
        ended = site.shell.run(proof, site.repository.root, timeout=SHORT)
        found = next((line for line in ended.lines if names(line, version)), "") if ended.code == 0 else ""
        if found:
            return Standing("done", f"the registry shows {version}: {clean(found.strip(), NAME)}")
        return Standing(
            "not-done",
            f"the registry does not show {version}; {clean(proof[0], NAME)} says: {complaint(ended)}",
        )

    return PlannedStep(
        id="publish",
        title=f"Publish {version}",
        argv=argv,
        effect="writes",
        changes=f"everybody who installs it gets {version}; whether it is there is asked with: {visible_argv(proof)}",
        look=look,
        level=3,
        way_back=f"no way back: {given['again']}",
        final=given["again"],
        patience=SOON,
        timeout=LONG,
    )


def _findings(site: Site, given: Mapping[str, str], argv: tuple[str, ...]) -> tuple[Finding, ...]:
    status, tag, tagged = site.repository.status(), clean(given["tag"], NAME), given["tagged"]
    head = site.repository.resolve("HEAD")
    programs = dict.fromkeys((argv[0], _words(given, "proof")[0]))
    here = (findings.program(site, one) for one in programs)
    at = Finding(
        head == tagged,
        f"HEAD is {tag}"
        if head == tagged
        else f"HEAD is {head[:7]}, and {tag} is {tagged[:7]}: switch to it first",
    )
    return (
        Finding(
            head == given["head"],
            f"HEAD is {head[:7]}" if head == given["head"] else "HEAD has moved; plan it again",
        ),
        at if tagged else Finding(False, f"there is no tag {tag} here: make it first, with hotfix run tag"),
        Finding(
            status.clean,
            "tree clean" if status.clean else "the tree is not clean, and what lies there would be published",
        ),
        *(
            (Finding(False, f"{status.untracked} untracked paths may be packed along", blocks=False),)
            if status.untracked
            else ()
        ),
        *_written(given),
        *(one for one in here if not one.ok),
        *(Finding(False, text) for text in given["traps"].splitlines()),
    )


def _written(given: Mapping[str, str]) -> tuple[Finding, ...]:
    """The version files of the commit say what is published; nothing where they cannot be read."""
    version, written = clean(given["version"], NAME), clean(given.get("written", ""), NAME)
    if written in ("", version):
        return ()
    return (
        Finding(
            False,
            f"the version files say {written}, not {version}: raise them first (bump, then commit-version)",
        ),
    )
