"""The way back `redeploy-tag`: the release before is checked out and deployed by the playbook's own commands."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import Item
from hotfix_tui.domain.templates import fill, missing
from hotfix_tui.domain.text import NAME, clean, visible_argv
from hotfix_tui.operations.common.places import OID, here, way_home
from hotfix_tui.operations.common.texts import known_values
from hotfix_tui.operations.plan import Finding, PlannedStep, Standing
from hotfix_tui.operations.ways_back.facts import Facts, Wanted, commit_of
from hotfix_tui.ports import Site

LOOKS = frozenset({"curl", "wget"})
"""Programs that only ask."""
LONG = 1800.0
"""Seconds that a deployment may take."""


def settle(wanted: Wanted, facts: Facts) -> dict[str, str]:
    """The release before, its commit, and the playbook's commands with their words filled (S4.RBK.2).

    Raises: Refused when there is no release before, or no command that deploys; PortFailure.
    """
    oid = commit_of(wanted.site, facts.previous)
    if not oid:
        raise Refused("No release before this one is here; name it: to=v1.2.3")
    known = {**known_values(wanted.site, wanted.incident, wanted.choice), "base": facts.previous}
    found = [step for step in wanted.rollback.steps if step.command and step.command[0] != "git"]
    commands = [(step.id, step.text, _filled(step, known)) for step in found]
    if not any(argv[0] not in LOOKS for _, _, argv in commands):
        raise Refused(f"No step of “{clean(wanted.rollback.title, NAME)}” has a command that deploys.")
    return {"to": facts.previous, "oid": oid, "commands": json.dumps(commands), **here(wanted.site)}


def _filled(step: Item, known: Mapping[str, str]) -> tuple[str, ...]:
    """Raises: Refused when a word is not known."""
    lacking = dict.fromkeys(name for part in step.command for name in missing(part, known))
    if lacking:
        raise Refused(f"“{clean(step.text, NAME)}” waits for {', '.join(f'${name}' for name in lacking)}.")
    return tuple(fill(part, known) for part in step.command)


def title(given: Mapping[str, str]) -> str:
    """What it does, in one line."""
    return f"Deploy {clean(given['to'], NAME)} again"


def steps(given: Mapping[str, str], site: Site) -> tuple[PlannedStep, ...]:
    """Check the release out, then run one command after the other."""
    if not OID.fullmatch(given["oid"]):
        return ()
    commands = ((id, text, tuple(argv)) for id, text, argv in json.loads(given["commands"]))
    return (_check_out(given), *(_command(given, id, text, argv) for id, text, argv in commands))


def findings(given: Mapping[str, str], site: Site) -> tuple[Finding, ...]:
    """From which release to which, and that the programs are there. Raises: PortFailure."""
    bad, to, oid = clean(given["bad"], NAME) or "the fix", clean(given["to"], NAME), given["oid"]
    now = commit_of(site, given["to"])
    programs = dict.fromkeys(argv[0] for _, _, argv in json.loads(given["commands"]))
    lacking = [one for one in programs if "/" not in one and not site.shell.which(one)]
    return (
        Finding(
            now == oid,
            f"from {bad} back to {to} ({oid[:7]})" if now == oid else f"{to} was moved; plan it again",
        ),
        *(Finding(False, f"{clean(one, NAME)} is not on the PATH") for one in lacking),
        *(() if lacking else (Finding(True, "dry run ok: the release and every program are here"),)),
    )


def _check_out(given: Mapping[str, str]) -> PlannedStep:
    oid, to = given["oid"], given["to"]

    def look(site: Site) -> Standing:
        head, ref = site.repository.resolve("HEAD"), site.repository.head_ref()
        if head == oid and not ref:
            return Standing("done", f"HEAD is at {oid[:7]} ({to}), on no branch")
        return Standing("not-done", f"HEAD is at {head[:7]}")

    inverse, back = way_home(given)
    return PlannedStep(
        id="check-out",
        title=f"Check out {to}",
        argv=("git", "switch", "--detach", oid),
        effect="writes",
        changes=f"puts the files of {oid[:7]} ({to}) into the work tree, without a branch",
        look=look,
        inverse=inverse,
        way_back=back,
    )


def _command(given: Mapping[str, str], id: str, text: str, argv: tuple[str, ...]) -> PlannedStep:
    asks = argv[0] in LOOKS
    return PlannedStep(
        id=id,
        title=clean(text, NAME),
        argv=argv,
        effect="reads" if asks else "writes",
        changes="asks whether it is well" if asks else f"{visible_argv(argv[:1])} deploys {given['to']}",
        look=lambda site: Standing("not-done", "only its own answer shows it"),
        level=1 if asks else 3,
        way_back="nothing to take back" if asks else "no way back but another deployment",
        traceless=not asks,
        timeout=LONG,
    )
