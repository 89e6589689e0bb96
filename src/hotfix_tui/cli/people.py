"""Who does what, who said yes, and who was told."""

from __future__ import annotations

import click

from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, say, table, tell
from hotfix_tui.cli.session import current
from hotfix_tui.domain.intents import AssignRole, GiveApproval, MarkSent


@click.command(cls=CommandBase, name="role")
@click.argument("role", default="", metavar="[ROLE]")
@click.argument("person", default="", metavar="[PERSON]")
@click.option("--json", "as_json", is_flag=True, help="Without ROLE: one JSON object.")
def role_command(role: str, person: str, as_json: bool) -> None:
    """Give a role to a person, or to you; without a role, list who has which."""
    session = current()
    case = session.case()
    roles = dict(case.incident.roles)
    if role:
        session.ask(case, AssignRole(role, person or session.settings.by))
        tell(f"{case.id}: {role} is {person or session.settings.by}.")
    elif as_json:
        emit(id=case.id, roles=roles)
    else:
        say(*table(list(roles.items())))


@click.command(cls=CommandBase, name="approve")
@click.argument("role", metavar="ROLE")
@click.argument("person", default="", metavar="[PERSON]")
@click.option("--how", default="", metavar="TEXT", help="How they said so: “by phone”, a link.")
def approve_command(role: str, person: str, how: str) -> None:
    """Record that somebody approved, as ROLE; without PERSON it was you."""
    session = current()
    case = session.ask(session.case(), GiveApproval(role, person or session.settings.by, how))
    tell(f"{case.id}: approved by {person or session.settings.by} as {role}.")


@click.command(cls=CommandBase, name="sent")
@click.argument("template", default="update", metavar="[TEMPLATE]")
@click.option("--channel", default="", metavar="TEXT", help="Where it went.")
def sent_command(template: str, channel: str) -> None:
    """Record that a message was sent; any message restarts the update clock."""
    session = current()
    case = session.case()
    known = [one.id for one in case.playbook.templates]
    if template != "update" and template not in known:
        raise click.UsageError(
            f"There is no template “{template}”; this playbook has {', '.join(known) or 'none'}."
        )
    session.ask(case, MarkSent(template, channel))
    tell(f"{case.id}: {template} sent.")
