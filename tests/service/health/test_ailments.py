"""Each thing that the doctor can find is made to happen, and has its place in docs/doctor.md."""

import json
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest

from reviewflow.london import stamp
from reviewflow.service.health.ailment import Ailment
from reviewflow.service.health.finding import HealthState
from reviewflow.service.health.sweeping import database_clock
from reviewflow.store.records import PREFECT
from tasks.outside.prefect_server import SET, TRIED, prefect_server
from tests.notifications.servers import LoopbackServer, PostOffice
from tests.service.builders import at
from tests.service.health.ward import (
    HAPPENS,
    NOW,
    SIGN_IN,
    WATCH,
    Ward,
    ailing,
    backup_old,
    inside,
    mail,
    prefect,
    prefect_answering,
    ward,
)

__all__ = ["ward"]

PAGE = Path(__file__).parents[3] / "docs" / "doctor.md"


def test_nothing_ails_an_office_that_is_well(ward: Ward) -> None:
    assert ailing(inside(ward)) == {}
    assert ailing(prefect(ward)) == {}
    assert ailing(database_clock(ward.workspace, datetime.now(UTC))) == {}


def test_nothing_ails_mail_that_leaves(ward: Ward) -> None:
    server = LoopbackServer(post := PostOffice())
    server.start()
    try:
        ward.live()
        ward.environ["REVIEWFLOW_MAIL_URL"] = f"mailto://127.0.0.1:{server.port}"
        assert set(ailing(mail(ward))) == {Ailment.BOUNCES_UNREAD}
        assert post.mails == []
    finally:
        server.stop()


@pytest.mark.parametrize("ailment", Ailment)
def test_each_is_found_when_it_happens_and_says_what_to_do(ailment: Ailment, ward: Ward) -> None:
    happen, look = HAPPENS[ailment]
    happen(ward)
    found = ailing(look(ward))[ailment]
    assert found.verdict is not HealthState.GOOD
    assert found.remedy
    assert not found.says.endswith(".")
    assert not found.remedy.endswith(".")
    assert "secret" not in found.says
    assert "password@" not in found.says


def test_a_watch_is_judged_once_a_sweep_has_said_how_often_runs_live(ward: Ward) -> None:
    """Before the first one nobody can tell, and a new office was told that its own watch ends healthy runs."""
    with prefect_answering({"automations": [WATCH]}) as api:
        named = {"PREFECT_API_URL": api, "PREFECT_API_AUTH_STRING": SIGN_IN}
        assert [found.says for found in prefect_server(ward.workspace, named) if found.about == SET] == [
            "They are safe"
        ]
        ward.store.note_done(PREFECT, stamp(NOW), json.dumps({"retry": [500], "retries": 8, "heartbeat": 30}))
        assert [found.ailment for found in prefect_server(ward.workspace, named)][-1] is Ailment.PREFECT_KILLS


def test_each_has_its_place_on_the_page_in_order() -> None:
    assert re.findall(r"^### (\S+)$", PAGE.read_text(), re.MULTILINE) == [*Ailment]


def test_the_version_that_is_installed_is_one_that_was_tried() -> None:
    assert version("prefect") in TRIED


def test_whoever_watches_is_told_the_name(ward: Ward) -> None:
    from typer.testing import CliRunner

    from reviewflow.cli import app

    backup_old(ward)
    for name, value in ward.environ.items():
        ward.patch.setenv(name, value)
    done = CliRunner().invoke(app, ["doctor", "--now", "2026-05-19T13:00"])
    assert done.exit_code == 1
    assert "What to do: make one, and let a timer do so each night" in done.output
    assert "[backup-old]" in done.output
    assert "mail server: Not asked: delivery is test" in done.output
    assert "Prefect: Not asked" in done.output


@pytest.mark.parametrize(("hours", "late"), [(1, False), (2, True)])
def test_where_prefect_sweeps_one_is_missed_after_an_hour(hours: int, late: bool, ward: Ward) -> None:
    ward.store.note_done(PREFECT, stamp(at(19, 11)), "{}")
    ward.now = at(19, 11 + hours)
    assert (Ailment.SWEEP_LATE in ailing(inside(ward))) is late
    ward.store.note_done(PREFECT, stamp(at(17, 11)), "{}")
    assert Ailment.SWEEP_LATE not in ailing(inside(ward))
