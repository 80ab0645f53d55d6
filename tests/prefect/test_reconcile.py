"""Whatever happened in Prefect, reconciling shows again what the store says, and costs nothing when it does."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta
from typing import Any

import httpx
import pytest

from reviewflow.language.model import Agency, Partnership
from reviewflow.service.views.in_prefect.shown import OWED, Standing, WorkView
from tasks.server import filters
from tasks.server.prefect_api import FORM, TERMINAL, Prefect, falls_due
from tasks.views.view import reconcile, reconcile_with
from tests.prefect import builders as b

pytestmark = pytest.mark.slow

NOTHING_NEW = 2
"""Calls: what has not ended, and what has but is still tagged as owed."""


@pytest.fixture
def name() -> str:
    return b.reference()


def tagged(api: httpx.Client, name: str, flow: str = "work-item") -> list[dict[str, Any]]:
    wanted = {"flows": {"name": {"any_": [flow]}}, "flow_runs": {"tags": {"all_": ["reviewflow", name]}}}
    found: list[dict[str, Any]] = api.post("/flow_runs/filter", json={**wanted, "sort": "ID_DESC"}).json()
    return found


def alive(api: httpx.Client, name: str, flow: str = "work-item") -> list[dict[str, Any]]:
    return [run for run in tagged(api, name, flow) if run["state_type"] not in TERMINAL]


def shown(api: httpx.Client, name: str) -> dict[str, str]:
    return {run["parameters"]["item"]: run["state"]["name"] for run in alive(api, name)}


def wipe(api: httpx.Client) -> None:
    while found := api.post("/flow_runs/filter", json={}).json():
        for run in found:
            api.delete(f"/flow_runs/{run['id']}")


def force(api: httpx.Client, run: dict[str, Any], kind: str) -> None:
    body = {"force": True, "state": {"type": kind}}
    api.post(f"/flow_runs/{run['id']}/set_state", json=body).raise_for_status()


def answer(api: httpx.Client, run: dict[str, Any]) -> None:
    reply = api.post(f"/flow_runs/{run['id']}/resume", json={"run_input": b.ANSWERS}).json()
    assert reply["status"] == "ACCEPT", reply


def settle(prefect: Prefect, name: str, *work: WorkView, ended: Standing = Standing.DONE) -> dict[str, int]:
    """Only work, of this case only; says what was done to it."""
    mine = b.work(name).key
    return dict(reconcile_with(prefect, [], work, {mine: ended}, within={name}).work)


def test_open_work_waits_with_its_form_at_the_day_it_falls_due(prefect: Prefect, api: httpx.Client, name: str) -> None:
    wanted = b.work(name, due=b.in_days(-3), standing=Standing.OVERDUE)
    assert settle(prefect, name, wanted) == {"opened": 1}
    [run] = alive(api, name)
    assert (run["state"]["type"], run["state"]["name"], run["name"]) == (
        "PAUSED",
        "Overdue",
        f"Overdue · {wanted.title}",
    )
    assert run["expected_start_time"][:16] == falls_due(b.in_days(-3)).isoformat()[:16]
    assert set(run["tags"]) == {"reviewflow", name, "owner:police"}
    assert prefect.read_input(run["id"], FORM["schema"]) == b.FORM
    assert prefect.read_input(run["id"], FORM["description"]) == wanted.help


def test_work_is_renamed_as_it_gets_late(prefect: Prefect, api: httpx.Client, name: str) -> None:
    settle(prefect, name, b.work(name))
    for standing in (Standing.DUE_SOON, Standing.OVERDUE):
        assert settle(prefect, name, b.work(name, standing=standing)) == {"changed": 1}
        assert settle(prefect, name, b.work(name, standing=standing)) == {"unchanged": 1}
    assert shown(api, name) == {b.work(name).key: "Overdue"}
    assert len(tagged(api, name)) == 1


def test_a_form_a_title_and_tags_change_on_the_same_page(prefect: Prefect, api: httpx.Client, name: str) -> None:
    settle(prefect, name, b.work(name))
    form = {"title": "Shorter", "type": "object", "properties": {"by": {"type": "string"}}}
    changed = b.work(name, form=form, help="", title=f"{name} · Return", tags=("owner:health",))
    assert settle(prefect, name, changed) == {"changed": 1}
    assert settle(prefect, name, changed) == {"unchanged": 1}
    [run] = tagged(api, name)
    assert (run["name"], prefect.read_input(run["id"], FORM["schema"])) == (f"Waiting · {name} · Return", form)
    assert set(run["tags"]) == {"reviewflow", name, "owner:health"}


@pytest.mark.parametrize("ended", [Standing.DONE, Standing.DONE_LATE, Standing.NOT_NEEDED])
def test_work_that_is_no_longer_open_is_completed(
    prefect: Prefect, api: httpx.Client, name: str, ended: Standing
) -> None:
    settle(prefect, name, b.work(name))
    assert settle(prefect, name, ended=ended) == {"closed": 1}
    assert settle(prefect, name, ended=ended) == {}
    [run] = tagged(api, name)
    assert (run["state"]["type"], run["state"]["name"]) == ("COMPLETED", ended)
    assert run["name"] == f"{ended} · {b.work(name).title}"


def test_what_is_owed_no_more_is_found_among_the_overdue_no_more(
    prefect: Prefect, api: httpx.Client, name: str
) -> None:
    tags = ("owed", "overdue", "owner:police")
    late = [b.work(name, owner, tags=tags, standing=Standing.OVERDUE) for owner in ("police", "health", "school")]
    reconcile_with(prefect, [], late, {}, within={name})
    by_hand = next(run for run in alive(api, name) if run["parameters"]["item"] == late[1].key)
    force(api, by_hand, "CANCELLED")
    reconcile_with(prefect, [], late[2:], {late[0].key: Standing.DONE_LATE}, within={name})
    found = {run["name"].partition(" · ")[0]: set(run["tags"]) for run in tagged(api, name)}
    ended = {"reviewflow", name, "owner:police"}
    assert found == {"Done late": ended, "Cancelled": ended, "Overdue": {*ended, "owed", "overdue"}}


def test_a_moved_due_date_closes_the_run_and_opens_another(prefect: Prefect, api: httpx.Client, name: str) -> None:
    settle(prefect, name, b.work(name))
    assert settle(prefect, name, b.work(name, due=b.in_days(20))) == {"moved": 1}
    assert settle(prefect, name, b.work(name)) == {"moved": 1}  # and back again
    assert sorted(run["state"]["name"] for run in tagged(api, name)) == ["Moved", "Moved", "Waiting"]
    [run] = alive(api, name)
    assert run["expected_start_time"][:16] == falls_due(b.in_days(7)).isoformat()[:16]


@pytest.mark.parametrize("kind", ["CANCELLED", "CRASHED", "FAILED", "COMPLETED"])
def test_work_that_was_ended_in_prefect_is_put_back(prefect: Prefect, api: httpx.Client, name: str, kind: str) -> None:
    settle(prefect, name, b.work(name))
    for _ in range(2):
        force(api, alive(api, name)[0], kind)
        assert settle(prefect, name, b.work(name)) == {"opened": 1}
    assert shown(api, name) == {b.work(name).key: "Waiting"}
    assert len(tagged(api, name)) == 3


def test_work_that_was_set_running_by_hand_is_put_back(prefect: Prefect, api: httpx.Client, name: str) -> None:
    settle(prefect, name, b.work(name))
    force(api, tagged(api, name)[0], "SCHEDULED")
    assert settle(prefect, name, b.work(name)) == {"put_back": 1}
    answer(api, tagged(api, name)[0])


def test_a_half_opened_run_is_finished(
    prefect: Prefect, api: httpx.Client, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.views.view.finish", lambda *_: None)  # the power fails
    settle(prefect, name, b.work(name))
    monkeypatch.undo()
    [run] = tagged(api, name)
    assert run["state"]["name"] == "Opening"
    assert settle(prefect, name, b.work(name)) == {"put_back": 1}
    answer(api, run)


def test_an_answer_under_way_is_left_alone(prefect: Prefect, api: httpx.Client, name: str) -> None:
    settle(prefect, name, b.work(name))
    [run] = tagged(api, name)
    answer(api, run)
    for wanted in ([b.work(name)], [b.work(name, due=b.in_days(9))], []):
        assert settle(prefect, name, *wanted) == {"left_alone": 1}
    for kind in ("PENDING", "RUNNING"):
        force(api, run, kind)
        assert settle(prefect, name, b.work(name, standing=Standing.OVERDUE)) == {"left_alone": 1}
    assert [each["id"] for each in tagged(api, name)] == [run["id"]]


def test_an_answer_that_was_refused_leaves_a_new_form_at_once(
    prefect: Prefect, api: httpx.Client, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(prefect, name, b.work(name))
    [run] = tagged(api, name)
    answer(api, run)
    force(api, run, "RUNNING")
    monkeypatch.setattr(prefect, "own", run["id"])
    assert settle(prefect, name, b.work(name)) == {"opened": 1}
    assert settle(prefect, name, b.work(name)) == {"unchanged": 1}
    assert sorted(each["state"]["type"] for each in tagged(api, name)) == ["PAUSED", "RUNNING"]


def test_an_answer_whose_process_died_is_sent_round_again(
    prefect: Prefect, api: httpx.Client, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(prefect, name, b.work(name))
    [run] = tagged(api, name)
    answer(api, run)
    force(api, run, "RUNNING")
    later = prefect.now() + timedelta(minutes=16)
    monkeypatch.setattr(prefect, "now", lambda: later)
    assert settle(prefect, name, b.work(name)) == {"left_alone": 1}
    assert tagged(api, name)[0]["state"]["name"] == "Resuming"
    assert prefect.read_input(run["id"], FORM["response"]) == b.ANSWERS


@pytest.mark.parametrize("kind", ["CRASHED", "FAILED"])
def test_an_answer_whose_run_broke_is_sent_round_again_and_asked_for_by_no_second_form(
    prefect: Prefect, api: httpx.Client, name: str, kind: str
) -> None:
    work = [b.work(name, owner, tags=(OWED,)) for owner in ("police", "health")]
    settle(prefect, name, *work)
    answered, unanswered = tagged(api, name)
    answer(api, answered)
    for run in (answered, unanswered):
        force(api, run, kind)
    assert settle(prefect, name, *work) == {"left_alone": 1, "opened": 1}
    standing = {run["id"]: run["state"]["name"] for run in tagged(api, name)}
    assert len(standing) == 3
    assert standing[answered["id"]] == "Resuming"
    assert prefect.read_input(answered["id"], FORM["response"]) == b.ANSWERS


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ("runs", lambda name: [b.work(name, standing=Standing.OVERDUE)]),
        ("run", lambda name: [b.work(name, standing=Standing.OVERDUE)]),
        ("runs", lambda name: [b.work(name, due=b.in_days(30))]),
        ("runs", lambda _: []),
    ],
    ids=["before renaming", "while renaming", "before moving", "before closing"],
)
def test_an_answer_given_while_we_wrote_is_not_lost(
    prefect: Prefect, api: httpx.Client, name: str, monkeypatch: pytest.MonkeyPatch, call: str, wanted: Any
) -> None:
    settle(prefect, name, b.work(name))
    [run] = tagged(api, name)
    listed = getattr(prefect, call)

    def then_answered(asked: Any) -> Any:
        found = listed(asked)
        found = found if call == "run" else list(found)
        answer(api, run)
        return found

    monkeypatch.setattr(prefect, call, then_answered)
    settle(prefect, name, *wanted(name))
    [run] = tagged(api, name)
    assert (run["state"]["type"], run["state"]["name"]) == ("SCHEDULED", "Resuming")


def test_a_case_is_listed_under_the_day_of_its_next_limit(prefect: Prefect, api: httpx.Client, name: str) -> None:
    first, then = b.case(name, due=b.in_days(3)), b.case(name, due=b.in_days(9), number=4)
    reconcile_with(prefect, [first], [], {}, within={name})
    assert reconcile_with(prefect, [then], [], {}, within={name}).cases == {"moved": 1}
    assert reconcile_with(prefect, [first], [], {}, within={name}).cases == {"unchanged": 1}  # seen by a slow sweep
    [run] = tagged(api, name, "case")
    assert run["expected_start_time"][:16] == falls_due(b.in_days(9)).isoformat()[:16]
    assert (run["name"], run["estimated_start_time_delta"]) == (f"On track · {first.title}", 0)


def test_a_changed_case_is_shown_again_and_an_older_view_is_not(prefect: Prefect, api: httpx.Client, name: str) -> None:
    first, newer = b.case(name), b.case(name, number=4, label="Overdue")
    reconcile_with(prefect, [first], [], {}, within={name})
    assert reconcile_with(prefect, [newer], [], {}, within={name}).cases == {"drawn": 1}
    assert reconcile_with(prefect, [first], [], {}, within={name}).cases == {"unchanged": 1}
    [run] = alive(api, name, "case")
    assert (run["state"]["type"], run["state"]["name"]) == ("PAUSED", "Overdue")


@pytest.mark.parametrize("kind", ["CANCELLED", "RUNNING", "COMPLETED"])
def test_a_case_that_was_touched_keeps_its_page(prefect: Prefect, api: httpx.Client, name: str, kind: str) -> None:
    reconcile_with(prefect, [b.case(name)], [], {}, within={name})
    [run] = tagged(api, name, "case")
    force(api, run, kind)
    assert reconcile_with(prefect, [b.case(name)], [], {}, within={name}).changed == 1
    [again] = tagged(api, name, "case")
    assert (again["id"], again["state"]["type"], again["state"]["name"]) == (run["id"], "PAUSED", "On track")


def test_a_closed_case_is_completed_once(prefect: Prefect, api: httpx.Client, name: str) -> None:
    reconcile_with(prefect, [b.case(name)], [], {}, within={name})
    closed = b.case(name, closed=True, label="Done", number=9)
    assert reconcile_with(prefect, [closed], [], {}, within={name}).cases == {"closed": 1}
    report = reconcile_with(prefect, [closed], [], {}, within={name})
    assert (report.cases, report.calls) == ({"unchanged": 1}, NOTHING_NEW)
    [run] = tagged(api, name, "case")
    assert (run["state"]["name"], run["name"]) == ("Done", f"Done · {closed.title}")


def test_a_case_has_one_page_that_says_how_it_stands(prefect: Prefect, api: httpx.Client, name: str) -> None:
    pages = lambda: api.post("/artifacts/filter", json={"artifacts": {"key": {"any_": [name.lower()]}}}).json()  # noqa: E731
    for number, text in enumerate(("# One", "# One", "# Two"), start=3):
        reconcile_with(prefect, [b.case(name, number=number, page=text)], [], {}, within={name})
        assert [each["data"] for each in pages()] == [text]
    [run] = tagged(api, name, "case")
    assert pages()[0]["flow_run_id"] == run["id"]


def test_filters_are_kept_and_those_of_others_too(prefect: Prefect, api: httpx.Client) -> None:
    for kept in api.post("/saved_searches/filter", json={}).json():  # a sweep of another test may have saved them
        api.delete(f"/saved_searches/{kept['id']}").raise_for_status()
    api.put("/saved_searches/", json={"name": "My own", "filters": []}).raise_for_status()
    agency = Agency(title="Police", sector="police", contact="a@b.example.org", domains=("b.example.org",))
    partnership = Partnership.model_construct(agencies={"police": agency})
    wanted = lambda: list(filters.standard_filters(partnership, b.TODAY))  # noqa: E731
    assert filters.save_filters(prefect, wanted()) == len(wanted())
    assert filters.save_filters(prefect, wanted()) == 0
    found = {each["name"] for each in api.post("/saved_searches/filter", json={}).json()}
    assert {"My own", "Overdue", "Due in 7 days", "Due soon", "Cases late or at risk", "Agency: Police"} <= found
    [due_soon] = [new for new in wanted() if new.name == "Due soon"]
    assert {entry["property"]: entry["value"] for entry in due_soon.entries()}["state"] == ["Due soon"]


def test_nothing_changed_costs_two_lists(api: httpx.Client, name: str) -> None:
    wipe(api)
    cases = [b.case(name), b.case(b.reference())]
    work = [b.work(each.reference, owner) for each in cases for owner in ("police", "health")]
    assert reconcile(cases, work, {}).changed > 0
    for within in (None, {each.reference for each in cases}):
        report = reconcile(cases, work, {}, within=within)
        assert (report.changed, report.calls) == (0, NOTHING_NEW)


def test_everything_deleted_is_restored(prefect: Prefect, api: httpx.Client, name: str) -> None:
    work = [b.work(name, owner) for owner in ("police", "health", "school")]
    reconcile_with(prefect, [b.case(name)], work, {})
    wipe(api)
    assert reconcile_with(prefect, [b.case(name)], work, {}).changed == len(work) + 1
    assert set(shown(api, name)) == {each.key for each in work}
    assert len(alive(api, name, "case")) == 1


def test_two_at_once_make_no_duplicates(api: httpx.Client, name: str) -> None:
    work = [b.work(name, owner) for owner in ("police", "health", "school", "probation")]
    once = lambda: reconcile([b.case(name)], work, {}, within={name})  # noqa: E731
    with ThreadPoolExecutor(2) as both:  # each with a copy of Prefect's settings
        for each in [both.submit(copy_context().run, once) for _ in range(2)]:
            assert each.result().changed > 0
    assert len(tagged(api, name)) == len(work)
    assert len(tagged(api, name, "case")) == 1
    assert set(shown(api, name).values()) == {"Waiting"}
    reconcile([b.case(name)], work, {}, within={name})
    assert reconcile([b.case(name)], work, {}, within={name}).changed == 0


def test_more_than_a_page_is_listed_whole(prefect: Prefect, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.server.prefect_api.PAGE", 2)
    work = [b.work(name, owner) for owner in ("a", "b", "c", "d", "e")]
    settle(prefect, name, *work)
    report = reconcile_with(prefect, [], work, {}, within={name})
    assert (report.changed, report.calls) == (0, 4)


def test_a_busy_server_is_asked_again(prefect: Prefect, monkeypatch: pytest.MonkeyPatch) -> None:
    list(prefect.runs(None))  # it has met the server before
    replies = iter([503, 503, 200])
    seen: list[int] = []

    def busy(self: httpx.Client, request: httpx.Request, **_: object) -> httpx.Response:
        seen.append(next(replies))
        return httpx.Response(seen[-1], json=[], request=request, headers={"Retry-After": "0"})

    monkeypatch.setattr(httpx.Client, "send", busy)
    assert list(prefect.runs(None)) == []
    assert seen == [503, 503, 200]
