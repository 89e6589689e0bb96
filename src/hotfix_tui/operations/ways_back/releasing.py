"""A new release that a way back makes: its number, its files, its commit, its tag, and both on the remote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import VersionRules
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import MESSAGE, NAME, clean
from hotfix_tui.domain.versions.oracle import choose, judge
from hotfix_tui.manifests.changelog import enter
from hotfix_tui.operations.bump import edits_at
from hotfix_tui.operations.plan import Edit, Finding, PlannedStep, Standing, edited
from hotfix_tui.operations.ways_back.chain import PATIENCE, Chain, Link
from hotfix_tui.operations.ways_back.facts import Facts, Wanted
from hotfix_tui.ports import Site

NONE = "none"


@record(frozen=True, slots=True)
class Release:
    """A release as the parameters of a plan have it."""

    version: str
    tag: str
    message: str
    """What the commit says."""
    tag_message: str
    rules: VersionRules
    entry: str
    """The changelog's new text; empty for none."""
    day: str
    traps: tuple[tuple[str, str], ...] = ()
    """Level and text."""

    @property
    def told(self) -> str:
        """It as one parameter."""
        rules = self.rules
        kept = [rules.files, rules.lock_files, rules.patterns or {}, rules.changelog]
        words = (self.version, self.tag, self.message, self.tag_message, self.entry, self.day)
        return json.dumps([*words, kept, self.traps])

    @classmethod
    def read(cls, text: str) -> Release | None:
        """What `told` has written; None for an empty text."""
        if not text:
            return None
        *words, (files, locks, patterns, changelog), traps = json.loads(text)
        version, tag, message, tag_message, entry, day = words
        rules = VersionRules(
            files=tuple(files), lock_files=tuple(locks), patterns=patterns, changelog=changelog
        )
        kept = tuple((level, said) for level, said in traps)
        return cls(version, tag, message, tag_message, rules, entry, day, kept)


def next_release(wanted: Wanted, facts: Facts) -> Release:
    """The next free number after the bad one, never one that exists (S1.TRP.3, S2.VER.5), and its texts.

    Raises: Refused when no number is known or what was named is none.
    """
    playbook, tags = wanted.playbook, facts.known.tags
    prefix = playbook.git.tag_prefix
    base = facts.bad or (prefix + facts.fix if facts.fix else wanted.incident.declared.base)
    version = wanted.choice.get("version", "")
    if not version:
        best = choose(playbook, base, tags).best
        if best is None:
            raise Refused("No number is known for the new release; name it: version=1.2.5")
        version = best.version
    named = judge(playbook, base, tags, version)
    traps = tuple((trap.level, clean(trap.text)) for trap in named.traps)
    bad, title = facts.bad or facts.fix, clean(wanted.incident.title, MESSAGE)
    subject = f"Roll back {bad}: {named.version}"
    entry = f"## [$fix] - $date\n\n### Fixed\n- {bad} is taken back: {title}\n"
    now = wanted.site.clock.now().date().isoformat()
    entry = entry.replace("$fix", named.version).replace("$date", now)
    changelog = playbook.version.changelog
    return Release(
        named.version,
        named.tag,
        wanted.choice.get("message", "") or f"{subject}\n\n{wanted.incident.id}: {title}",
        f"{named.tag} takes {bad} back\n\n{wanted.incident.id}: {title}",
        playbook.version,
        entry if changelog else "",
        now,
        traps,
    )


def edits(site: Site, release: Release, tree: str) -> tuple[Edit, ...]:
    """What the release changes in the files of a commit or tree. Raises: Refused; PortFailure."""
    found = [
        Edit(edit.path, edit.before, edit.after)
        for edit in edits_at(site, tree, release.rules, release.version)
    ]
    path = release.rules.changelog
    if path and release.entry:
        before = site.history.file(tree, path)
        made = enter(path, before or b"", release.entry, release.version, date.fromisoformat(release.day))
        if before is not None and made.after != before:
            found.append(Edit(path, before, made.after))
    return tuple(found)


def commit_link(release: Release) -> Link:
    """The release's commit in its chain."""
    return Link(release.message)


