"""Prefect's pages used by mouse and keyboard: forms answered all of the way into the store, links pressed."""

import base64
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from reviewflow.case.model.commands import Open
from reviewflow.cli.server.ports import free_port
from reviewflow.cli.server.prefect_runs import run_deployment
from reviewflow.cli.server.supervisor import running
from reviewflow.service.commands.carry_out import open_case
from reviewflow.service.workspace.database import DATABASE
from reviewflow.service.workspace.days.calendars import load_calendars
from reviewflow.service.workspace.workspace import DEFINITIONS, open_workspace
from tests.browser.page_failures import failures_of
from tests.browser.prefect_forms import OpenForm
from tests.prefect.conftest import migrated

__all__ = ["migrated"]

pytestmark = pytest.mark.slow

SHIPPED = Path(__file__).parent.parent.parent / "definitions"
OFFICER = "Business support officer"
SET_UP, PANEL = "Set up the review", "Fix the day of the rapid review panel"
AGENCIES_RIGHT, MESSAGES_GONE = "The agencies of the case are the right ones", "Have the secure messages"
HUDDLE, MEETING, MEMBERS = "executive huddle booked", "panel meeting booked", "Which of its members"
PATIENCE = 90_000
"""In milliseconds, until what somebody answered is shown on a busy machine."""


@dataclass(frozen=True)
class AtWork:
    """An office at work: where Prefect's pages are, how one signs in, what the office is told, its one case."""

    address: str
    sign_in: str
    environ: Mapping[str, str]
    reference: str

    def answered(self, step: str) -> list[Mapping[str, object]]:
        """What the store has of each time that the step was completed."""
        with open_workspace(self.environ) as office:
            events = [json.loads(each.body) for each in office.store.events(self.reference) if each.kind == "Completed"]
        return [{**event.get("answers", {}), **event.get("said", {})} for event in events if event["item"] == step]


def working_day(days: int) -> date:
    """So many working days from today, or before it."""
    calendar = load_calendars(SHIPPED / "calendars.yaml", {})["england"]
    return calendar.add_working_days(calendar.on_or_before(datetime.now(UTC).date()), days)


@pytest.fixture(scope="module")
def at_work(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    """With a review that was notified three working days ago, in which nobody has done anything."""
    home = tmp_path_factory.mktemp("prefect-forms")
    shutil.copytree(migrated, home / "prefect")
    environ = {
        **os.environ,
        DATABASE: f"sqlite:///{home / 'reviewflow.db'}",
        DEFINITIONS: str(SHIPPED),
        "REVIEWFLOW_DELIVERY": "test",
        "REVIEWFLOW_OUTBOX_FOLDER": str(home / "messages"),
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
    }
    opening = Open({"aware": working_day(-4), "notified": working_day(-3)}, ("police", "probation"))
    with open_workspace(environ) as office:
        reference = open_case(office, "rapid_review", opening, by=OFFICER, now=datetime.now(UTC)).case.reference
    with running(home, free_port(), environ) as started:
        run_deployment(started.environment, "chase/chase")
        yield AtWork(started.address, started.sign_in, environ, reference)


@pytest.fixture
def signed_in(page: Page, at_work: AtWork) -> Iterator[Page]:
    """A browser that was signed in; nothing may fail in its pages."""
    failed = failures_of(page)
    secret = base64.b64encode(at_work.sign_in.encode()).decode()
    page.add_init_script(f"localStorage.setItem('prefect-password', '{secret}')")
    page.set_viewport_size({"width": 1200, "height": 1000})
    yield page
    assert failed == []


def open_form(page: Page, at_work: AtWork, step: str) -> OpenForm:
    """From the list of runs to the form of what is overdue."""
    page.goto(f"{at_work.address}/runs")
    page.get_by_role("link", name=f"Overdue · {at_work.reference} · {step}").first.click()
    return OpenForm(page)


def set_up(form: OpenForm, huddle: date) -> None:
    form.confirm(AGENCIES_RIGHT)
    form.choose(MESSAGES_GONE, "Yes")
    form.day(HUDDLE, huddle)
    form.write("Who answers this", OFFICER)
    assert form.submit() == "ACCEPT"


def comes_to(page: Page, standing: str, at_work: AtWork, step: str) -> None:
    """Wait until the page of the run is called so."""
    page.get_by_text(f"{standing} · {at_work.reference} · {step}").first.wait_for(timeout=PATIENCE)


def test_a_form_that_is_refused_is_corrected_and_recorded(signed_in: Page, at_work: AtWork) -> None:
    """That a day is too late Prefect cannot know: the office's rules say so, on the page of the run, and ask again."""
    set_up(open_form(signed_in, at_work, SET_UP), working_day(20))
    comes_to(signed_in, "Refused", at_work, SET_UP)
    signed_in.get_by_text("is still open; nothing was lost. Correct this and send it again.").first.wait_for(
        timeout=PATIENCE
    )
    assert at_work.answered("set_up") == []
    huddle = working_day(11)
    set_up(open_form(signed_in, at_work, SET_UP), huddle)
    comes_to(signed_in, "Done late", at_work, SET_UP)
    told = {"agencies_right": "yes", "secure_messages": "yes", "huddle_booked_for": huddle.isoformat()}
    assert at_work.answered("set_up") == [told]


def test_several_are_chosen_from_a_list_and_recorded(signed_in: Page, at_work: AtWork) -> None:
    form, panel = open_form(signed_in, at_work, PANEL), working_day(7)
    form.day(MEETING, panel)
    form.choose(MEMBERS, "Partnership business manager", "Legal adviser to the partnership")
    form.write("Who answers this", OFFICER)
    assert form.submit() == "ACCEPT"
    comes_to(signed_in, "Done late", at_work, PANEL)
    members = ["business_manager", "legal_adviser"]
    assert at_work.answered("book_panel") == [{"panel_booked_for": panel.isoformat(), "panel_members": members}]


def test_links_of_the_newer_pages_stay_among_them(signed_in: Page, at_work: AtWork) -> None:
    """From the list of pages to today, and from there to each page, to the case and to its run."""
    signed_in.goto(f"{at_work.address}/v2/artifacts")
    signed_in.get_by_role("link", name="today").first.click()
    signed_in.locator("a[href*='/v2/artifacts/artifact/']").first.click()
    today = signed_in.get_by_role("heading", name="Today: ")
    for page in ("Cases", "Agencies", "Actions", "The year", "Health"):
        today.wait_for()
        signed_in.get_by_role("link", name=page, exact=True).first.click()
        signed_in.get_by_role("heading", name=f"{page}: ").wait_for()
        assert "/v2/artifacts/artifact/" in signed_in.url
        signed_in.go_back()
    signed_in.get_by_role("link", name=at_work.reference, exact=True).first.click()
    case = f"{at_work.reference} · Rapid review"
    signed_in.get_by_role("heading", name=case).wait_for()
    signed_in.get_by_role("link", name=f"Overdue · {case}").first.click()
    signed_in.wait_for_url("**/v2/runs/flow-run/**")
