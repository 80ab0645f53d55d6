"""Prefect's pages behind our door, in a real browser: they work whole, ask nobody else, and show what decides."""

import base64
import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

from reviewflow.case.rules.standing import Standing
from reviewflow.cli.server.ports import free_port
from reviewflow.cli.server.supervisor import prefect_environment
from reviewflow.service.health.ailment import Ailment
from reviewflow.service.views.by_hand.never_mind import is_put_away
from reviewflow.service.views.by_hand.offered_again import offered_again
from reviewflow.service.views.in_prefect.shown import Bar, CaseView
from reviewflow.service.views.in_prefect.summary import summary_page
from reviewflow.service.views.manual_changes import ChangeKind
from reviewflow.service.views.manual_changes import form as change_form
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import PREFECT
from reviewflow.store.store import open_store
from tasks.forms.waiting_forms import read_form, wait_for
from tasks.outside.prefect_server import prefect_server
from tasks.server.prefect_api import connected
from tasks.views.view import reconcile_with
from tests.browser.page_failures import failures_of
from tests.prefect.conftest import answers, child, migrated, until
from tests.service.conftest import TOY
from tests.service.views.lines import line
from tests.service.views.lines import page as case_page

__all__ = ["migrated"]

pytestmark = pytest.mark.slow

TODAY, DUE = date(2026, 5, 13), date(2026, 5, 14)
PATIENCE = 120
PASSWORDS = {
    "PREFECT_SERVER_DOCKET_URL": "memory://prefect:Zqdocketzq@prefect-server",
    "PREFECT_SERVER_API_AUTH_STRING": "reviewflow:Zqsigninzq",
    "PREFECT_SERVER_ENCRYPTION_KEY": "Zqencryptionzq",
    "PREFECT_API_KEY": "Zqkeyzq",
    "PREFECT_REDIS_MESSAGING_URL": "redis://:Zqredis/@zq@127.0.0.1/1",
}
"""What Prefect is told, each with a password; that of the first its own settings show."""
PAGES = ("/runs", "/artifacts", "/deployments", "/events", "/automations", "/dashboard")


