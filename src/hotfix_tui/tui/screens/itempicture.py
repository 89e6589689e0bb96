"""The picture of one item."""

from __future__ import annotations

from hotfix_tui.checks import CHECKS
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.events import NoteAdded
from hotfix_tui.domain.finality import final
from hotfix_tui.domain.playbook import Advice, Item
from hotfix_tui.domain.proof import looks, proof, told_evidence
from hotfix_tui.domain.records import Evidence, ItemRecord
from hotfix_tui.domain.roles import called
from hotfix_tui.service.incidents import Case
from hotfix_tui.tui.marks import MARK_ROLES, MARKS
from hotfix_tui.tui.screens.preview import command
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import folded, paragraph

LATEST = 5
"""How many pieces of evidence and notes are shown, the newest ones."""


def rows(
    case: Case, item: Item, label: str, argv: tuple[str, ...], missing: tuple[str, ...], width: int
) -> tuple[Row, ...]:
    """Everything about the item at this width; parts that say nothing are left out."""
    record = case.incident.item(item.id)
    return (
        *_title(item, label, record, width),
        row(),
        *_part("Why", item.why, width),
        *_part("How", item.hint, width),
        *_asks(item, width),
        *_part("Done when", item.done_when, width),
        *_command(item, argv, missing, width),
        *_part("Link", item.link, width),
        *_check(item, record, width),
        *_part("Note that", _warnings(case, item), width, role="risk"),
        *_advice(case, item, width),
        *_record(record, item, width),
        *_notes(case, item, width),
    )


def _part(label: str, text: str, width: int, *, role: str = "text") -> tuple[Row, ...]:
    return paragraph(label, text, width, role=role, indent=11) if text else ()


def _title(item: Item, label: str, record: ItemRecord, width: int) -> tuple[Row, ...]:
    mark, role = MARKS.get(record.mark, MARKS["open"]), MARK_ROLES.get(record.mark, "text")
    first, *rest = folded(f"{label} {item.text}".strip(), width - 18)
    estimate = f"about {spoken(item.estimate)}" if item.estimate else ""
    head = Row(((f"{mark} ", role), (first, "bold")), ((estimate, "dim"),) if estimate else ())
    return (head, *(row(f"    {line}", "bold") for line in rest))


def _command(item: Item, argv: tuple[str, ...], missing: tuple[str, ...], width: int) -> tuple[Row, ...]:
    if item.operation:
        return _part("Runs", f"the operation '{item.operation}': its exact commands are shown first", width)
    if not argv:
        return ()
    waits = f"fill in {', '.join(f'${name}' for name in missing)} yourself" if missing else ""
    return (
        *_part("Runs", "r shows it first, then runs it; y copies it for a shell of your own (!):", width),
        *command(argv, width),
        *_part("", waits, width, role="waiting"),
    )


def _check(item: Item, record: ItemRecord, width: int) -> tuple[Row, ...]:
    """What proves it, what was seen and when, and the last lines of the command that was run for it."""
    known = CHECKS.get(item.check)
    if not item.check:
        return ()
    what = f"v looks whether {known.title}" if known else f"this hotfix has no check “{item.check}”"
    found = proof(item, record)
    last = next(looks(record), None)
    said = last.text.splitlines()[:-1][-LATEST:] if last else []
    seen = f"{found.state}, {found.at:%H:%MZ}: {found.text}" if found.at else found.state
    role = "text" if found.ok is not False else "failed" if found.state == "contradicted" else "waiting"
    return (
        *_part("Check", what, width),
        *_part("Proof", seen, width, role=role),
        *(
            line
            for n, text in enumerate(said)
            for line in _part("" if n else "It said", text, width, role="dim")
        ),
    )


def _asks(item: Item, width: int) -> tuple[Row, ...]:
    """The questions to think of while doing it (S3.CHK.26)."""
    return tuple(
        line for n, text in enumerate(item.asks) for line in _part("" if n else "Ask", f"? {text}", width)
    )


def _wanted(item: Item) -> str:
    """What the answer must be, in words; empty when any will do."""
    unit = f" {item.unit}" if item.unit else ""
    bounds = [
        f"at least {item.at_least:g}{unit}" if item.at_least is not None else "",
        f"at most {item.at_most:g}{unit}" if item.at_most is not None else "",
        f"below {item.below:g}{unit}" if item.below is not None else "",
        f"“{item.expect}”" if item.expect else "",
    ]
    told = " and ".join(bound for bound in bounds if bound)
    return f"its answer must be {told}" if told else ""


def _warnings(case: Case, item: Item) -> str:
    phase = case.playbook.phase(item.blocks)
    found = [
        "it cannot be undone" if item.irreversible else final(item.command),
        "every minute counts" if item.time_sensitive else "",
        f"it blocks the phase {phase.title}" + (f": {item.rule}" if item.rule else "") if phase else "",
        _wanted(item),
        _who(case, item),
        f"every {spoken(item.every)} for {spoken(item.lasts)}" if item.every and item.lasts else "",
        "it may be done later, but before closing" if item.debt else "",
        "" if item.required else "it is optional",
        f"evidence is wanted: {item.evidence}" if item.evidence else "",
    ]
    return "; ".join(part for part in found if part)


def _who(case: Case, item: Item) -> str:
    """Who does it, or gives it: the role, with the person or the delegate who has it (S4.ESC.4)."""
    if not item.role:
        return ""
    verb = "gives it" if item.kind == "approval" else "does it"
    return f"{called(case.incident, case.playbook, item.role)} {verb}"


def _advice(case: Case, item: Item, width: int) -> tuple[Row, ...]:
    advice = next((phase.advice for phase in case.playbook.phases if item in phase.items), Advice())
    do = [line for n, text in enumerate(advice.do) for line in _part("" if n else "Do", f"+ {text}", width)]
    dont = [
        line
        for n, text in enumerate(advice.dont)
        for line in _part("" if n else "Do not", f"- {text}", width)
    ]
    return (*do, *dont)


def _record(record: ItemRecord, item: Item, width: int) -> tuple[Row, ...]:
    when = f" {record.at:%H:%MZ}" if record.at else ""
    who = f" by {record.by}" if record.by else ""
    state = f"{record.mark}{when}{who}" if record.mark != "open" or record.at else ""
    value = " or ".join(item.choices) if item.choices and not record.value else record.value
    shown = [
        line
        for n, one in enumerate(told_evidence(record)[-LATEST:])
        for line in _part("" if n else "Evidence", _evidence(one), width, role="text" if one.ok else "failed")
    ]
    return (
        *_part("Marked", f"{state}: {record.reason}" if state and record.reason else state, width),
        *_part("Value", value, width),
        *shown,
    )


def _evidence(one: Evidence) -> str:
    mark = MARKS["done" if one.ok else "failed"]
    return f"{mark} {one.at:%H:%MZ} {one.form}: {one.text}"


def _notes(case: Case, item: Item, width: int) -> tuple[Row, ...]:
    texts = [
        f"{event.happened_at:%H:%MZ} {event.by}: {event.body.text}"
        for event in case.incident.story
        if isinstance(event.body, NoteAdded) and event.body.item == item.id
    ]
    return tuple(
        line for n, text in enumerate(texts[-LATEST:]) for line in _part("" if n else "Notes", text, width)
    )
