"""What is to be read, sent and run: links, programs, placeholders, people, templates, the post-mortem."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotfix_tui.domain.availability import outdated
from hotfix_tui.domain.contacts import outdated_lists, outdated_words
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.templates import NAMES, names, word
from hotfix_tui.lint.finding import Fault, Path, World
from hotfix_tui.lint.places import every_item

_DOCUMENT = re.compile(r"(?:\.{0,2}/)?[\w@+,~-][\w./@+,~ -]*\.(?:md|markdown|txt|rst|adoc|pdf|html?)(?:#.*)?")
_COMPARED = 40
"""How many names that nothing fills are compared with those that are known."""
_TOLD = 6
"""How many of them are told by name."""
_FORMATS = ("commit", "bump", "merge", "tag", "pull_request", "pull_request_body")


def contacts(playbook: Playbook, world: World) -> Iterator[Fault]:
    """The people to reach hold today (S3.ESC.3)."""
    if world.today is None or not playbook.contacts:
        return
    for words in outdated_lists(playbook, world.today):
        place = next(
            n
            for n, contact in enumerate(playbook.contacts)
            if outdated(contact, world.today) and outdated_words(contact, world.today) in words
        )
        yield Fault(
            ("contact", place), f"{words}.", "Ask who it is now, and change the names and “valid_until”."
        )


def links(playbook: Playbook, world: World) -> Iterator[Fault]:
    """The files that the playbook names are in the repository."""
    if world.has_file is None:
        return
    for path, name in _files(playbook):
        if name and not world.has_file(name.partition("#")[0]):
            yield Fault(
                path, f"There is no file {name} in the repository.", "Correct the path, or add the file."
            )


def _files(playbook: Playbook) -> Iterator[tuple[Path, str]]:
    """Every file that is named, with the place where."""
    rules = playbook.version
    for key in ("files", "lock_files"):
        yield from ((("version", key), name) for name in getattr(rules, key))
    yield from ((("version", "patterns", name), name) for name in rules.patterns or {})
    yield ("version", "changelog"), rules.changelog
    for n, reference in enumerate(playbook.references):
        if _DOCUMENT.fullmatch(reference.target):
            yield ("reference", n, "target"), reference.target
    for one in every_item(playbook):
        if _DOCUMENT.fullmatch(one.item.link):
            yield (*one.path, "link"), one.item.link


def programs(playbook: Playbook, world: World) -> Iterator[Fault]:
    """The programs of the playbook's commands can be started here."""
    if world.has_program is None:
        return
    told: set[str] = set()
    for one in every_item(playbook):
        name = one.item.command[0] if one.item.command else ""
        if not name or "$" in name or name in told:
            continue
        told.add(name)
        if not world.has_program(name):
            yield Fault(
                (*one.path, "command"),
                f"There is no program “{name}” here.",
                "Install it, or correct the path." if "/" in name else "Install it, or put it on the PATH.",
            )


def commands(playbook: Playbook, world: World) -> Iterator[Fault]:
    """Everything that a command or a branch's name needs is known by the incident (X.9)."""
    known = _filled(playbook)
    places: list[tuple[Path, str]] = [(("git", "branch"), playbook.git.branch)]
    for one in every_item(playbook):
        places += [((*one.path, "command"), part) for part in one.item.command]
    for path, text in places:
        for name in names(text):
            if name not in known:
                yield Fault(path, f"Nothing fills ${name}.{_meant(name, known)}", _ASK.format(name))


_ASK = "Ask for it with an [[intake]] field “{}”, or leave it out."


def templates(playbook: Playbook, world: World) -> Iterator[Fault]:
    """What a text needs is known, or somebody is told beforehand what to have at hand (X.9)."""
    known = _filled(playbook)
    texts: list[tuple[Path, str]] = [(("version", "changelog_entry"), playbook.version.changelog_entry)]
    texts += [(("formats", key), getattr(playbook.formats, key)) for key in _FORMATS]
    texts += [(("git", "branches", n, "branch"), form.branch) for n, form in enumerate(playbook.git.branches)]
    for n, template in enumerate(playbook.templates):
        texts += [(("template", n, key), getattr(template, key)) for key in ("subject", "body")]
    lacking: dict[str, Path] = {}
    for path, text in texts:
        for name in names(text):
            if name in known or name in lacking or name == "version":
                continue
            if len(lacking) < _COMPARED and (meant := _meant(name, known)):
                yield Fault(path, f"Nothing fills ${name}.{meant}", _ASK.format(name))
            else:
                lacking.setdefault(name, path)
    if lacking:
        told = ", ".join(f"${name}" for name in list(lacking)[:_TOLD])
        told += f" and {len(lacking) - _TOLD} more" if len(lacking) > _TOLD else ""
        yield Fault(
            next(iter(lacking.values())),
            f"Nothing fills {told}: whoever uses the text must.",
            "Ask for them with [[intake]] fields of these names, or know that you will fill them by hand.",
        )


def _filled(playbook: Playbook) -> frozenset[str]:
    """Every placeholder that the incident, a field that is filled in, or a role that somebody has, gives a value."""
    fields = {word(field.id) for field in playbook.fields()}
    return NAMES | fields | {word(role.id) for role in playbook.roles}


def _meant(name: str, known: frozenset[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, sorted(known), n=1, cutoff=0.8)
    another = not close or name.startswith(close[0]) or close[0].startswith(name)
    return "" if another else f" Did you mean ${close[0]}?"


def postmortem(playbook: Playbook, world: World) -> Iterator[Fault]:
    """A post-mortem that is required asks something (X.10)."""
    form = playbook.postmortem
    wanted = form.severities or tuple(s.id for s in playbook.severities if s.postmortem_due)
    if wanted and not form.questions and not form.fields:
        yield Fault(
            ("postmortem",),
            f"A post-mortem is required for {', '.join(wanted)}, and it asks nothing.",
            "Write its “questions”.",
        )


def rollback(playbook: Playbook, world: World) -> Iterator[Fault]:
    """There is a way back (X.8)."""
    if not playbook.rollbacks:
        yield Fault((), "There is no way back.", "Write a [[rollback]] with its triggers and steps.")


def update(playbook: Playbook, world: World) -> Iterator[Fault]:
    """Where updates are promised, there is a text for them (X.9)."""
    severity = next((n for n, s in enumerate(playbook.severities) if s.update_every), None)
    said = any(
        template.promise or re.search(r"update|status", f"{template.id} {template.title}", re.IGNORECASE)
        for template in playbook.templates
    )
    if severity is not None and not said:
        yield Fault(
            ("severity", severity, "update_every"),
            "Updates are promised, and there is no text for them.",
            "Write a [[template]] for the update, with its “promise”.",
        )
