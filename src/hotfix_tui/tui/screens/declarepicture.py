"""The pictures of the declare screen: the questions, the result so far, what it starts with."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.playbook import Severity
from hotfix_tui.domain.roles import title_of
from hotfix_tui.domain.text import NAME, TITLE, clean
from hotfix_tui.domain.triage import NOT_SURE
from hotfix_tui.tui.screens.declareform import Form, Line, Start
from hotfix_tui.tui.widgets.rows import Row, Span, cut, row, width_of
from hotfix_tui.tui.widgets.sheet import folded, paragraph

DECISIONS = {
    "hotfix": "hotfix now",
    "next-release": "not a hotfix: next release",
    "backlog": "not a hotfix: backlog",
}
SHORT = 24
"""Cells of a question on a narrow screen."""


def questions(
    form: Form, asked: tuple[Line, ...], width: int, *, wide: bool, current: str = ""
) -> tuple[Row, ...]:
    """The questions with their answers; the row with the question takes the cursor.

    On a narrow screen a question whose answers do not fit beside it shows them while it is the `current` one.
    """
    found: list[Row] = []
    for number, line in enumerate(asked, start=1):
        answers = _answers(form, line, wide=wide)
        if wide:
            found += _full(number, line, answers, width)
        else:
            found += _compact(
                number, line, answers, width, form.answers.get(line.id), here=line.id == current
            )
    return tuple(found)


def _full(number: int, line: Line, answers: list[tuple[Span, ...]], width: int) -> list[Row]:
    first, *rest = folded(line.text, width - 3)
    head = Row(((f"{number}  ", "dim"), (first, "bold")), key=line.id)
    hint = [row(f"   {part}", "dim") for part in folded(line.hint, width - 3)] if line.hint else []
    return [head, *(row(f"   {part}", "bold") for part in rest), *hint, *_packed(answers, 3, width), row()]


def _compact(
    number: int, line: Line, answers: list[tuple[Span, ...]], width: int, given: str | None, *, here: bool
) -> list[Row]:
    short = clean(line.short, TITLE)
    label: tuple[Span, ...] = ((f"{number} ", "dim"), (f"{short:<{SHORT}} ", "text"))
    spans = [span for answer in answers for span in answer]
    if width_of((*label, *spans)) <= width + 1:
        return [Row((*label, *spans), key=line.id)]
    if here:
        return [Row(label, key=line.id), *_packed(answers, 2, width)]
    taken = [answer for answer in answers if answer[0][0] == f"[{given}]"]
    letters = [((answer[0][0], "accent"), (" ", "text")) for answer in answers]
    return [Row((*label, *(span for answer in taken or letters for span in answer)), key=line.id)]


def _packed(answers: list[tuple[Span, ...]], indent: int, width: int) -> list[Row]:
    """The answers in as many rows as they need; none is cut in two."""
    rows: list[list[Span]] = [[(" " * indent, "text")]]
    for answer in answers:
        if width_of(rows[-1]) + width_of(answer) > width + 2 and len(rows[-1]) > 1:
            rows.append([(" " * indent, "text")])
        rows[-1] += answer
    return [Row(tuple(spans)) for spans in rows]


def _answers(form: Form, line: Line, *, wide: bool) -> list[tuple[Span, ...]]:
    given = form.answers.get(line.id)
    gap = "  " if wide else " "
    unsure = "not sure"
    offered = [*((a.key, clean(a.text, NAME)) for a in line.answers), (NOT_SURE, unsure)]
    return [_answer(key, text, chosen=key == given, gap=gap) for key, text in offered]


def _answer(key: str, text: str, *, chosen: bool, gap: str) -> tuple[Span, ...]:
    mark = f"[{key}]" if chosen else f"({key})"
    return ((mark, "accent"), (f" {text}", "bold" if chosen else "text"), (gap, "text"))


def _called(severity: Severity) -> str:
    """Its id, and its name where that says more."""
    name = (
        "" if severity.name.casefold() == severity.id.casefold() else f" {clean(severity.name, NAME).upper()}"
    )
    return f"{severity.id}{name}" if name else severity.id.upper()


def headline(form: Form) -> str:
    """The severity, its name and the decision, on one line."""
    severity = form.severity
    return f"{_called(severity)}: {DECISIONS[form.decision]}"


def result(form: Form, now: datetime, width: int, *, wide: bool, current: str = "") -> tuple[Row, ...]:
    """What follows from the answers; `current` is the severity of an incident that is triaged again."""
    role = "over" if form.decision == "hotfix" else "waiting"
    severity = form.severity
    name = _called(severity)
    head = (Row(((name, role),), ((DECISIONS[form.decision], role),)),) if wide else ()
    clocks = form.decision == "hotfix" or bool(current)
    pairs = _pairs(form, now) if clocks else _meaning(form)
    facts = _facts(pairs, width) if wide else _few_facts(pairs, width) if clocks else ()
    return (
        *head,
        *_because(form, width, current, wide=wide),
        *((row(),) if wide else ()),
        *facts,
        *_after(form, width, wide=wide, again=bool(current)),
    )


def _because(form: Form, width: int, current: str, *, wide: bool) -> tuple[Row, ...]:
    verdict = form.verdict
    number = f" {verdict.number}" if verdict.number else ""
    rule = f"rule{number}: {verdict.rule}"
    if form.override:
        texts = [f"overridden: {form.reason}", f"the rules say {verdict.severity} ({rule})"]
    else:
        texts = [f"because of {rule}" + ("" if wide else "  (not sure = worse answer)")]
    if current:
        same = form.severity.id == current
        texts.append(f"it stays {current}" if same else f"it was {current}")
    return tuple(
        row(line, "bold" if not n else "text") for n, text in enumerate(texts) for line in folded(text, width)
    )


def _facts(pairs: Pairs, width: int) -> tuple[Row, ...]:
    return tuple(line for label, text in pairs for line in paragraph(label, text, width, indent=13))


def _few_facts(pairs: Pairs, width: int) -> tuple[Row, ...]:
    said = dict(pairs)
    first = [f"{label} {said[label]}" for label in ("respond by", "resolve by", "updates")]
    second = [f"{label}: {said[label]}" for label in ("approve", "testing")]
    return tuple(line for facts in (first, second) for line in _together(facts, width))


def _together(facts: list[str], width: int) -> tuple[Row, ...]:
    """The facts in as few rows as they need; one is broken only when it alone is too long."""
    lines = [""]
    for fact in facts:
        joined = f"{lines[-1]}   {fact}" if lines[-1] else fact
        lines = [*lines[:-1], joined] if len(joined) <= width else [*lines, fact]
    return tuple(row(part) for line in lines if line for part in folded(line, width))


Pairs = tuple[tuple[str, str], ...]
"""Facts as (label, text)."""


def _meaning(form: Form) -> Pairs:
    """All that there is to say of a severity by which nobody has to do anything now."""
    return (("means", form.severity.meaning),) if form.severity.meaning else ()


def _pairs(form: Form, now: datetime) -> Pairs:
    """What the severity asks of the team."""
    severity = form.severity
    return (
        ("respond by", by(form.started_at, severity.respond, now) or "no limit"),
        ("resolve by", by(form.started_at, severity.resolve, now) or severity.resolve_text or "no limit"),
        (
            "approve",
            ", ".join(clean(title_of(form.playbook, role), NAME) for role in severity.approvals) or "nobody",
        ),
        ("updates", f"every {spoken(severity.update_every)}" if severity.update_every else "none asked"),
        ("testing", severity.testing or "as always"),
    )


def by(start: datetime, length: timedelta | None, now: datetime) -> str:
    """A limit as a moment and a length, such as "04:14Z (1h)"; with its day when that is not today."""
    if length is None:
        return ""
    due = start + length
    day = "" if due.date() == now.date() else f"{due:%a %d %b} "
    return f"{day}{due:%H:%MZ} ({spoken(length)})"


def _after(form: Form, width: int, *, wide: bool, again: bool) -> tuple[Row, ...]:
    """What the rest of the panel says: how "not sure" counts, and what a verdict against a hotfix means.

    Answered `again`, it ends no incident that is declared.
    """
    if form.decision != "hotfix":
        said = _GOES_ON if again else _NO_HOTFIX.format(DECISIONS[form.decision])
        return tuple(row(line, "waiting") for line in folded(said, width))
    if not wide:
        return ()
    texts = ("not sure counts as the worse answer.", "+ / - overrides, and asks for a reason.")
    return (row(), *(row(line, "dim") for text in texts for line in folded(text, width)))


_NO_HOTFIX = "This is not a hotfix. Declaring records '{}' with its reason, and no clock starts."
_GOES_ON = (
    "This incident goes on all the same, and its clocks run as its severity says. "
    "Where nobody works on it any more, close it (in the palette), with that reason."
)


def start_with(form: Form, start: Start, width: int, *, wide: bool) -> tuple[Row, ...]:
    """What the incident starts with."""
    playbook = f"{form.playbook.title} ({len(form.playbook.phases)} phases)"
    origin = f" ({start.origin})" if start.origin else ""
    base = start.base or "unknown"
    why = f" ({start.base_why})" if start.base and start.base_why else ""
    if wide:
        cells = (
            (("Started at  ", f"{form.started_at:%H:%MZ}{origin}"), ("Fix version ", _version(start.fix))),
            (("Base version  ", f"{base}{why}"), ("Branch        ", start.branch or "unknown")),
            (("Playbook  ", playbook), ("Lead      ", start.lead or "you")),
        )
        widths = (width * 3 // 10, width * 4 // 10, width * 3 // 10)
        return (*(_columns([cell[n] for cell in cells], widths) for n in (0, 1)), *_standing(start, width))
    first = f"base {base}   fix {_version(start.fix)}   branch {start.branch or 'unknown'}"
    second = f"playbook {playbook}   lead {start.lead or 'you'}"
    written = (row(line) for text in (first, second) for line in folded(text, width))
    return (*written, *_standing(start, width))


def _standing(start: Start, width: int) -> tuple[Row, ...]:
    """Where the version stands among the tags and the worst that is to be said of it; `v` shows the others."""
    version = start.version
    if version is None:
        return tuple(row(line, "waiting") for line in folded(clean(start.warning, TITLE * 2), width) if line)
    tag, order = clean(version.tag, NAME), clean(version.order, TITLE)
    trap = version.traps[0].text if version.traps else ""
    spans: tuple[Span, ...] = ((f"{tag} is ", "dim"), (order, "text"))
    if trap:
        spans = (*spans, (", but: ", "dim"), (clean(trap, TITLE), "waiting"))
    other = "v another version" if width >= 90 else "v another"
    return (Row(spans, ((other, "dim"),) if len(start.versions) > 1 else ()),)


def _version(fix: str) -> str:
    return f"v{fix}" if fix[:1].isdigit() else fix or "unknown"


def _columns(cells: list[tuple[str, str]], widths: tuple[int, ...]) -> Row:
    spans: list[Span] = []
    for (label, text), width in zip(cells, widths, strict=True):
        shown = cut(clean(text, NAME), width - len(label) - 1)
        filler = " " * (width - len(label) - width_of(((shown, "text"),)))
        spans += [(label, "dim"), (shown, "text"), (filler, "text")]
    return Row(tuple(spans))


def ago(start: datetime, now: datetime) -> str:
    """How long ago it started: "0:48 ago" within the hour, "3h31m ago" later."""
    seconds = int((now - start).total_seconds())
    if seconds < 0:
        return "ahead"
    return f"{seconds // 60}:{seconds % 60:02d} ago" if seconds < 3600 else f"{spoken(now - start)} ago"


def read_back(moment: datetime, now: datetime) -> str:
    """The moment and its distance, such as "03:10Z, 32m ago"; with its date where that is another day."""
    day = "" if moment.date() == now.date() else f"{moment:%Y-%m-%d} "
    away = now - moment
    distance = f"{spoken(away)} ago" if away >= timedelta(0) else f"in {spoken(-away)}"
    return f"{day}{moment:%H:%MZ}, {distance}"