def edit_step(chain: Chain, number: int, found: tuple[Edit, ...], title: str, changes: str) -> PlannedStep:
    """Write the files, once the commits before the n-th are there."""
    by_files = edited(found, title)

    def look(site: Site) -> Standing:
        made = chain.made(site)
        if len(made.oids) > number:
            return Standing("done", f"{title}, in {made.oids[number][:7]}")
        if len(made.oids) < number or site.repository.head_ref() != chain.ref:
            return Standing("not-done", f"{chain.branch} is not so far yet")
        return by_files(site)

    return PlannedStep(
        id="write",
        title=title,
        argv=(),
        effect="writes",
        changes=changes,
        look=look,
        way_back="the files get back the bytes that they had",
        edits=found,
    )


def commit_step(chain: Chain, number: int, message: str, found: tuple[Edit, ...]) -> PlannedStep:
    """Commit exactly these files as the chain's n-th commit."""
    paths = tuple(edit.path for edit in found)
    subject = clean(message.partition("\n")[0], NAME)
    return PlannedStep(
        id="commit",
        title="Commit it",
        argv=(
            "git",
            "commit",
            "--only",
            "--quiet",
            "--cleanup=whitespace",
            f"--message={message}",
            "--",
            *paths,
        ),
        effect="writes",
        changes=f"adds “{subject}” to {chain.branch}, with {', '.join(clean(p, NAME) for p in paths)}",
        look=lambda site: chain.standing(site, number),
        inverse=("git", "reset", "--keep", f"{chain.ref}~1"),
        way_back="the commit is taken off the branch again, with what it changed",
        timeout=PATIENCE,
    )


def tag_step(chain: Chain, tag: str, message: str) -> PlannedStep:
    """Put the annotated tag on the chain's newest commit."""

    def look(site: Site) -> Standing:
        found, oid = site.history.tag(tag), chain.last(site)
        if found is None:
            return Standing("not-done", f"there is no tag {tag} here")
        if not oid or found.commit != oid or not found.annotated:
            return Standing("conflict", f"{tag} exists at {found.commit[:7]} already; it is not moved")
        return Standing("done", f"{tag} → {oid[:7]}, annotated")

    def argv(target: str) -> tuple[str, ...]:
        return ("git", "tag", "--annotate", "--cleanup=whitespace", f"--message={message}", "--", tag, target)

    return PlannedStep(
        id="tag",
        title=f"Tag {tag}",
        argv=argv(chain.ref),
        effect="writes",
        changes=f"adds the annotated tag {tag} at the new commit, by its object id; on this machine only",
        look=look,
        inverse=("git", "tag", "--delete", tag),
        way_back="the tag is deleted here, while it is still at that commit",
        exact=lambda site: argv(chain.last(site) or chain.ref),
    )


def steps(site: Site, chain: Chain, release: Release, tree: str) -> list[PlannedStep]:
    """Write the version, commit it, tag it; without version files only the tag. Raises: Refused; PortFailure."""
    last = len(chain.links) - 1
    found = edits(site, release, tree)
    made = []
    if found:
        paths = ", ".join(clean(edit.path, NAME) for edit in found)
        named = f"{clean(release.version, NAME)} in {paths}"
        made += [
            edit_step(
                chain, last, found, f"Write {named}", "raises the version in its files, and nothing else"
            ),
            commit_step(chain, last, release.message, found),
        ]
    return [*made, tag_step(chain, release.tag, release.tag_message)]


def findings(release: Release, unasked: str) -> tuple[Finding, ...]:
    """What the oracle says of the number."""
    judged = tuple(Finding(False, text, blocks=level == "refuse") for level, text in release.traps)
    free = Finding(True, f"{clean(release.tag, NAME)} is free and comes after what it takes back")
    told = (Finding(False, unasked, blocks=False),) if unasked else ()
    return (*(judged or (free,)), *told)


def release_of(given: Mapping[str, str]) -> Release | None:
    """The release of a plan's parameters; None when it makes none."""
    return Release.read(given.get("release", ""))
