"""Who plays which part: people who were named, delegates where nobody was (S1.ESC.5, S4.ESC.2, S4.ESC.4)."""

from __future__ import annotations

from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook, Role
from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Part:
    """A role and who has it."""

    id: str
    title: str
    person: str
    """Untrusted text; empty when nobody has it."""
    named: bool
    """Whether somebody was named; otherwise `person` is the delegate."""
    required: bool = False
    text: str = ""

    @property
    def missing(self) -> bool:
        """Whether somebody must still be named for it."""
        return self.required and not self.named


def parts(incident: Incident, playbook: Playbook) -> tuple[Part, ...]:
    """The playbook's roles in its order, then those that somebody was given besides."""
    own = tuple(_part(incident, role) for role in playbook.roles)
    known = {role.id for role in playbook.roles}
    return (*own, *(Part(id, id, person, True) for id, person in incident.roles.items() if id not in known))


def _part(incident: Incident, role: Role) -> Part:
    person = incident.roles.get(role.id, "")
    return Part(role.id, role.title, person or role.delegate, bool(person), role.required, role.text)


def find_role(playbook: Playbook, word: str) -> str:
    """The id of the role that the word names, by its id or title; the word itself when the playbook has none such."""
    wanted = word.strip().lower()
    return next((r.id for r in playbook.roles if wanted in (r.id.lower(), r.title.lower())), word.strip())


def approving(playbook: Playbook) -> tuple[str, ...]:
    """Every role whose approval anything of the playbook wants, whatever the severity, as it is written there."""
    wanted = [role for severity in playbook.severities for role in severity.approvals]
    wanted += [role for gate in playbook.gates for role in gate.approvals]
    return tuple(dict.fromkeys(wanted))


def title_of(playbook: Playbook, word: str) -> str:
    """The title of the role that the word names; the word itself when the playbook has none such."""
    id = find_role(playbook, word)
    return next((role.title for role in playbook.roles if role.id == id), word)


def holder(incident: Incident, playbook: Playbook, role: str) -> str:
    """Who has the role, a person or a delegate; empty when nobody has."""
    id = find_role(playbook, role)
    return next((part.person for part in parts(incident, playbook) if part.id == id), "")


def called(incident: Incident, playbook: Playbook, role: str) -> str:
    """The role in words, with who has it: "Builder (@builder)"."""
    title, person = title_of(playbook, role), holder(incident, playbook, role)
    return f"{title} ({person})" if person else title


def unfilled(incident: Incident, playbook: Playbook) -> tuple[str, ...]:
    """A sentence for each required role that nobody was named for."""
    if incident.ended_at is not None:
        return ()
    return tuple(
        f"nobody is named as {part.title}" + (f", {part.person} stands in" if part.person else "")
        for part in parts(incident, playbook)
        if part.missing
    )
