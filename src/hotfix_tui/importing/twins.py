"""Items that say the same twice are linked: a summary's items with those of the phases, asked once, ticked together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hotfix_tui.importing import times, words
from hotfix_tui.importing.inline import plain
from hotfix_tui.importing.numbering import numbered
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.understood import Phase, Task

_SUMMARY = re.compile(
    r"(?i)summary|quick reference|at a glance|overview|recap|zusammenfassung|récapitul|resumen|resumo|riepilogo|сводка|özet|汇总|总结|まとめ|요약"
)
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "is",
        "are",
        "be",
        "been",
        "to",
        "of",
        "for",
        "and",
        "or",
        "in",
        "on",
        "with",
        "from",
        "by",
        "no",
        "not",
        "all",
        "any",
        "at",
        "it",
        "this",
        "that",
        "if",
        "as",
        "only",
        "your",
        "our",
    ]
)
ALIKE = 0.6
"""How much of their words two items share that say the same, without further evidence."""
MOST = 600
"""More items than this are not compared with each other."""


def linked(tasks: Sequence[Task], phases: Sequence[Phase], sections: Sequence[Section]) -> tuple[Task, ...]:
    """The tasks with their twins."""
    twins: dict[str, str] = {}
    groups = _groups(tasks)
    inside = {task.id for phase in phases for task in phase.items}
    summaries = {s.title for s in sections if _SUMMARY.search(s.title) and words.about("checklist", s.title)}
    for (title, group), members in groups.items():
        if members[0].id in inside or not (title in summaries or _matching(group or title, phases)):
            continue
        phase = _matching(group or title, phases)
        if phase is not None and phase.items:
            _align(members, [t for t in phase.items if not t.under], twins)
    if len(tasks) <= MOST:
        _similar(tasks, twins)
    return tuple(replace(task, twin=twins[task.id]) if task.id in twins else task for task in tasks)


def _groups(tasks: Sequence[Task]) -> dict[tuple[str, str], list[Task]]:
    found: dict[tuple[str, str], list[Task]] = {}
    for task in tasks:
        found.setdefault((task.section, task.group), []).append(task)
    return found


def _matching(title: str, phases: Sequence[Phase]) -> Phase | None:
    """The phase that a summary's group is about: the same number and word, or the same words."""
    number = numbered(title)
    for phase in phases:
        other = numbered(phase.title)
        if (
            number
            and other
            and number.kind == "step"
            and (number.word, number.text) == (other.word, other.text)
        ):
            return phase
    own = _words(times.without(plain(title)))
    return next(
        (phase for phase in phases if own and own == _words(phase.name) and phase.title != title), None
    )


def _align(short: Sequence[Task], whole: Sequence[Task], twins: dict[str, str]) -> None:
    """Links each of `short` with one of `whole`, in order, so that the whole likeness is greatest; the rest follow."""
    rows, columns = len(short), len(whole)
    if not rows or not columns or rows * columns > 10_000:
        return
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            take = best[i + 1][j + 1] + 0.05 + _likeness(short[i], whole[j])
            best[i][j] = max(take, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < rows and j < columns:
        if best[i][j] == best[i + 1][j + 1] + 0.05 + _likeness(short[i], whole[j]):
            twins[short[i].id] = whole[j].id
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    linked_to = set(twins.values())
    for task in short:
        twins.setdefault(task.id, max(whole, key=lambda one: _likeness(task, one)).id)
    for task in whole:
        if task.id not in linked_to and task.id not in twins:
            twins[task.id] = max(short, key=lambda one: _likeness(one, task)).id


def _similar(tasks: Sequence[Task], twins: dict[str, str]) -> None:
    """Links items of different lists that use the same words."""
    said = [(task, _words(task.text)) for task in tasks]
    for n, (task, own) in enumerate(said):
        if task.id in twins or len(own) < 2:
            continue
        best: tuple[float, Task] | None = None
        for other, theirs in said[:n]:
            if (
                (other.section, other.group) == (task.section, task.group)
                or other.under
                or task.under
                or not theirs
            ):
                continue
            shared = len(own & theirs) / len(own | theirs)
            if shared >= ALIKE and (best is None or shared > best[0]):
                best = (shared, other)
        if best:
            twins[task.id] = best[1].id


def _likeness(one: Task, other: Task) -> float:
    """How much two items say the same: shared words, each beginning counted, their group's label too."""
    own, theirs = _words(one.text), _words(other.text)
    if not own or not theirs:
        return 0.0
    shared = sum(any(_same(a, b) for b in theirs) for a in own) / min(len(own), len(theirs))
    by_label = (
        any(_same(a, b) for a in own for b in _words(other.group) if a in _words(one.text))
        if other.group
        else False
    )
    return max(shared, 0.4 if by_label else 0.0)


def _same(a: str, b: str) -> bool:
    return a == b or (len(a) > 4 and len(b) > 4 and a[:5] == b[:5])


def _words(text: str) -> frozenset[str]:
    words_ = re.findall(r"[^\W_]+", text.casefold())
    kept = frozenset(_stem(word) for word in words_) - _SMALL
    return kept or frozenset(re.findall(r"[\u3040-\u9fff\uac00-\ud7af]{2}", text))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
