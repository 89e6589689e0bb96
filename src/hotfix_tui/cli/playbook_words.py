"""A whole playbook as text to read: driven by the schema's own fields, so that nothing of it is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import timedelta
from typing import Any

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.playbook import (
    Alarms,
    Aspect,
    Card,
    Condition,
    Due,
    Field,
    Flag,
    GitRules,
    Guard,
    Item,
    Moment,
    Phase,
    Playbook,
    Question,
    Rule,
    Severity,
    Step,
    VersionRules,
)
from hotfix_tui.domain.text import MESSAGE, clean, visible_argv

_INDENT = "  "
_WHOLE = (GitRules, VersionRules, Alarms)
"""Parts that hold as they are where nobody said anything: they are shown with their defaults."""
_LONG = 60
"""A list whose texts are longer together has a line for each."""
_HEADINGS = {
    "use_when": "A hotfix when",
    "not_when": "No hotfix when",
    "wait_when": "It waits for a release when",
    "rollback_first": "Back first?",
    "git": "Git",
    "postmortem": "Post-mortem",
    "criteria": "Criteria of success",
    "escalations": "Escalation",
    "rollbacks": "Ways back",
    "metrics": "Numbers",
    "intake": "Asked at declaration",
    "guards": "Limits on the change",
}
_MARKS: tuple[tuple[str, Callable[[Any], str]], ...] = (
    ("kind", lambda kind: "" if kind == "task" else str(kind)),
    ("required", lambda required: "" if required else "optional"),
    ("irreversible", lambda it: "cannot be undone" if it else ""),
    ("time_sensitive", lambda it: "time-sensitive" if it else ""),
    ("debt", lambda it: "may be late" if it else ""),
    ("blocks", lambda phase: f"blocks {phase}" if phase else ""),
)
"""What stands behind an item's text."""

Head = tuple[Callable[[Any, str], str], frozenset[str]]


def words(playbook: Playbook) -> list[str]:
    """Every part that says something, a line each; what stands in texts never begins a line."""
    head: list[str] = []
    parts: list[str] = []
    for field in fields(playbook):
        value = getattr(playbook, field.name)
        always = type(value) in _WHOLE
        if field.name in {"id", "title"} or (value == field.default and not always):
            continue
        if _is_part(value):
            title = _HEADINGS.get(field.name, field.name.replace("_", " ").capitalize())
            parts += ["", title, *(_INDENT + line for line in _part(value, numbered=field.name == "phases"))]
        else:
            head += _line(field.name, value)
    return [*head, *parts]


def _is_part(value: Any) -> bool:
    return is_dataclass(value) or isinstance(value, tuple)


def _part(value: Any, *, numbered: bool = False, label: str = "") -> Iterator[str]:
    if is_dataclass(value):
        yield from _rest(value, frozenset(), label)
        return
    for number, entry in enumerate(value, start=1):
        if is_dataclass(entry):
            yield from _entry(entry, f"{label}{number}" if numbered or label else "")
        else:
            yield f"- {clean(str(entry), MESSAGE)}"


def _entry(entry: Any, label: str) -> Iterator[str]:
    """One line that says what it is, and below it all the rest."""
    make, used = _HEADS.get(type(entry), (_plain, frozenset({"id", "title", "role", "name"})))
    yield clean(make(entry, label), MESSAGE)
    yield from (_INDENT + line for line in _rest(entry, used, f"{label}." if label else ""))


def _rest(entry: Any, used: frozenset[str], label: str) -> Iterator[str]:
    for field in fields(entry):
        value = getattr(entry, field.name)
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        unsaid = value in ("", (), None) if type(entry) in _WHOLE else value == default
        if field.name not in used and not unsaid:
            nested = label if field.name in {"items", "steps", "actions"} else ""
            yield from _line(field.name, value, nested)


