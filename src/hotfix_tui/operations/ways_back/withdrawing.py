"""The way back `delete-tag-and-yank`: the tag goes while nothing was published under it, else the version is withdrawn."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import NothingYet
from hotfix_tui.domain.text import MESSAGE, NAME, clean
from hotfix_tui.operations.common.packages import package_of
from hotfix_tui.operations.common.pushing import PATIENCE, asked, deletion
from hotfix_tui.operations.plan import Finding, PlannedStep, Standing
from hotfix_tui.operations.ways_back.facts import TAGS, Facts, Wanted
from hotfix_tui.operations.ways_back.registry import is_published, registrar_of, withdraw_step
from hotfix_tui.ports import Site


def settle(wanted: Wanted, facts: Facts) -> dict[str, str]:
    """The tag with its object here and there, and whether the version is out (S2.RBK.1, S2.RBK.2).

    Raises: Refused when there is no such tag; PortFailure when the remote cannot be asked.
    """
    site, git = wanted.site, wanted.playbook.git
    tag = facts.bad or (git.tag_prefix + facts.fix if facts.fix else "")
    found = site.history.tag(tag) if tag else None
    remote = git.remote if git.remote in site.repository.remotes() else ""
    there = asked(site, remote, TAGS + tag) if remote and tag and wanted.asks else ""
    if not found and not there:
        raise NothingYet(
            f"There is no tag {clean(tag, NAME) or 'of the fix'} here to withdraw; name it: bad=v1.2.4"
        )
    name, registrar = registrar_of(wanted)
    commit = found.commit if found else site.repository.resolve("HEAD")
    package = package_of(site, commit, registrar.publishes) if registrar else ""
    said = wanted.choice.get("published", "")
    known = is_published(wanted, package, facts.fix, registrar) if registrar and package else None
    published = (
        said == "yes"
        if said
        else bool(git.tag_push_triggers and (there or not wanted.asks))
        if known is None
        else known
    )
    keeps = wanted.choice.get("tag", "keep" if published else "delete") == "keep"
    return {
        "tag": tag,
        "here": found.oid if found and not keeps else "",
        "there": "" if keeps else there,
        "remote": remote,
        "triggers": git.tag_push_triggers,
        "registry": name if registrar and package and published else "",
        "published": "yes" if published else "",
        "known": "" if known is None and not said else "yes",
        "package": package,
        "version": facts.fix,
        "message": f"Withdrawn: {clean(wanted.incident.title, MESSAGE)}",
    }


def title(given: Mapping[str, str]) -> str:
    """What it does, in one line."""
    tag = clean(given["tag"], NAME)
    return f"Withdraw {tag}" if given["published"] else f"Delete {tag}, under which nothing was published"


def steps(given: Mapping[str, str], site: Site) -> tuple[PlannedStep, ...]:
    """Withdraw it where users get it, then delete the tag there, then here."""
    made = [withdraw_step(given)] if given["registry"] else []
    made += [_there(given)] if given["there"] else []
    made += [_here(given)] if given["here"] else []
    return tuple(made)


def findings(given: Mapping[str, str], site: Site) -> tuple[Finding, ...]:
    """What is known of its being published, and what stays all the same (S2.TRP.5)."""
    tag, version = clean(given["tag"], NAME), clean(given["version"], NAME)
    out = f"{version} is published" if given["published"] else f"{version} is not published"
    found = [
        Finding(
            bool(given["known"]),
            f"{out}{'' if given['known'] else ', as far as is known: published=yes or no'}",
            blocks=False,
        )
    ]
    if given["published"] and not given["registry"]:
        found.append(
            Finding(
                False, f"hotfix cannot withdraw {version} where it is published: do it by hand", blocks=False
            )
        )
    if given["published"] and not given["here"]:
        found.append(
            Finding(True, f"{tag} stays: it names what is published (tag=delete takes it away as well)")
        )
    if given["there"]:
        found.append(Finding(False, f"whoever has fetched {tag} keeps it", blocks=False))
    if given["registry"]:
        program = "cargo" if given["registry"] == "crates.io" else "npm"
        found.append(
            Finding(
                bool(site.shell.which(program)),
                f"{program} withdraws it" if site.shell.which(program) else f"{program} is not on the PATH",
            )
        )
    return tuple(found)


def _there(given: Mapping[str, str]) -> PlannedStep:
    tag, oid, remote = given["tag"], given["there"], given["remote"]
    ref = TAGS + tag

    def look(site: Site) -> Standing:
        at = asked(site, remote, ref)
        if not at:
            return Standing("done", f"{remote} has no {tag}")
        if at == oid:
            return Standing("not-done", f"{remote} has {tag} at {at[:7]}")
        return Standing("conflict", f"{remote} has another {tag} ({at[:7]}): somebody made it again")

    return PlannedStep(
        id="delete-there",
        title=f"Delete {tag} on {remote}",
        argv=deletion(remote, ref, oid),
        effect="writes",
        changes=f"{remote} loses the name {tag}; clones that have it keep it",
        look=look,
        level=3,
        inverse=() if given["triggers"] else ("git", "push", "--porcelain", "--", remote, f"{oid}:{ref}"),
        way_back=f"no way back: pushed again, it would start {given['triggers']}"
        if given["triggers"]
        else f"the same tag is pushed again ({oid[:7]})",
        timeout=PATIENCE,
    )


def _here(given: Mapping[str, str]) -> PlannedStep:
    tag, oid = given["tag"], given["here"]

    def look(site: Site) -> Standing:
        found = site.history.tag(tag)
        if found is None:
            return Standing("done", f"there is no tag {tag} here")
        if found.oid == oid:
            return Standing("not-done", f"{tag} is at {found.commit[:7]}")
        return Standing("conflict", f"{tag} is another one now ({found.oid[:7]})")

    return PlannedStep(
        id="delete-here",
        title=f"Delete {tag} here",
        argv=("git", "tag", "--delete", tag),
        effect="writes",
        changes=f"this clone loses the name {tag}; its commit stays on its branch",
        look=look,
        inverse=("git", "update-ref", "--no-deref", TAGS + tag, oid, "0" * len(oid)),
        way_back=f"the very same tag is there again ({oid[:7]})",
    )
