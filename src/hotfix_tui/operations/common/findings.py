"""What is checked before a plan is confirmed, wherever it is the same."""

from __future__ import annotations

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.plan import Finding
from hotfix_tui.ports import RepositoryStatus, Site


def nothing_pending(status: RepositoryStatus) -> Finding:
    """Git has begun nothing that waits for its end."""
    if not status.pending:
        return Finding(True, "no merge or rebase is under way")
    return Finding(False, f"a {status.pending} has begun: finish or abort it first")


def identity(site: Site) -> Finding:
    """Git knows who the new commit or tag is by."""
    who = site.making.habits().identity
    if who:
        return Finding(True, f"by {who}")
    return Finding(
        False,
        "git does not know who you are: git config --global user.name NAME; git config --global user.email ADDRESS",
    )


def still_at(site: Site, ref: str, oid: str, name: str) -> Finding:
    """A ref is where it was when the plan was made."""
    now = site.repository.resolve(ref)
    if now == oid:
        return Finding(True, f"{name} is at {oid[:7]}")
    return Finding(False, f"{name} is not at {oid[:7]} any more; plan it again")


def left_over(site: Site) -> tuple[Finding, ...]:
    """What is in no commit is not pushed along: told, for somebody may think that it is."""
    tidy = site.repository.status().clean
    return () if tidy else (Finding(False, "the work tree has changes that are in no commit", blocks=False),)


def program(site: Site, name: str) -> Finding:
    """The program is on the PATH, or, where its name is a path from the repository's top, there."""
    by_path = "/" in name
    if site.shell.which(str(site.repository.root / name) if by_path else name):
        return Finding(True, f"{clean(name, NAME)} is here")
    todo = "no program of this repository is called so" if by_path else "install it, or add it to the PATH"
    return Finding(False, f"{clean(name, NAME)} is not here: {todo}")


def wants_signature(said: str, *, own: bool) -> bool:
    """Whether it is signed: as was said, else as the operator's git is set. Raises: Refused."""
    if said not in {"", "yes", "no"}:
        raise Refused("Say sign=yes or sign=no.")
    return said == "yes" or (not said and own)


def signing(site: Site, *, wanted: bool, what: str) -> tuple[Finding, ...]:
    """Where the operator's git signs, a signature is made only in a repository that is trusted."""
    habits = site.making.habits()
    if wanted and not habits.trusted:
        return (
            Finding(
                False,
                f"your git signs each {what}, and this repository is not trusted yet: hotfix trust, or choose sign=no",
            ),
        )
    return (Finding(True, "signed, as your git is set to"),) if wanted else ()


def hooks(site: Site) -> tuple[Finding, ...]:
    """Hooks that do not run are told: a team may count on them."""
    habits = site.making.habits()
    count = sum(line.startswith("hook ") for line in habits.programs)
    if not count:
        return ()
    named = "1 hook" if count == 1 else f"{count} hooks"
    if habits.trusted:
        return (Finding(True, f"{named} of this repository will run, as you trust them"),)
    return (
        Finding(False, f"{named} of this repository will not run: hotfix trust shows them", blocks=False),
    )
