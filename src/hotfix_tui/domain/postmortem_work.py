"""The post-mortem's lists of work: what was done, with its evidence, and what is left to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hotfix_tui.domain.applying import is_open, items, labels, numbers, phases, procedures, sections
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.item_values import shortfall
from hotfix_tui.domain.markdown import fence, prose
from hotfix_tui.domain.playbook import Item, Phase, Playbook
from hotfix_tui.domain.proof import CHECK, proof
from hotfix_tui.domain.records import Evidence


def checklist(incident: Incident, playbook: Playbook, now: datetime) -> str:
    """Every item of the phases, then of the rollbacks and scenario cards that were started, with its evidence."""
    names, called = labels(incident, playbook), numbers(incident, playbook)
    lists = [(prose(phase.title), phase) for phase in phases(incident, playbook)]
    lists += [(_procedure(incident, one, called[one.id]), one) for one in procedures(incident, playbook)]
    return "\n\n".join(["## Checklist", *(_list(incident, one, heading, names) for heading, one in lists)])


def _procedure(incident: Incident, procedure: Phase, called: str) -> str:
    return f"{called} {prose(procedure.title)}, from {incident.procedures[procedure.id]:%m-%d %H:%M}Z"


def _list(incident: Incident, phase: Phase, heading: str, names: Mapping[str, str]) -> str:
    lines = [f"### {heading}", ""]
    for item in items(incident, phase):
        told = incident.item(item.id)
        lines.append(f"- [{'x' if told.mark == 'done' else ' '}] {_said(incident, item, names)}")
        lines += [_evidence(piece.text, ok=piece.ok) for piece in _telling(told.evidence)]
    return "\n".join(lines)


def _said(incident: Incident, item: Item, names: Mapping[str, str]) -> str:
    """The item with its answer, how that falls short, how often it was checked, and why it was skipped or done early."""
    told = incident.item(item.id)
    colon = "" if item.text.endswith("?") else ":"
    value = f"{colon} {prose(told.value)}" if told.value else ""
    held = shortfall(item, told.value) if told.mark == "done" else ""
    short = f" (**{prose(held)}**)" if held else ""
    times = len(told.checked) + (told.mark == "done")
    rounds = f" (checked {times} times)" if told.checked and times > 1 else ""
    why = f" ({_before(item, told.mark)}{prose(told.reason)})" if told.reason and told.mark != "open" else ""
    return f"{names[item.id]} {prose(item.text)}{value}{short}{_STANDS.get(proof(item, told).state, '')}{rounds}{why}"


_STANDS = {"proven": " (proven)", "claimed": " (claimed, not proven)", "contradicted": " (**contradicted**)"}
"""How far a ticked item is proven, where there is a check for it."""


def _before(item: Item, mark: str) -> str:
    """What its reason was given for."""
    if mark == "skipped":
        return "skipped: "
    return "" if item.kind == "approval" else "all the same: "


def _telling(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Each piece once; of what checks saw only the newest, and what was against it before."""
    newest = {piece.ok: piece for piece in evidence if piece.form == CHECK}
    told = {piece.text: piece for piece in reversed(evidence) if piece.form != CHECK}
    return [piece for piece in evidence if piece in (*newest.values(), *told.values())]


def _evidence(text: str, *, ok: bool) -> str:
    said = "evidence" if ok else "contrary evidence"
    if "\n" not in text:
        return f"  - {said}: {prose(text)}"
    block = "\n".join(f"    {line}" for line in fence(text).splitlines())
    return f"  - {said}:\n\n{block}\n"


def follow_ups(incident: Incident, playbook: Playbook, now: datetime) -> str:
    """What was left open or skipped, the debts among it first, and the action items that the playbook begins with."""
    names = labels(incident, playbook)
    undone = [
        item
        for section in sections(incident, playbook)
        for item in items(incident, section)
        if incident.item(item.id).mark != "done"
    ]
    debts = [item for item in undone if item.debt and is_open(incident, item)]
    others = [item for item in undone if item not in debts]
    lists = [
        ("Debts, allowed to wait until now:", [_said(incident, item, names) for item in debts]),
        ("What was left open or skipped:", [_said(incident, item, names) for item in others]),
        ("Actions to consider:", [prose(action) for action in playbook.postmortem.actions]),
    ]
    told = ["## Follow-ups"]
    told += [] if undone else ["Nothing was left open."]
    for heading, lines in lists:
        told += ["\n".join([heading, "", *(f"- [ ] {line}" for line in lines)])] if lines else []
    return "\n\n".join(told)
