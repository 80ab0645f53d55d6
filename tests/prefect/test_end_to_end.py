"""Everything for real: Prefect's server, the flows, forms answered as its pages answer them, mail over SMTP."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reviewflow.cli.prefect_runs import run_deployment
from reviewflow.cli.supervisor import free_port, running
from reviewflow.service.almanac import load_calendars
from reviewflow.service.audit import audit
from reviewflow.service.database import DATABASE
from reviewflow.service.modes import Mode
from reviewflow.service.office import DEFINITIONS, Office, open_office
from reviewflow.service.switching import switch
from tests.notifications.servers import LoopbackServer, PostOffice, words
from tests.prefect.page import Page, until

SHIPPED = Path(__file__).parent.parent.parent / "definitions"


@pytest.fixture
def post_office() -> Iterator[tuple[PostOffice, int]]:
    """A real mail server on the loopback, and its port."""
    office = PostOffice()
    server = LoopbackServer(office)
    server.start()
    yield office, server.port
    server.stop()


def working_days_ago(days: int) -> date:
    calendar = load_calendars(SHIPPED / "calendars.yaml", {})["england"]
    today = datetime.now(UTC).date()
    return calendar.add_working_days(calendar.on_or_before(today), -days)


def environment(folder: Path, port: int) -> dict[str, str]:
    """Without quiet hours, so that letters go at whatever hour this runs."""
    definitions = shutil.copytree(SHIPPED, folder / "definitions")
    partnership = definitions / "partnership.yaml"
    partnership.write_text(partnership.read_text().replace("quiet: 18:00 to 08:00\n", ""))
    return {
        **os.environ,
        DATABASE: f"sqlite:///{folder / 'reviewflow.db'}",
        DEFINITIONS: str(definitions),
        "REVIEWFLOW_MAIL_URL": f"mailto://127.0.0.1:{port}",
        "REVIEWFLOW_SENDER": "Northmoor SCP <reviews@northmoor-scp.example.org>",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    }


OPENING: dict[str, object] = {
    "process": "Rapid review",
    "agencies": ["Northmoor Police", "Northmoor Probation"],
    "opened_by": "Business support officer",
}
SET_UP: dict[str, object] = {
    "agencies_right": True,
    "panel_booked_for": str(working_days_ago(0)),
    "huddle_booked_for": str(working_days_ago(0)),
    "answered_by": "Business support officer",
}


@pytest.mark.slow
def test_a_review_from_the_opening_form_to_a_chased_agency(tmp_path: Path, post_office: tuple[PostOffice, int]) -> None:
    mail, smtp = post_office
    environ = environment(tmp_path, smtp)
    with contextlib.closing(open_office(environ).store) as store:
        switch(Office(store, tmp_path), Mode.LIVE, by="the business manager", now=datetime.now(UTC))
    with running(tmp_path, free_port(), environ) as started:
        page = Page(started.environment["PREFECT_API_URL"])
        the_opening_form_says_what_is_missing(page)
        reference = a_case_is_opened(page)
        a_form_moves_it_on(page, reference)
        run_deployment(started.environment["PREFECT_API_URL"], "chase/chase")
        the_agency_is_chased(mail, reference)
        the_next_sweeps_are_planned(page)
    shutil.rmtree(tmp_path / "prefect")
    with running(tmp_path, free_port(), environ) as started:
        run_deployment(started.environment["PREFECT_API_URL"], "chase/chase")
        names = Page(started.environment["PREFECT_API_URL"]).paused()
        assert names[f"{reference} · Agency summary and chronology · Northmoor Police"]["state_name"] == "Overdue"
        assert f"{reference} · Rapid review" in names
    office = open_office(environ)
    assert audit(office) == (1, [])
    office.store.close()


def the_opening_form_says_what_is_missing(page: Page) -> None:
    refused = page.run("open-case/open-case", {**OPENING, "dates": {"aware": str(working_days_ago(12))}})
    assert (refused["state_type"], refused["state_name"]) == ("COMPLETED", "Refused")
    assert 'The date "notified" is missing' in refused["state"]["message"]


def a_case_is_opened(page: Page) -> str:
    dates = {"aware": str(working_days_ago(12)), "notified": str(working_days_ago(10))}
    opened = page.run("open-case/open-case", {**OPENING, "dates": dates})
    assert opened["state_name"] == "Opened"
    reference = str(opened["state"]["message"]).partition(" ")[0]
    assert reference.startswith("RR-")
    case = page.paused()[f"{reference} · Rapid review"]
    assert case["state_name"] == "Overdue"
    graph = page.ask("GET", f"/flow_runs/{case['id']}/graph-v2")
    assert len(graph["nodes"]) > 20
    return reference


def a_form_moves_it_on(page: Page, reference: str) -> None:
    form = page.paused()[f"{reference} · Set up the review"]
    assert form["state_name"] == "Overdue"
    assert form["expected_start_time"].startswith(str(working_days_ago(9)))
    assert page.resume(form, {"agencies_right": True})["status"] == "REJECT"
    assert page.resume(form, SET_UP)["status"] == "ACCEPT"
    assert page.ended(form["id"])["state_name"] == "Done late"
    agency = until(lambda: page.paused().get(f"{reference} · Agency summary and chronology · Northmoor Police"))
    assert agency["state_name"] == "Overdue"
    assert "owner:police" in agency["tags"]


def the_agency_is_chased(mail: PostOffice, reference: str) -> None:
    assert all(len(envelope.rcpt_tos) == 1 for envelope in mail.envelopes)
    to_police = [each for each in mail.mails if "police" in each["To"]]
    said = [f"{each['Subject']}\n{words(each)}" for each in to_police]
    assert any("Please reply by" in each for each in said), said
    assert any("was due" in each for each in said), said
    assert all(reference in str(each["Subject"]) for each in to_police)


def the_next_sweeps_are_planned(page: Page) -> None:
    wanted = {"flow_runs": {"state": {"name": {"any_": ["Scheduled"]}}, "tags": {"all_": ["auto-scheduled"]}}}
    assert until(lambda: page.ask("POST", "/flow_runs/filter", wanted))