@pytest.fixture(scope="module")
def address(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A server behind our door with one case in it: its address, and what a person types to sign in."""
    home, port = tmp_path_factory.mktemp("prefect-pages"), free_port()
    shutil.copytree(migrated, home / "prefect")
    environment = prefect_environment(home, port, {"PATH": "/usr/bin:/bin", "REVIEWFLOW_LOG": "json", **PASSWORDS})
    url, secret = environment["PREFECT_API_URL"], environment["PREFECT_API_AUTH_STRING"]
    command = ["-m", "flows.server", "--host", "127.0.0.1", "--port", str(port)]
    settings = {PREFECT_API_URL: url, PREFECT_API_AUTH_STRING: secret}
    with child(command, environment, home / "server.log"), temporary_settings(settings):
        until(lambda: answers(url), PATIENCE)
        with connected() as prefect:
            reconcile_with(prefect, [case()], [], {})
        yield url.removesuffix("/api"), secret


def case() -> CaseView:
    """With a limit, two late things, and its drawing."""
    limit = line("submission", due=DUE, days="1 working day left", forecast="unlikely: held up by the returns")
    late = [
        line(f"agency_return/{who}", Standing.OVERDUE, due=TODAY, days="3 working days overdue", sent=2)
        for who in ("police", "health")
    ]
    bars = [Bar("Overdue: Agency return · Police", Standing.OVERDUE, date(2026, 5, 5), TODAY)]
    text = summary_page(case_page(*late, limits=(limit,)), (), bars, TODAY)
    return CaseView("TR-2026-001", "TR-2026-001 · Review", "Overdue", "2 overdue", 3, due=DUE, page=text)


@pytest.fixture
def signed_in(page: Page, address: tuple[str, str]) -> Page:
    """A browser that was signed in, 800 pixels wide."""
    secret = base64.b64encode(address[1].encode()).decode()
    page.add_init_script(f"localStorage.setItem('prefect-password', '{secret}')")
    page.set_viewport_size({"width": 800, "height": 1000})
    return page


def test_no_page_fails_or_asks_another_machine(signed_in: Page, address: tuple[str, str]) -> None:
    failed = failures_of(signed_in)
    for path in PAGES:
        signed_in.goto(address[0] + path)
        signed_in.wait_for_load_state("networkidle")
        assert "/v2" not in signed_in.url
    assert failed == []


def test_the_newer_pages_leave_no_mark_in_a_browser(signed_in: Page, address: tuple[str, str]) -> None:
    """They counted visitors though that is switched off: a cookie told one browser from another, for a year."""
    failed = failures_of(signed_in)
    for path in ("/v2/runs", "/v2/dashboard", "/v2/deployments"):
        signed_in.goto(address[0] + path)
        signed_in.wait_for_load_state("networkidle")
        assert "/v2/" in signed_in.url
        signed_in.evaluate("localStorage.setItem('kept', '1')")
    signed_in.evaluate("document.cookie = 'AMP_before=1; path=/'; document.cookie = 'ours=1; path=/'")
    assert [cookie["name"] for cookie in signed_in.context.cookies()] == ["ours"]
    assert signed_in.evaluate("Object.keys(localStorage).filter(key => key.startsWith('AMP'))") == []
    assert signed_in.evaluate("localStorage.getItem('kept')") == "1"
    assert failed == []


def test_a_mark_of_before_is_cleared(signed_in: Page, address: tuple[str, str]) -> None:
    signed_in.context.add_cookies([{"name": "AMP_before", "value": "1", "url": address[0]}])
    signed_in.goto(f"{address[0]}/v2/runs")
    signed_in.wait_for_load_state("networkidle")
    assert signed_in.context.cookies() == []


def test_the_page_of_a_case_shows_its_drawing_and_what_decides(signed_in: Page, address: tuple[str, str]) -> None:
    failed = failures_of(signed_in)
    user, _, password = address[1].partition(":")
    found = httpx.post(f"{address[0]}/api/artifacts/latest/filter", json={}, auth=(user, password)).json()
    [latest] = [page["latest_id"] for page in found if page["key"] == "tr-2026-001"]
    signed_in.goto(f"{address[0]}/page/tr-2026-001")
    assert signed_in.url == f"{address[0]}/artifacts/artifact/{latest}"
    picture = signed_in.locator("img[alt^='The case drawn']")
    picture.wait_for()
    assert picture.evaluate("image => image.complete && image.naturalWidth") == 760
    for words in ("unlikely: held up by the returns", "3 working days overdue, 2 reminders written"):
        cell = signed_in.get_by_text(words).first
        box = cell.bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 800
    assert failed == []


def test_a_case_is_listed_under_how_it_stands_and_its_own_page_works(signed_in: Page, address: tuple[str, str]) -> None:
    """Prefect's drawing of a run failed under our own policy, and took the rest of its page with it."""
    failed = failures_of(signed_in)
    signed_in.goto(f"{address[0]}/runs?tag=reviewflow&type=range&startDate=2026-01-01&endDate=2027-12-31")
    signed_in.get_by_text("Overdue · TR-2026-001 · Review").first.click()
    signed_in.get_by_role("button", name="Resume").first.wait_for()
    signed_in.wait_for_load_state("networkidle")
    assert failed == []


def test_a_case_has_an_address_that_stays(signed_in: Page, address: tuple[str, str]) -> None:
    """As a letter keeps it; of a case that is not known it leads to the list, which is empty."""
    signed_in.goto(f"{address[0]}/case/tr-2026-001")
    signed_in.get_by_text("Overdue · TR-2026-001 · Review").first.wait_for()
    assert "/runs/flow-run/" in signed_in.url
    unknown = httpx.get(f"{address[0]}/case/TR-1900-001")
    assert (unknown.status_code, unknown.headers["location"]) == (302, "/runs?tag=TR-1900-001")
    assert httpx.get(f"{address[0]}/case/a%2f..%2fb").status_code != 302


def test_a_page_leads_to_another_by_an_address_that_stays_whenever_each_was_written(
    signed_in: Page, address: tuple[str, str]
) -> None:
    """By its key Prefect shows when a page was written, which is all that a case's page led to until it changed."""
    assert httpx.get(f"{address[0]}/page/not-written-yet").headers["location"] == "/artifacts"
    signed_in.goto(f"{address[0]}/page/TR-2026-001")
    signed_in.get_by_role("link", name="Today").first.wait_for()
    with connected() as prefect:
        [run] = prefect.runs(None)
        prefect.write_page(run.id, "today", "# Seven things are late", "Today", anywhere=True)
    with signed_in.context.expect_page() as beside:  # Prefect's older pages open what they lead to in another tab
        signed_in.get_by_role("link", name="Today").first.click()
    beside.value.get_by_role("heading", name="Seven things are late").wait_for()
    assert "/artifacts/artifact/" in beside.value.url


def test_a_list_to_choose_from_opens_when_it_is_pressed(signed_in: Page, address: tuple[str, str]) -> None:
    """It opened and closed at once: nobody could choose a saved filter, or what a form asks, by mouse."""
    signed_in.goto(f"{address[0]}/runs")
    listed = signed_in.locator(".saved-filters button.p-select-button__control")
    choice = signed_in.get_by_role("option", name="Past week")
    for open_it in (listed.click, lambda: listed.press("Enter"), lambda: listed.press("Space")):
        open_it()
        choice.wait_for()
        listed.click()
        choice.wait_for(state="detached")
    listed.click()
    choice.click()
    choice.wait_for(state="detached")
    signed_in.wait_for_url("**type=span**")


def test_no_password_stands_in_any_page_about_settings(signed_in: Page, address: tuple[str, str]) -> None:
    base, secret = address
    user, _, password = secret.partition(":")
    paths = ("/api/admin/settings", "/api/admin/version", "/ui-settings", "/api/health", "/openapi.json")
    asked = {path: httpx.get(f"{base}{path}", auth=(user, password), timeout=PATIENCE) for path in paths}
    assert asked["/api/admin/settings"].json()["server"]["docket"]["url"] == "memory://********@prefect-server"
    assert asked["/api/admin/settings"].json()["server"]["database"]["connection_url"] == "**********"
    signed_in.goto(f"{base}/settings")
    signed_in.get_by_text("docket").first.wait_for()
    shown = [*(reply.text for reply in asked.values()), signed_in.content(), signed_in.inner_text("body")]
    assert [text for text in shown if "Zq" in text] == []


def test_the_doctor_finds_that_this_server_is_safe(address: tuple[str, str], tmp_path: Path) -> None:
    base, secret = address
    store = open_store(f"sqlite:///{tmp_path}/office.db")
    store.migrate()
    client = {"api": f"{base}/api", "retry": [500], "retries": 8, "heartbeat": 180}
    store.note_done(PREFECT, "2026-05-19T09:00:00+00:00", json.dumps(client))
    office = Workspace(store, TOY)
    found = list(prefect_server(office, {"PREFECT_API_AUTH_STRING": secret}))
    assert [finding.says for finding in found] == ["It answers, and is version 3.9.1, which was tried", "They are safe"]
    [locked] = prefect_server(office, {"PREFECT_API_AUTH_STRING": "reviewflow:another"})
    assert locked.ailment is Ailment.PREFECT_LOCKED
    store.close()


def a_form_that_waits(address: tuple[str, str]) -> tuple[str, dict[str, object]]:
    """The page of a run that waits with the form of a change, as a run of ours lays it out, and what the form asks."""
    possible = {"Hold: A court": (ChangeKind.HOLD, "court"), "End it": (ChangeKind.END, "ended")}
    form = change_form("TR-2026-001", possible, {"chair": "The chair"})
    user, _, password = address[1].partition(":")
    with httpx.Client(base_url=f"{address[0]}/api", auth=(user, password), timeout=PATIENCE) as client:
        flow = client.post("/flows/", json={"name": "change-a-case"}).json()["id"]
        deployment = client.post("/deployments/", json={"name": "change-a-case", "flow_id": flow}).json()["id"]
        pending = {"flow_id": flow, "deployment_id": deployment, "state": {"type": "PENDING"}}
        run = str(client.post("/flow_runs/", json=pending).json()["id"])
    wait_for(run, "Change TR-2026-001", form)
    return run, form


def press_resume(page: Page, address: tuple[str, str], run: str) -> None:
    page.goto(f"{address[0]}/runs/flow-run/{run}")
    page.get_by_role("button", name="Resume").first.click()
    page.get_by_role("button", name="Fill in").wait_for()


def submit(page: Page, run: str) -> Mapping[str, object] | None:
    """The answers that Prefect took, as a flow of ours reads them.

    The browser is waited for, because its requests stand still while this program waits for something else.
    """
    with page.expect_response("**/resume") as answered:
        page.get_by_role("button", name="Submit").click()
    assert answered.value.json()["status"] == "ACCEPT"
    return read_form(run)


def test_a_form_that_can_be_put_away_says_by_question_what_it_lacks(signed_in: Page, address: tuple[str, str]) -> None:
    run, _ = a_form_that_waits(address)
    press_resume(signed_in, address, run)
    labels = signed_in.locator(".p-modal, [role=dialog]").last.inner_text()
    assert "What is to be changed?\n" in labels
    assert "What is to be changed? (Optional)" not in labels
    assert "To which day? (Optional)" in labels
    signed_in.get_by_role("button", name="Submit").click()
    for question in ("change", "reason", "answered_by"):
        signed_in.get_by_text(f"'{question}' is a required property").wait_for()
    assert read_form(run) is None


def test_a_form_is_put_away_without_an_answer(signed_in: Page, address: tuple[str, str]) -> None:
    run, _ = a_form_that_waits(address)
    press_resume(signed_in, address, run)
    signed_in.get_by_role("button", name="Never mind").click()
    signed_in.get_by_text("The form goes away with what was typed in it, and nothing is recorded.").wait_for()
    signed_in.get_by_role("switch", checked=True).wait_for()
    assert is_put_away(submit(signed_in, run))


def test_a_form_that_was_refused_has_what_was_chosen_in_it_again(signed_in: Page, address: tuple[str, str]) -> None:
    run, form = a_form_that_waits(address)
    wait_for(run, "Change TR-2026-001", offered_again(form, {"change": "End it"}), refused="Say why.")
    press_resume(signed_in, address, run)
    texts = signed_in.locator("[role=dialog] textarea, .p-modal textarea")
    texts.nth(0).fill("It was agreed")
    texts.nth(1).fill("The chair")
    assert submit(signed_in, run) == {"change": "End it", "reason": "It was agreed", "answered_by": "The chair"}
