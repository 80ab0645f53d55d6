"""Everything for real: Prefect's server, the flows, forms answered as its pages answer them, mail over SMTP."""

import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult

from reviewflow.cli.server.ports import free_port
from reviewflow.cli.server.prefect_runs import run_deployment
from reviewflow.cli.server.supervisor import running
from reviewflow.service.delivery.mode import switch
from reviewflow.service.records.audit import audit
from reviewflow.service.views.by_hand.never_mind import ASKED
from reviewflow.service.workspace.database import DATABASE
from reviewflow.service.workspace.days.calendars import load_calendars
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import DEFINITIONS, open_workspace
from reviewflow.store.records import PREFECT
from tests.notifications.servers import LoopbackServer, PostOffice, words
from tests.prefect.page import Page, until
from tests.prefect.strangers import strangers_are_refused

SHIPPED = Path(__file__).parent.parent.parent / "definitions"


@pytest.fixture
def post_office() -> Iterator[tuple[PostOffice, int]]:
    """A real mail server on the loopback, and its port."""
    office = PostOffice()
    server = LoopbackServer(
        office, authenticator=lambda *_: AuthResult(success=True, handled=True), auth_require_tls=False
    )
    server.start()
    yield office, server.port
    server.stop()


SECRET, OPENER, ANSWERER, TYPED = "SECRET-7f3a-Xq9", "Olwen Opener", "Ansel Answerer", "markers typed by hand"
"""A password, two names and a reason: Prefect, its logs and the letters hold none of them."""


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
        "REVIEWFLOW_MAIL_URL": f"mailto://reviews:{SECRET}@127.0.0.1:{port}",
        "REVIEWFLOW_SENDER": "Northmoor SCP <reviews@northmoor-scp.example.org>",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    }


OPENING: dict[str, object] = {
    "day_aware": str(working_days_ago(12)),
    "day_notified": str(working_days_ago(10)),
    "agencies": ["Northmoor Police", "Northmoor Probation"],
    "answered_by": OPENER,
}
SET_UP: dict[str, object] = {
    "agencies_right": True,
    "secure_messages": "Yes",
    "huddle_booked_for": str(working_days_ago(0)),
    "answered_by": ANSWERER,
}


@pytest.mark.slow
def test_a_review_from_the_opening_form_to_a_chased_agency(
    tmp_path: Path, post_office: tuple[PostOffice, int], migrated: Path
) -> None:
    shutil.copytree(migrated, tmp_path / "prefect")
    mail, smtp = post_office
    environ = environment(tmp_path, smtp)
    with open_workspace(environ) as workspace:
        switch(workspace, Mode.LIVE, by="the business manager", now=datetime.now(UTC))
    with running(tmp_path, free_port(), environ) as started:
        page = Page(started.environment)
        reference = a_case_is_opened(page)
        a_form_moves_it_on(page, reference)
        run_deployment(started.environment, "chase/chase")
        the_board_tells_of_this_sweep(page)
        the_agency_is_chased(mail, reference)
        the_next_sweeps_are_planned(page)
        strangers_are_refused(started.environment, some_ids(page))
        a_form_changes_it(page, reference)
    nothing_was_told(tmp_path, mail)
    shutil.rmtree(tmp_path / "prefect")
    shutil.copytree(migrated, tmp_path / "prefect")  # that it sets up an empty folder, the demo of the wheel shows
    with running(tmp_path, free_port(), environ) as started:
        run_deployment(started.environment, "chase/chase")
        names = Page(started.environment).paused()
        assert names[f"{reference} · Agency summary and chronology · Northmoor Police"]["state_name"] == "Overdue"
        assert f"{reference} · Rapid review" in names
    with open_workspace(environ) as workspace:
        assert audit(workspace) == (1, [])
        swept_as = json.loads(workspace.store.last_done()[PREFECT].body)
        assert (swept_as["retry"], swept_as["retries"]) == ([500], 8)  # what the doctor looks at


