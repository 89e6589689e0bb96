"""The picture of a plan before it runs: why, the exact commands, changes, the way back, what was checked."""

from __future__ import annotations

from hotfix_tui.domain.text import TITLE, clean, visible_argv
from hotfix_tui.operations.plan import Finding, Plan, PlannedStep
from hotfix_tui.operations.showing import told
from hotfix_tui.tui.marks import MARKS
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import folded, paragraph


def safe(text: str) -> str:
    """Untrusted text for one line."""
    return clean(text, TITLE)


def rows(plan: Plan, width: int, *, where: str = "", label: str = "") -> tuple[Row, ...]:
    """The whole preview at this width."""
    title = tuple(row(line, "bold") for line in folded(f"{label} {plan.title}".strip(), width))
    why = paragraph("Why", plan.why, width) if plan.why else ()
    place = f"Will run, in {where}:" if where else "Will run:"
    return (
        *title,
        row(),
        *why,
        *(row(line, "dim") for line in folded(place, width)),
        *commands(plan.steps, width),
        *changes(plan.steps, width),
        *way_back(plan.steps, width),
        *checked(plan.findings, width),
    )


def commands(steps: tuple[PlannedStep, ...], width: int) -> tuple[Row, ...]:
    """The exact commands and edits; long ones are folded, never cut; a line after what nobody can take back."""
    return tuple(line for step in steps for line in (*does(step, width), *_point_of_no_return(step, width)))


def does(step: PlannedStep, width: int) -> tuple[Row, ...]:
    """The step's exact command, or the lines that it changes in its files."""
    if step.argv:
        return command(step.argv, width)
    return tuple(row(f"  {line}", _role(line)) for edit in told(step) for line in folded(edit, width - 4))


def _role(line: str) -> str:
    """What is put in stands out."""
    return "accent" if line[6:7] == "+" else "text"


def _point_of_no_return(step: PlannedStep, width: int) -> tuple[Row, ...]:
    if not step.final:
        return ()
    told = folded(f"no way back after this: {safe(step.final)}", width - 6)
    return tuple(
        row(f"  {MARKS['failed'] if n == 0 else '   '} {line}", "risk") for n, line in enumerate(told)
    )


def command(argv: tuple[str, ...], width: int) -> tuple[Row, ...]:
    """One exact command after its `$`."""
    first, *rest = folded(visible_argv(argv), width - 6)
    return (
        Row((("  $ ", "dim"), (first, "accent"))),
        *(Row((("      ", "text"), (line, "accent"))) for line in rest),
    )


def changes(steps: tuple[PlannedStep, ...], width: int) -> tuple[Row, ...]:
    """What the writing steps change, in words."""
    texts = [step.changes for step in steps if step.effect == "writes" and step.changes]
    if not texts:
        return paragraph("Changes", "nothing", width)
    return tuple(
        line for n, text in enumerate(texts) for line in paragraph("" if n else "Changes", text, width)
    )


def way_back(steps: tuple[PlannedStep, ...], width: int) -> tuple[Row, ...]:
    """How each writing step is taken back, the last one first."""
    back = [_back(step) for step in reversed(steps) if step.effect == "writes"]
    texts = list(dict.fromkeys(text for text in back if text)) or ["nothing to undo"]
    return tuple(line for n, text in enumerate(texts) for line in paragraph("" if n else "Undo", text, width))


def _back(step: PlannedStep) -> str:
    command = visible_argv(step.inverse) if step.inverse else ""
    return ": ".join(part for part in (step.way_back, command) if part) or "no way back"


def checked(findings: tuple[Finding, ...], width: int) -> tuple[Row, ...]:
    """What was checked, each with its mark; what blocks says so."""
    return tuple(
        line
        for n, finding in enumerate(findings)
        for line in paragraph(
            "" if n else "Checked", _finding(finding), width, role="text" if finding.ok else "risk"
        )
    )


def _finding(finding: Finding) -> str:
    mark = MARKS["done" if finding.ok else "failed"]
    return f"{mark} {finding.text}" + ("   (blocks)" if finding.blocks and not finding.ok else "")
