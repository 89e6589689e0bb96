"""Steps that stage files and commit them: what they hold is settled by object id before the plan is shown."""

from __future__ import annotations

from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.plan import PlannedStep, Standing
from hotfix_tui.ports import Content, Site

PATIENCE = 900.0
"""How long, in seconds, a commit may take: a hook may run the tests, and can be stopped at any time."""


def stage_step(paths: tuple[str, ...], content: Content) -> PlannedStep:
    """Put these files into the index as they are now."""
    wanted = {path: content[path] for path in paths}

    def look(site: Site) -> Standing:
        index = site.making.index(paths)
        waiting = [path for path in paths if index[path] != wanted[path]]
        if not waiting:
            return Standing("done", f"{counted(len(paths))} staged")
        now = site.making.changed(paths)
        odd = [path for path in waiting if now[path] != wanted[path]]
        if odd:
            return Standing("conflict", f"{clean(odd[0], NAME)} was changed since; plan the commit again")
        return Standing("not-done", f"{counted(len(waiting))} not staged")

    return PlannedStep(
        id="stage",
        title=f"Stage {counted(len(paths))}",
        argv=("git", "add", "--all", "--", *paths),
        effect="writes",
        changes="the index holds these files as they are now",
        look=look,
        level=1,
        inverse=("git", "restore", "--staged", "--", *paths),
        way_back="they are unstaged; the files stay as they are",
    )


def commit_step(parent: str, ref: str, content: Content, message: str, *, sign: bool) -> PlannedStep:
    """Commit the index, which holds exactly `content` otherwise than `parent`, on the branch `ref`."""

    def look(site: Site) -> Standing:
        return committed(site, parent, ref, content, message)

    subject = message.partition("\n")[0]
    how = "--gpg-sign" if sign else "--no-gpg-sign"
    return PlannedStep(
        id="commit",
        title=f"Commit {counted(len(content))}",
        argv=("git", "commit", "--quiet", "--no-edit", how, "--cleanup=whitespace", f"--message={message}"),
        effect="writes",
        changes=f"adds “{clean(subject, NAME)}” to {ref.removeprefix('refs/heads/') or 'no branch'}, here only",
        look=look,
        level=1,
        inverse=("git", "reset", "--soft", parent),
        way_back="the commit is taken off the branch while nothing stands on it; its changes stay staged",
        timeout=PATIENCE,
    )


def committed(site: Site, parent: str, ref: str, content: Content, message: str) -> Standing:
    """Whether the branch's newest commit is the one that was planned: its parent and its files, by object id."""
    now = site.repository.head_ref()
    if now != ref:
        return Standing(
            "conflict", f"HEAD is on {clean(now.removeprefix('refs/heads/'), NAME) or 'no branch'}"
        )
    head = site.repository.resolve("HEAD")
    if head == parent:
        return Standing("not-done", f"HEAD is still at {parent[:7]}")
    if site.history.parents(head) != (parent,):
        return Standing("conflict", f"HEAD is at {head[:7]}, which does not stand on {parent[:7]}")
    found, said = site.making.difference(parent, head), site.history.message(head)
    seen = f"{head[:7]} {clean(said.partition(chr(10))[0], NAME)}; rollback: git revert {head[:7]}"
    if found == content:
        return Standing("done", seen)
    if set(found) == set(content) and said.partition("\n")[0] == message.partition("\n")[0]:
        odd = [path for path in found if found[path] != content[path]]
        return Standing("done", f"{seen} ({clean(odd[0], NAME)} was changed by a hook)")
    return Standing("conflict", f"{head[:7]} stands on {parent[:7]} and holds other files than planned")


def counted(count: int) -> str:
    """The number of files in words."""
    return "1 file" if count == 1 else f"{count} files"