def a_case_is_opened(page: Page) -> str:
    """What is missing Prefect refuses; what the rules refuse is offered again, with the days that were chosen."""
    run = page.reached(page.start("open-case/open-case", {"process": "Rapid review"}), "PAUSED")
    assert page.resume(run, {ASKED: {**OPENING, "day_notified": None}})["status"] == "REJECT"
    assert page.resume(run, {ASKED: {**OPENING, "agencies": []}})["status"] == "REJECT"
    name, message = page.answer(run, {ASKED: {**OPENING, "day_notified": str(working_days_ago(13))}})
    assert (name, "is before “When did the local authority become aware" in message) == ("Refused", True), message
    form = page.form(run)["properties"]
    assert form["day_aware"]["default"] == OPENING["day_aware"]
    assert "is before “When did" not in str(form), "why it was refused stands above the form, once"
    assert OPENER not in str(form)
    name, message = page.answer(run, {ASKED: OPENING})
    assert name == "Opened"
    reference = message.partition(" ")[0]
    assert reference.startswith("RR-")
    case = page.paused()[f"{reference} · Rapid review"]
    assert case["state_name"] == "Overdue"
    assert "data:image/svg+xml;base64," in page.page_of(reference)
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


def some_ids(page: Page) -> dict[str, str]:
    """What an attack would be aimed at: a form that waits, and the sweep."""
    chase = page.ask("GET", "/deployments/name/chase/chase")["id"]
    return {"chase": chase, "run": next(iter(page.paused().values()))["id"]}


def a_form_changes_it(page: Page, reference: str) -> None:
    run = page.reached(page.start("change-a-case/change-a-case", {"reference": reference}), "PAUSED")
    offered = page.form(run)["properties"]["change"]["enum"]
    skip = next(each for each in offered if each.startswith("Go on without"))
    ended = page.answer(run, {ASKED: {"change": skip, "reason": TYPED, "answered_by": ANSWERER}})
    assert ended == ("Done", f"{reference} was changed; what and why stands in its history.")


def nothing_was_told(folder: Path, mail: PostOffice) -> None:
    """Who did what and why stands in the store alone; a password nowhere."""
    told = "\n".join(everything_in(folder / "reviewflow.db"))
    assert all(marker in told for marker in (OPENER, ANSWERER, TYPED))
    logs = "\n".join(path.read_text(errors="replace") for path in folder.rglob("*.log"))
    assert "Finished in state" in logs
    letters = "\n".join(f"{each['Subject']}\n{words(each)}" for each in mail.mails)
    outbox = "\n".join(everything_in(folder / "reviewflow.db", "notices", "attempts", "letters", "digests", "jobs"))
    prefects = "\n".join(everything_in(folder / "prefect" / "prefect.db"))
    assert "change-a-case" in prefects
    for marker in (SECRET, OPENER, ANSWERER, TYPED):
        assert marker not in prefects + logs + letters + outbox
    assert SECRET not in told


def everything_in(database: Path, *tables: str) -> Iterator[str]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in found:
            if not tables or name in tables:
                yield from map(str, connection.execute(f'SELECT * FROM "{name}"'))


def the_agency_is_chased(mail: PostOffice, reference: str) -> None:
    assert all(len(envelope.rcpt_tos) == 1 for envelope in mail.envelopes)
    to_police = [each for each in mail.mails if "police" in each["To"]]
    said = [f"{each['Subject']}\n{words(each)}" for each in to_police]
    assert any("Please reply by" in each for each in said), said
    assert any("passed before this letter went" in each for each in said), said  # nobody was asked before: not overdue
    assert not any("head.of" in each["To"] for each in to_police)  # it began late: nobody above hears within minutes
    assert all(reference in str(each["Subject"]) for each in to_police)


def the_board_tells_of_this_sweep(page: Page) -> None:
    """What it says of health it says once the sweep is noted and sealed: it said that none had ever run."""
    health = page.page_of("health")
    assert "No sweep has run yet" not in health
    assert "No seal yet" not in health
    assert "| last sweep |" in health


def the_next_sweeps_are_planned(page: Page) -> None:
    wanted = {"flow_runs": {"state": {"name": {"any_": ["Scheduled"]}}, "tags": {"all_": ["auto-scheduled"]}}}
    assert until(lambda: page.ask("POST", "/flow_runs/filter", wanted))
