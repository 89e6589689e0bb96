"""Trust is in a text, whatever an incident says about itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.trust_files import TrustFiles
from hotfix_tui.domain.intents import Declare
from hotfix_tui.loading import read
from hotfix_tui.operations.plan import Plan
from hotfix_tui.service.incidents import Case, IncidentService
from hotfix_tui.service.library import Entry, Loaded
from hotfix_tui.service.operations import OperationRunner
from hotfix_tui.service.trust import NotTrusted, Trust, digest_of
from tests.case_fixtures import START
from tests.cli_fixtures import PLAYBOOK
from tests.fakes import FakeStore
from tests.git_fixtures import sandbox

EVIL = PLAYBOOK.replace('"make", "test", "V=$fix"', '"sh", "-c", "evil"')


class Desk:
    """Trust in a folder, and incidents in memory."""

    def __init__(self, folder: Path) -> None:
        """Nothing is trusted, and nothing of it is the user's own."""
        self.own: frozenset[str] = frozenset()
        self.trust = Trust(TrustFiles(folder), lambda: self.own)
        self.incidents = IncidentService(
            FakeStore(), lambda source: read(source, "x"), FrozenClock(START), "robin", self.trust.keep
        )

    def case(self, source: str, digest: str = "") -> Case:
        """An incident that carries this text and claims this hash."""
        intent = Declare("x", severity="P0", reason="y", source=source, digest=digest or digest_of(source))
        return self.incidents.declare(read(source, "x"), intent)

    def grant(self, source: str) -> None:
        """Somebody said yes."""
        playbook = read(source, "x")
        self.trust.grant(Loaded(playbook, source, "", Entry(playbook.id, playbook.title, "repository", "x")))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Nothing is trusted."""
    return Desk(tmp_path)


def test_a_claimed_hash_is_not_believed(desk: Desk) -> None:
    """Another text under a trusted playbook's hash runs nothing."""
    desk.grant(PLAYBOOK)
    desk.trust.must(desk.case(PLAYBOOK))
    with pytest.raises(NotTrusted, match="hotfix playbook trust -i HF-"):
        desk.trust.must(desk.case(EVIL, digest_of(PLAYBOOK)))


def test_a_claimed_hash_brings_no_other_playbook_along(desk: Desk) -> None:
    """What one incident carries is never read for another one, so that trust in a text is trust in what runs."""
    evil = desk.case(EVIL, digest_of(PLAYBOOK))
    good = desk.case(PLAYBOOK)
    for case, command in ((evil, "sh"), (good, "make")):
        item = case.playbook.item("tested")
        assert item is not None
        assert item.command[0] == command


def test_an_operation_of_what_is_not_trusted_never_begins(desk: Desk, tmp_path: Path) -> None:
    """Whatever asks for it: the journal stays empty."""
    made = sandbox(tmp_path)
    case = desk.case(PLAYBOOK)
    runner = OperationRunner(desk.incidents, desk.trust.must)
    with pytest.raises(NotTrusted):
        runner.run(
            case,
            Plan("branch", "t", "w", {}, ()),
            made.site,
            on_progress=lambda news: None,
            cancelled=lambda: False,
        )
    assert not desk.incidents.open(case.id).incident.operations


def test_what_is_one_s_own_is_kept_for_its_incidents(desk: Desk) -> None:
    """It is written down as the incident is declared; nothing else becomes trusted by declaring."""
    desk.case(PLAYBOOK)
    assert not desk.trust.holds(PLAYBOOK)
    desk.own = frozenset({digest_of(PLAYBOOK)})
    desk.case(PLAYBOOK)
    desk.own = frozenset()
    assert desk.trust.holds(PLAYBOOK)
    assert not desk.trust.holds(PLAYBOOK + " ")


def test_declaring_needs_no_place_for_trust(tmp_path: Path) -> None:
    """At 3 a.m. a folder that cannot be written hinders nobody; the question comes later instead."""
    (tmp_path / "file").touch()
    desk = Desk(tmp_path / "file")
    desk.own = frozenset({digest_of(PLAYBOOK)})
    desk.trust.must(desk.case(PLAYBOOK))
