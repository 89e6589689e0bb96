"""`hotfix declare`: title, triage, and the incident is there."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from hotfix_tui.cli import asking
from hotfix_tui.cli.arguments import moment
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, interactive, say, tell
from hotfix_tui.cli.session import Session, current
from hotfix_tui.domain.errors import NeedsAnswer, PortFailure, Refused
from hotfix_tui.domain.intents import Declare, FillField
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.library import Loaded

if TYPE_CHECKING:
    from hotfix_tui.domain.playbook import Playbook
    from hotfix_tui.ports import Repository


@click.command(cls=CommandBase, name="declare")
@click.argument("words", nargs=-1, metavar="TITLE")
@click.option(
    "--answer", "answers", multiple=True, metavar="Q=A", help="Answer a triage question; ? is not sure."
)
@click.option(
    "--severity", default="", metavar="LEVEL", help="Decide otherwise than the rules, with --reason."
)
@click.option("--reason", default="", metavar="TEXT", help="Why.")
@click.option(
    "--started", default="", metavar="TIME", help="When it began: 03:10, -12m or 2026-11-21T03:10Z."
)
@click.option("--base", default="", metavar="TAG", help="The release that is broken.")
@click.option("--fix", default="", metavar="VERSION", help="The version that will carry the fix.")
@click.option("--branch", default="", metavar="NAME", help="The hotfix branch.")
@click.option("--flag", "flags", multiple=True, metavar="ID", help="A fact that conditions ask for.")
@click.option(
    "--field", "fields", multiple=True, metavar="ID=VALUE", help="Fill in a field of the declaration."
)
@click.option("--lead", default="", metavar="NAME", help="Who leads; else you.")
@click.option("--yes", is_flag=True, help="Do not ask before it is written.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON object.")
def declare_command(words: tuple[str, ...], as_json: bool, yes: bool, **given: Any) -> int:
    """Declare an incident and print its id.

    The playbook's questions are asked where somebody can answer; a question without an answer counts as "not sure",
    which is the worse one. A title that comes from elsewhere goes after --.
    """
    from hotfix_tui.wiring import open_trust

    session = current()
    session.may_write()
    loaded = _playbook(session)
    title = " ".join(words).strip() or asking.title()
    answers = asking.answers(loaded.playbook, given["answers"])
    flags = asking.flags(loaded.playbook, given["flags"])
    fields = asking.fields(loaded.playbook, given["fields"])
    started = moment(given["started"], session.now)
    if interactive() and not yes and not given["severity"]:
        answers = asking.triage(loaded.playbook, answers)
        fields = asking.intake(loaded.playbook, fields)
    asking.known_severity(loaded.playbook, given["severity"])
    intent = _placed(
        session,
        loaded,
        given,
        Declare(
            title=title,
            answers=answers,
            severity=given["severity"],
            reason=given["reason"],
            flags=flags,
            started_at=started,
            lead=given["lead"],
            source=loaded.source,
            digest=loaded.digest,
        ),
    )
    if interactive() and not yes and not asking.confirmed(loaded.playbook, intent):
        tell("Nothing was declared.")
        return 1
    case = _declared(session, loaded, intent)
    if not open_trust(session.settings).holds(loaded.source):
        named = f" {shlex.quote(loaded.entry.path)}" if loaded.entry.origin == "file" else ""
        tell(f"This playbook is not trusted, so nothing of it runs yet. See: hotfix playbook trust{named}")
    for id, value in fields.items():
        case = session.incidents.ask(case, FillField(id, value))
    _answer(case, as_json=as_json)
    return 0


def _playbook(session: Session) -> Loaded:
    """The playbook to declare with. Raises: Refused when the nearest one is broken and none was named."""
    loaded = session.services.library.load(session.settings.playbook)
    if loaded.passed_over:
        raise Refused(f"{loaded.broken} Mend it, or name another one: --playbook {loaded.entry.id}")
    return loaded


def _declared(session: Session, loaded: Loaded, intent: Declare) -> Case:
    try:
        return session.incidents.declare(loaded.playbook, intent)
    except NeedsAnswer as error:
        raise Refused(f"{error} Say it with --{error.wanted}.") from error


def _placed(session: Session, loaded: Loaded, given: dict[str, Any], intent: Declare) -> Declare:
    """The intent with where it is: what was said, else what the repository suggests; what is doubtful is told.

    Raises: UsageError for the name of a branch that git can never have.
    """
    from hotfix_tui.service.doubts import beside
    from hotfix_tui.service.suggestions import suggest

    try:
        repository = session.services.find_site(session.settings.repository_dir).repository
    except PortFailure as error:
        repository = None
        tell(f"{error.message} The incident has no repository; name --base and --branch if you know them.")
    found = suggest(repository, loaded.playbook, intent.title)
    if repository is not None:
        tell(*found.warnings, *_doubts(repository, loaded.playbook, given, found.base))
    tell(*filter(None, (beside(session.incidents.list(), found.repository),)))
    base = given["base"] or found.base
    same = base == found.base
    return replace(
        intent,
        base=base,
        fix=given["fix"] or (found.fix if same else ""),
        branch=given["branch"] or (found.branch if same and not given["fix"] else ""),
        repository=found.repository,
    )


def _doubts(repository: Repository, playbook: Playbook, given: dict[str, Any], found: str) -> tuple[str, ...]:
    from hotfix_tui.service.doubts import doubts, impossible

    never = impossible(repository, given["branch"])
    if never:
        raise click.UsageError(f"--branch: {never}")
    return doubts(repository, playbook, given["base"], given["fix"], found=found)


def _answer(case: Case, *, as_json: bool) -> None:
    incident, declared = case.incident, case.incident.declared
    if as_json:
        emit(
            id=case.id,
            title=incident.title,
            severity=incident.severity,
            decision=declared.decision,
            rule=declared.rule,
            status=incident.status,
            started_at=incident.started_at.isoformat(),
            base=declared.base,
            fix=declared.fix,
            branch=declared.branch,
            repository=declared.repository,
            playbook=declared.playbook,
        )
        return
    say(case.id)
    tell(f"{incident.severity} {incident.title}", f"Because: {declared.reason or declared.rule}")
    if incident.status == "closed":
        tell("It is not a hotfix; it was recorded and closed.")
    else:
        from hotfix_tui.cli.items import next_words

        tell(f"Next: {next_words(case)}")
