"""The whole way: bytes in, an `Understood` document out. It never fails, whatever the bytes are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from hotfix_tui.importing import (
    back,
    branches,
    cards,
    commands,
    complaints,
    learning,
    letters,
    people,
    scenes,
    severities,
    words,
)
from hotfix_tui.importing.choosing import Group
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.ids import Ids
from hotfix_tui.importing.inline import label, plain
from hotfix_tui.importing.levels import normal
from hotfix_tui.importing.outline import Section as Heading
from hotfix_tui.importing.phases import PhaseReader
from hotfix_tui.importing.stages import Stages
from hotfix_tui.importing.steps import labelled_steps, listed_steps
from hotfix_tui.importing.tasks import TaskReader, boxes
from hotfix_tui.importing.twins import linked
from hotfix_tui.importing.understood import (
    Advice,
    Checklist,
    Origin,
    Phase,
    Role,
    Section,
    Task,
    Template,
    Understood,
)

_ROLES: tuple[tuple[str, Role], ...] = (
    ("toc", "reference"),
    ("rollback", "rollback"),
    ("postmortem", "postmortem"),
    ("escalation", "escalation"),
    ("contact", "contacts"),
    ("scenario", "scenario"),
    ("template", "templates"),
    ("not-use", "not-when"),
    ("use", "use-when"),
    ("criteria", "criteria"),
    ("checklist", "checklist"),
    ("example", "example"),
    ("drill", "drills"),
    ("severity", "severities"),
    ("advice", "advice"),
    ("reference", "reference"),
    ("process", "process"),
    ("overview", "appendix"),
)
LIST_STEPS = 3


def understand(data: bytes, roles: Mapping[int, Role] | None = None) -> Understood:
    """The document as it is understood; `roles` says by a heading's first line what a person decided that it is."""
    return _Reading(Document(data), dict(roles or {})).understood()


