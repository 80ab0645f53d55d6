"""A sample of the outages in the middle of a sweep that `python -m tests.attack.outages` does all of."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from reviewflow.service.records.audit import audit
from reviewflow.store.errors import HeldByOthers
from tests.attack.blows import OF_KIND, Blow, Outage, interrupted
from tests.attack.damage import begun, make_office
from tests.attack.outages import Tried, wrong_mails
from tests.attack.places import File, Server

SERVER = "postgresql"
KINDS = ["sqlite", SERVER]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def tried(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tried:
    folder = tmp_path_factory.mktemp("office")
    if request.param == "sqlite":
        return Tried(make_office(folder, File(folder)))
    server = Server(request.getfixturevalue("postgresql_server"), "outage")
    server.empty()
    return Tried(make_office(folder, server))


@pytest.mark.parametrize("tried", KINDS, indirect=True)
def test_the_sweep_that_comes_after_makes_all_of_it_good(tried: Tried, tmp_path: Path) -> None:
    statuses = [key[-1] for key in tried.expected.letters]
    assert statuses.count("sent") > 10
    assert tried.statements > 100
    chance = Random(26)
    blows = [Blow(way, chance.randrange(tried.statements) + 1) for way in OF_KIND[tried.dialect]]
    assert [came.fault for blow in blows if (came := tried.strike(blow, tmp_path / "copy")).fault] == []


@pytest.mark.parametrize("tried", [SERVER], indirect=True)
@pytest.mark.parametrize("outage", [Outage.LINE, Outage.RESTART])
def test_an_audit_that_is_broken_off_calls_nothing_damaged(tried: Tried, tmp_path: Path, outage: Outage) -> None:
    url = tried.office.copied(tmp_path / "copy")
    with tried.office.workspace(url, tmp_path) as workspace:
        begun(workspace)
        assert audit(workspace)[1] == []
        with interrupted(workspace.store.driver, Blow(outage, 9)), pytest.raises(HeldByOthers, match="cannot be used"):
            audit(workspace)


def test_a_letter_that_is_lost_or_goes_twice_too_often_would_be_seen(tmp_path: Path) -> None:
    tried = Tried(make_office(tmp_path, File(tmp_path)))
    seen = tried.expected
    lost = seen.letters - Counter([next(iter(seen.letters))])
    assert (bool([*tried.differences(seen._replace(letters=lost))]), [*tried.differences(seen)]) == (True, [])
    mails = [("TR-2026-001/1.1", "Date: 1\nText"), ("TR-2026-001/1.1", "Date: 2\nText")]
    assert [*wrong_mails(mails)] == []
    assert [*wrong_mails([*mails, *[("TR-2026-001/1.2", "Text")] * 2])] != []
    assert [*wrong_mails([*mails, ("TR-2026-001/1.1", "Another")])] != []
