"""What monitors ask of the answer pages: alive, able to serve, and figures that name nobody."""

from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from reviewflow.service.sign_ins.failed import FailedSignIns
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import BACKUP
from reviewflow.store.store import open_store
from tests.service.builders import at, done
from tests.web.letters import TOY, URL, Post


def here(post: Post) -> TestClient:
    return TestClient(post.app, base_url=URL)


def figures(text: str) -> dict[str, float]:
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_figures_are_those_of_the_office(post: Post, case: str) -> None:
    done(post.workspace, case, "agency_return/police", at(12))
    record_sweep(post.workspace, (at(12, 8), at(12, 9)), chased=0, sent=0, failed=0, note="")
    record_sweep(post.workspace, (at(12, 9), at(12, 10)), chased=0, sent=0, failed=0, note="2 parts failed")
    post.workspace.store.note_done(BACKUP, "2026-05-12T02:00:00+00:00")
    failed = FailedSignIns()
    for day in (12, 20):
        failed.count(post.workspace, now=at(day))
    post.now = at(20)
    reply = here(post).get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=")
    found = figures(reply.text)
    assert found["reviewflow_open_cases"] == 1
    assert found["reviewflow_items open"] > found["reviewflow_items late"] > 0
    assert found["reviewflow_last_good_sweep_age_seconds"] == 8 * 24 * 3600 + 3600
    assert found["reviewflow_backup_age_seconds"] == 8 * 24 * 3600 + 8 * 3600
    assert found["reviewflow_trouble"] == 0
    assert found["reviewflow_failed_sign_ins"] == 1  # the other is of another day
    assert found["reviewflow_messages sent"] == 2
    words = {name.partition(" ")[2]: value for name, value in found.items() if name.startswith("reviewflow_forecasts ")}
    assert set(words) == {"met", "on_course", "tight", "unlikely", "held:_cannot_be_told", "missed"}
    assert sum(words.values()) == 1


def test_no_figure_names_a_case_an_agency_or_a_person(post: Post, case: str) -> None:
    text = here(post).get("/metrics").text.casefold()
    for name in (case, case[:2] + "-", "police", "health trust", "toyshire", "@", "tester", "meeting", "summary"):
        assert name.casefold() not in text


def test_nobody_gets_figures_but_this_machine(post: Post, case: str) -> None:
    client = here(post)
    assert client.get("/metrics").status_code == 200
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        assert client.get("/metrics", headers={header: "203.0.113.9"}).status_code == 404
    post.url = "https://reviews.example.gov.uk"
    public = TestClient(post.app, base_url=post.url)
    assert (public.get("/metrics").status_code, public.get("/ready").status_code) == (404, 200)


def test_it_is_ready_when_the_database_answers_and_is_up_to_date(post: Post, case: str) -> None:
    client = here(post)
    assert (client.get("/ready").status_code, client.get("/ready").text) == (200, "ready")
    post.workspace.store.driver.commit([("UPDATE alembic_version SET version_num = '0009'", ())])
    reply = client.get("/ready")
    assert (reply.status_code, reply.text) == (503, "The database is of another version.")
    assert client.get("/health").text == "up"


def test_it_is_not_ready_without_a_database(post: Post) -> None:
    post.workspace = Workspace(open_store("postgresql://nobody:secret@127.0.0.1:1/none"), TOY)
    reply = here(post).get("/ready")
    assert (reply.status_code, reply.text) == (503, "The database does not answer.")
    assert here(post).get("/health").status_code == 200