def _line(name: str, value: Any, label: str = "") -> Iterator[str]:
    """A field as `name: value`, or as its name with what it holds below."""
    key = name.replace("_", " ")
    if isinstance(value, bool):
        yield key if value else f"not {key}"
    elif name == "command":
        yield f"$ {visible_argv(value)}"
    elif _is_part(value) and not isinstance(value, Condition | Due):
        texts = isinstance(value, tuple) and all(isinstance(entry, str) for entry in value)
        if name == "items" and label:
            yield from _part(value, label=label)
        elif texts and sum(map(len, value)) <= _LONG:
            yield f"{key}: {', '.join(clean(entry, MESSAGE) for entry in value)}"
        else:
            yield from (f"{key}:", *(_INDENT + line for line in _part(value, label="")))
    elif isinstance(value, str) and "\n" in value.strip():
        yield from (f"{key}:", *(f"{_INDENT}| {clean(line, MESSAGE)}" for line in value.strip().split("\n")))
    else:
        yield f"{key}: {_said(value)}"


def _said(value: Any) -> str:
    if isinstance(value, timedelta):
        return spoken(value)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, dict):
        return ", ".join(f"{clean(key, MESSAGE)} {_said(entry)}" for key, entry in value.items())
    if isinstance(value, Condition):
        return "; ".join(filter(None, (", ".join(value.severities), ", ".join(value.flags))))
    if isinstance(value, Due):
        times = [
            f"{key} {spoken(at)}" for key, at in (("not before", value.wait), ("within", value.within)) if at
        ]
        return f"after {clean(value.after, MESSAGE)}{': ' if times else ''}{', '.join(times)}"
    return clean(str(value).strip(), MESSAGE)


def _plain(entry: Any, label: str) -> str:
    """Its title or name, and its id."""
    said = [str(getattr(entry, key, "")) for key in ("title", "role", "name")]
    id = str(getattr(entry, "id", ""))
    return " ".join(filter(None, (label, ", ".join(filter(None, said)), f"({id})" if id else "")))


def _item(item: Item, label: str) -> str:
    marks = ", ".join(filter(None, (say(getattr(item, key)) for key, say in _MARKS)))
    return f"{label} {item.text} ({item.id}){f' [{marks}]' if marks else ''}".strip()


def _phase(phase: Phase, label: str) -> str:
    times = [f"target {spoken(phase.target)}"] if phase.target else []
    times += [f"at most {spoken(phase.maximum)}"] if phase.maximum else []
    return f"{label} {phase.title} ({phase.id}) {', '.join(times)}".rstrip()


def _question(question: Question, label: str) -> str:
    keys = ", ".join(f"{answer.key} {answer.text}" for answer in question.answers)
    return f"? {question.id}: {question.text} ({keys})"


def _rule(rule: Rule, label: str) -> str:
    answers = ", ".join(f"{id} {key}" for id, key in rule.when.items()) or "always"
    return f"{answers} → {rule.severity}: {rule.because}"


def _moment(moment: Moment, label: str) -> str:
    return f"{spoken(moment.at)} {moment.text}" if moment.at else moment.text


_HEADS: dict[type, Head] = {
    Severity: (lambda s, _: f"{s.id}  {s.name}: {s.meaning}", frozenset({"id", "name", "meaning"})),
    Question: (_question, frozenset({"id", "text", "answers"})),
    Rule: (_rule, frozenset({"when", "severity", "because"})),
    Phase: (_phase, frozenset({"id", "title", "target", "maximum"})),
    Item: (_item, frozenset({"id", "text", *(key for key, _ in _MARKS)})),
    Field: (lambda f, _: f"{f.text} ({f.id})", frozenset({"id", "text"})),
    Flag: (lambda f, _: f"{f.text} ({f.id})", frozenset({"id", "text"})),
    Guard: (lambda g, _: f"{g.text or g.kind} ({g.id})", frozenset({"id", "text"})),
    Step: (lambda s, _: f"{s.number}. {s.title}", frozenset({"number", "title"})),
    Moment: (_moment, frozenset({"at", "text"})),
    Aspect: (
        lambda a, _: f"{a.title}: {a.hotfix}; regular: {a.regular}",
        frozenset({"title", "hotfix", "regular"}),
    ),
    Card: (lambda c, _: c.title, frozenset({"title"})),
}
"""How each kind of part is told in one line, and which of its fields that line says."""
