"""Who does what, who said yes, and who was told."""

from __future__ import annotations

import click

from hotfix_tui.cli.arguments import known_role
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, say, table, tell
from hotfix_tui.cli.session import current
from hotfix_tui.domain.intents import AssignRole, GiveApproval, MarkSent
from hotfix_tui.domain.roles import Part, approving, find_role, parts


@click.command(cls=CommandBase, name="role")
@click.argument("role", default="", metavar="[ROLE]")
@click.argument("person", default="", metavar="[PERSON]")
@click.option("--new", is_flag=True, help="A role besides those of the playbook.")
@click.option("--json", "as_json", is_flag=True, help="Without ROLE: one JSON object.")
def role_command(role: str, person: str, new: bool, as_json: bool) -> None:
    """Give a role to a person, or to you; without a role, list who has which, and who stands in."""
    session = current()
    case = session.case()
    if role:
        found = find_role(case.playbook, role) if new or not case.playbook.roles else known_role(case, role)
        session.ask(case, AssignRole(found, person or session.settings.by))
        tell(f"{case.id}: {found} is {person or session.settings.by}.")
        return
    cast = parts(case.incident, case.playbook)
    if as_json:
        emit(id=case.id, roles=dict(case.incident.roles), parts=[_part_data(part) for part in cast])
    else:
        say(*table([(part.id, _holder(part), part.title if part.title != part.id else "") for part in cast]))


def _holder(part: Part) -> str:
    if part.named:
        return part.person
    wanted = "nobody yet: name somebody" if part.required else "nobody"
    return f"{part.person} (stands in)" if part.person else wanted


def _part_data(part: Part) -> dict[str, object]:
    return {
        "id": part.id,
        "title": part.title,
        "person": part.person if part.named else "",
        "delegate": "" if part.named else part.person,
        "required": part.required,
    }


@click.command(cls=CommandBase, name="approve")
@click.argument("role", metavar="ROLE")
@click.argument("person", default="", metavar="[PERSON]")
@click.option("--how", default="", metavar="TEXT", help="How they said so: “by phone”, a link.")
def approve_command(role: str, person: str, how: str) -> None:
    """Record that somebody approved, as ROLE; without PERSON it was you."""
    session = current()
    case = session.case()
    known_role(case, role, approving(case.playbook))
    session.ask(case, GiveApproval(role, person or session.settings.by, how))
    tell(f"{case.id}: approved by {person or session.settings.by} as {role}.")


@click.command(cls=CommandBase, name="sent")
@click.argument("template", default="update", metavar="[TEMPLATE]")
@click.option("--channel", default="", metavar="TEXT", help="Where it went.")
def sent_command(template: str, channel: str) -> None:
    """Record that a message was sent: an update restarts the update clock, any keeps what its audience was promised."""
    session = current()
    case = session.case()
    known = [one.id for one in case.playbook.templates]
    if template != "update" and template not in known:
        raise click.UsageError(
            f"There is no template “{template}”; this playbook has {', '.join(known) or 'none'}."
        )
    session.ask(case, MarkSent(template, channel))
    tell(f"{case.id}: {template} sent.")