class _Reading:
    """One document on its way through the stages."""

    def __init__(self, document: Document, roles: dict[int, Role]) -> None:
        self.document = document
        self.roles = roles
        self.ids = Ids()
        self.severities = severities.read(document)
        self.severity_lines = {one.origin.first for one in self.severities}
        self.commands = commands.fenced(document)
        self.runnable = commands.runnable(document, self.commands)
        self.boxes = boxes(document)

    def understood(self) -> Understood:
        """All stages, in order."""
        document = self.document
        texts = letters.LetterReader(document, Ids())
        reader = TaskReader(document, self.ids)
        found = reader.live(self.boxes)
        tasks = [self._at(t) for t in found]
        tasks = [self._full(task, tasks, texts.found) for task in tasks]
        group = self._group()
        phases = PhaseReader(document, Ids(), self.severities)
        advice = scenes.advice(document)
        live = tuple(t for t, box in zip(tasks, self.boxes, strict=True) if not box.pseudo)
        pseudo = tuple(t for t, box in zip(tasks, self.boxes, strict=True) if box.pseudo)
        made, kind, steps = self._phases(group, phases, tasks, advice)
        live = linked(live, made, document.sections)
        by_id = {task.id: task for task in live}
        made = tuple(replace(p, items=tuple(by_id.get(t.id, t) for t in p.items)) for p in made)
        inside = tuple(t for part in document.fences for t in reader.inside(part))
        ways = back.rollbacks(document, self.runnable)
        ways = tuple(replace(w, items=self._within(w.origin, live)) for w in ways)
        whom = people.PeopleReader(document)
        yes, no = scenes.use_lines(document)
        result = Understood(
            title=self._title(),
            text=document.text,
            summary=self._summary(),
            sections=self._sections(made),
            use_when=yes,
            not_when=no,
            severities=self.severities,
            phases=made,
            phase_kind=kind,
            list_steps=steps,
            total=phases.total(),
            tasks=live,
            template_tasks=tuple(t for t in inside if _is_strict(t)),
            pseudo_tasks=(*pseudo, *(t for t in inside if not _is_strict(t))),
            checklists=self._checklists(live, made),
            commands=self.commands,
            templates=tuple(texts.found),
            rollbacks=ways,
            contacts=tuple(whom.contacts),
            rungs=tuple(whom.rungs),
            scenarios=cards.scenarios(document, self.commands, live, made),
            drills=learning.drills(document),
            criteria=scenes.lines_about(document, "criteria"),
            questions=learning.questions(document),
            postmortem_lines=learning.postmortem_form(document),
            advice=advice,
            references=scenes.lines_about(document, "reference"),
            branches=branches.patterns(document),
            version_files=branches.version_files(document),
            formats=branches.formats(document),
            repairs=document.repairs,
        )
        return replace(result, warnings=complaints.found(result))

    def _group(self) -> Group | None:
        chosen = [s for s in self.document.sections if self.roles.get(s.first) == "phase"]
        stages = Stages(self.document)
        stages.count_tasks(box.line for box in self.boxes)
        group = stages.choose()
        kept = [s for s in group.members if self.roles.get(s.first, "phase") == "phase"] if group else []
        members = sorted({s.index: s for s in (*kept, *chosen)}.values(), key=lambda s: s.first)
        if not members:
            return None
        return Group(
            tuple(members), group.score if group else 0, group.reason if group else "chosen by a person"
        )

    def _phases(
        self, group: Group | None, reader: PhaseReader, tasks: Sequence[Task], advice: Sequence[Advice]
    ) -> tuple[tuple[Phase, ...], Literal["headings", "list", "none"], int | None]:
        if group is not None:
            return (
                reader.of_headings(group.members, group.reason, tasks, self.runnable, advice),
                "headings",
                None,
            )
        listed = listed_steps(self.document)
        if listed is not None and len(listed.blocks) >= LIST_STEPS:
            return reader.of_list(listed, self.commands, tasks), "list", len(listed.blocks)
        bold = labelled_steps(self.document)
        if bold is not None:
            return reader.of_list(bold, self.commands, tasks), "list", None
        return reader.of_table(), "none", None

    def _at(self, task: Task) -> Task:
        """The task with the severities that its condition names."""
        condition = normal(task.condition)
        named = tuple(
            s.id for s in self.severities if condition and normal(s.id) in condition and s.id.lower() != "low"
        )
        return replace(task, severities=named)

    def _full(self, task: Task, tasks: Sequence[Task], texts: Sequence[Template]) -> Task:
        """The task with the commands and the text that stand inside it."""
        if task.origin.last == task.origin.first:
            return task
        inside = [c for c in self.commands if task.origin.first <= c.origin.first <= task.origin.last]
        deeper = [t for t in tasks if t.under == task.id]
        own = tuple(
            c for c in inside if not any(t.origin.first <= c.origin.first <= t.origin.last for t in deeper)
        )
        text = next((t.id for t in texts if task.origin.first <= t.origin.first <= task.origin.last), "")
        return replace(task, commands=own, template=text)

    def _within(self, origin: Origin, tasks: Sequence[Task]) -> tuple[str, ...]:
        return tuple(t.id for t in tasks if origin.first <= t.origin.first <= origin.last)

    def _title(self) -> str:
        sections = self.document.sections
        first = next(
            (s for s in sections if s.level == 1), sections[0] if sections and sections[0].first < 5 else None
        )
        return plain(first.title) if first else self._front_title()

    def _front_title(self) -> str:
        for part in self.document.parts:
            if part.kind == "front":
                for line in part.text.split("\n"):
                    found = label(line)
                    if found and found.name.casefold() in ("title", "name"):
                        return plain(found.value).strip("\"'")
        return ""

    def _summary(self) -> str:
        for section in (self.document.outline.top, *self.document.sections[:3]):
            for block in section.blocks:
                if block.kind == "paragraph" and not label(block.text.split("\n")[0]):
                    return plain(block.text)[:400]
        return ""

    def _sections(self, phases: Sequence[Phase]) -> tuple[Section, ...]:
        starts = {phase.origin.first for phase in phases}
        return tuple(self._section(s, starts) for s in self.document.sections)

    def _section(self, section: Heading, phases: set[int]) -> Section:
        role, reason, sure = self._role(section, phases)
        parent = section.parent.index if section.parent else -1
        return Section(
            section.title, section.level, role, parent, Origin(section.first, section.last, reason, sure)
        )

    def _role(self, section: Heading, phases: set[int]) -> tuple[Role, str, bool]:
        if section.first in self.roles:
            return self.roles[section.first], "decided by a person", True
        if section.first in phases:
            return "phase", "one of the steps of the main procedure", True
        if section.level == 1 and section is self.document.sections[0]:
            return "title", "the first heading", True
        if any(s.first in phases for s in section.above()):
            return "step", "a heading inside a phase", True
        if section.first in self.severity_lines:
            return "severity", "a heading that begins with a severity", True
        for concept, role in _ROLES:
            found = words.about(concept, section.title) and words.find(concept, plain(section.title))
            if found:
                return role, f"its title has “{found[0]}”", True
        around = next(iter(section.above()), None)
        if around is not None and around.level > 1:
            role, _, _ = self._role(around, phases)
            if role:
                return role, f"it stands under “{plain(around.title)[:40]}”", False
        return "", "nothing special was seen", False

    def _checklists(self, tasks: Sequence[Task], phases: Sequence[Phase]) -> tuple[Checklist, ...]:
        groups: dict[tuple[int, str], list[Task]] = {}
        for task in tasks:
            section = self.document.section_at(task.origin.first)
            groups.setdefault((section.index, "" if task.under else task.group), []).append(task)
        starts = {phase.origin.first for phase in phases}
        made = []
        for (index, label_), members in groups.items():
            heading = self.document.sections[index] if index >= 0 else None
            first, last = members[0].origin.first, members[-1].origin.last
            phase = next((p.id for p in phases if p.origin.first <= first <= p.origin.last), "")
            role = self._role(heading, starts)[0] if heading is not None else "checklist"
            title = label_ or (plain(heading.title) if heading is not None else "")
            made.append(
                Checklist(
                    title, phase, role, tuple(t.id for t in members), Origin(first, last, "boxes in one list")
                )
            )
        return tuple(made)


def _is_strict(task: Task) -> bool:
    return task.origin.sure
