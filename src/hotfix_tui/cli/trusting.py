"""`hotfix trust`: the hooks and programs that a repository names are shown, and somebody says yes or no."""

from __future__ import annotations

import click

from hotfix_tui.cli import codes
from hotfix_tui.cli.codes import NoIncident
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, interactive, safe, say, tell
from hotfix_tui.cli.session import Session, current
from hotfix_tui.domain.errors import Refused
from hotfix_tui.ports import Habits, Site
from hotfix_tui.service.trust import TrustStore


@click.command(cls=CommandBase, name="trust")
@click.option("--yes", is_flag=True, help="Trust it without asking: you have read it.")
@click.option("--revoke", is_flag=True, help="Trust it no more.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object; nothing is changed.")
def trust_command(yes: bool, revoke: bool, as_json: bool) -> int:
    """Show the hooks and programs that this repository names; they run, and commits and tags are signed, once trusted.

    Without trust git runs here with none of them. What is trusted is their content as it stands now: a hook or a
    setting that changes is asked for again. Nothing in the repository can say yes for you.
    """
    session = current()
    from hotfix_tui.wiring import open_trusted

    site = _site(session)
    habits, store = site.making.habits(), open_trusted(session.settings)
    if as_json:
        emit(
            repository=str(site.repository.root),
            trusted=habits.trusted,
            digest=habits.digest,
            programs=[*habits.programs],
        )
        return codes.OK
    if revoke:
        session.may_write()
        gone = store.remove(habits.digest)
        tell("It is trusted no more: none of it runs." if gone else "It was not trusted.")
        return codes.OK
    _show(site, habits)
    return _grant(session, store, site, habits, yes=yes)


def _site(session: Session) -> Site:
    """The incident's repository; where none is open, the one around. Raises: PortFailure."""
    try:
        return session.site(session.case())
    except NoIncident:
        return session.services.find_site(session.settings.repository_dir)


def _show(site: Site, habits: Habits) -> None:
    count = len(habits.programs)
    say(f"{site.repository.root}", f"sha256  {habits.digest}")
    if not count:
        say("It names no hook and no program of its own.")
    else:
        say(
            f"It names {count} thing{'s' if count != 1 else ''} to run:",
            *(f"  {one}" for one in habits.programs),
        )
    signed = [
        what for what, is_so in (("commits", habits.signs_commits), ("tags", habits.signs_tags)) if is_so
    ]
    if signed:
        say(f"Your git is set to sign {' and '.join(signed)}; here it does so once this is trusted.")


def _grant(session: Session, store: TrustStore, site: Site, habits: Habits, *, yes: bool) -> int:
    if habits.trusted:
        tell("It is trusted as it stands. Take it back with: hotfix trust --revoke")
        return codes.OK
    session.may_write()
    if not yes and not interactive():
        raise Refused("Nobody is there to answer; read it, then say --yes.")
    if not yes and not click.confirm(safe("Trust it: may these run"), default=False, err=True):
        tell("It is not trusted; none of it runs.")
        return codes.FAILED
    store.add(habits.digest, f"repository {site.repository.root}")
    tell("It is trusted as it stands. Take it back with: hotfix trust --revoke")
    return codes.OK
