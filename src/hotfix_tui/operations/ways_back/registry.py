"""Taking a version out of sight in a registry: cargo yank, npm deprecate, npm's dist-tags; each is asked back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.record import record
from hotfix_tui.domain.versions.registries import registry_of
from hotfix_tui.domain.versions.spelled import names
from hotfix_tui.operations.common.packages import absent, package_of, proof_of, unanswered
from hotfix_tui.operations.plan import PlannedStep, Standing
from hotfix_tui.operations.ways_back.facts import Facts, Wanted
from hotfix_tui.ports import Finished, Site

SHORT, SOON = 60.0, 120.0
"""Seconds: what a question may take, and how long a registry may still show the old."""


@record(frozen=True, slots=True)
class Registrar:
    """A program that withdraws a version. Its words know {name}, {version} and {message}."""

    publishes: tuple[str, ...]
    withdraws: tuple[str, ...]
    restores: tuple[str, ...]
    asks: tuple[str, ...]
    is_gone: Callable[[Finished, str], bool]
    """Whether the answer says that the version is withdrawn."""
    means: str
    """What it means to users."""


REGISTRARS: dict[str, Registrar] = {
    "crates.io": Registrar(
        ("cargo", "publish"),
        ("cargo", "yank", "--version", "{version}", "{name}"),
        ("cargo", "yank", "--undo", "--version", "{version}", "{name}"),
        ("cargo", "info", "--registry=crates-io", "{name}@{version}"),
        lambda ended, version: ended.code != 0 and any("could not find" in line for line in ended.lines),
        "nobody gets it anew; lock files and installations keep it",
    ),
    "npm": Registrar(
        ("npm", "publish"),
        ("npm", "deprecate", "{name}@{version}", "{message}"),
        ("npm", "deprecate", "{name}@{version}", ""),
        ("npm", "view", "{name}@{version}", "deprecated"),
        lambda ended, version: ended.code == 0 and any(line.strip() for line in ended.lines),
        "everybody who installs it is warned; it can still be had",
    ),
}
"""By the name of the registry."""


def registrar_of(wanted: Wanted) -> tuple[str, Registrar | None]:
    """The registry of the playbook's version files, and what withdraws there."""
    registry = registry_of(wanted.playbook.version)
    return (registry.name, REGISTRARS.get(registry.name)) if registry else ("", None)


def is_published(wanted: Wanted, name: str, version: str, registrar: Registrar) -> bool | None:
    """Whether the registry shows the version; None when it cannot be asked. Raises: PortFailure."""
    proof = proof_of(registrar.publishes, name, version)
    if not wanted.asks or not proof or not wanted.site.shell.which(proof[0]):
        return None
    try:
        ended = wanted.site.shell.run(proof, wanted.site.repository.root, timeout=SHORT)
    except PortFailure:
        return None
    if ended.code:
        return False if absent(ended) else None
    return any(names(line, version) for line in ended.lines)


def withdraw_step(given: Mapping[str, str]) -> PlannedStep:
    """Withdraw the version from its registry."""
    registrar, version = REGISTRARS[given["registry"]], given["version"]
    words = {"name": given["package"], "version": version, "message": given["message"]}

    def look(site: Site) -> Standing:
        ended = site.shell.run(_said(registrar.asks, words), site.repository.root, timeout=SHORT)
        if registrar.is_gone(ended, version):
            return Standing("done", f"{given['registry']} has {version} withdrawn")
        if ended.code:
            raise unanswered(given["registry"], ended)
        return Standing("not-done", f"{given['registry']} offers {version}")

    return PlannedStep(
        id="withdraw",
        title=f"Withdraw {version} from {given['registry']}",
        argv=_said(registrar.withdraws, words),
        effect="writes",
        changes=registrar.means,
        look=look,
        level=3,
        inverse=_said(registrar.restores, words),
        way_back="it is offered again; the number stays used for ever",
        patience=SOON,
        timeout=SHORT,
    )


def _said(words: tuple[str, ...], known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(word.format(**known) for word in words)


def settle_tag(wanted: Wanted, facts: Facts, to: str) -> dict[str, str]:
    """The package, its dist-tag, and the version that this names now. Raises: PortFailure."""
    site, tag = wanted.site, "latest"
    head = site.repository.resolve("HEAD")
    name = package_of(site, head, ("npm", "publish"))
    given = {"package": name, "tag": tag, "to": to}
    was = facts.fix
    if wanted.asks and name and site.shell.which("npm"):
        was = _tagged(site, given) or was
    return {**given, "was": was}


def _tagged(site: Site, given: Mapping[str, str]) -> str:
    """The version that the dist-tag names now; empty when npm does not say. Raises: PortFailure."""
    argv = ("npm", "view", given["package"], "dist-tags", "--json")
    ended = site.shell.run(argv, site.repository.root, timeout=SHORT)
    if ended.code:
        raise unanswered("npm view", ended)
    try:
        read = json.loads("\n".join(line for line in ended.lines if not line.startswith("npm ")))
    except ValueError:
        return ""
    found = read.get(given["tag"], "") if isinstance(read, dict) else ""
    return found if isinstance(found, str) else ""


def moved_step(given: Mapping[str, str]) -> PlannedStep:
    """Let the dist-tag name the older version."""
    name, tag, to, was = (given[word] for word in ("package", "tag", "to", "was"))

    def look(site: Site) -> Standing:
        now = _tagged(site, given)
        if now == to:
            return Standing("done", f"{tag} of {name} is {to}")
        if now == was:
            return Standing("not-done", f"{tag} of {name} is {now}")
        return Standing(
            "conflict", f"{tag} of {name} is {now or 'nothing'}, neither {was} nor {to}: plan it again"
        )

    return PlannedStep(
        id="point",
        title=f"Point {tag} to {to}",
        argv=("npm", "dist-tag", "add", f"{name}@{to}", tag),
        effect="writes",
        changes=f"new installations get {to}; those that were made keep {was}",
        look=look,
        level=3,
        inverse=("npm", "dist-tag", "add", f"{name}@{was}", tag) if was else (),
        way_back=f"{tag} names {was} again" if was else "no way back: nobody knows what it named",
        patience=SOON,
        timeout=SHORT,
    )
