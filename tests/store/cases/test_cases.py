"""Cases, their events and items: opened, appended to, read and audited."""

from dataclasses import replace

import pytest

from reviewflow.store import (
    AlreadyRecorded,
    CaseConflict,
    Change,
    Job,
    Store,
    open_store,
    verify_chain,
)
from tests.store.builders import AT, LATER, change, event, item, job, new_case, notice, opened

HOUR_LATER = "2026-03-02T11:00:00+00:00"


def test_a_definition_is_stored_once(store: Store) -> None:
    store.put_definition("abc", "rapid_review", 1, "first", stored_at=AT)
    store.put_definition("abc", "rapid_review", 1, "second", stored_at=LATER)
    assert store.definition("abc") == "first"
    assert store.definition("xyz") is None


def test_opening_commits_the_case_with_all_that_follows(store: Store) -> None:
    case = opened(store, events=2, items=(item(next_chase=AT),), notices=(notice(),), jobs=(job(),))
    assert (case.reference, case.number, case.status) == ("RR-2026-001", 2, "open")
    assert store.load("RR-2026-001") == case
    assert [row.number for row in store.events("RR-2026-001")] == [1, 2]
    assert verify_chain(case, store.events("RR-2026-001")) is None
    assert store.items("RR-2026-001") == [("RR-2026-001", item(next_chase=AT))]
    assert [notice.number for notice in store.notices()] == ["RR-2026-001/1.1"]
    assert store.due_jobs(AT, 10) == [Job(1, "RR-2026-001", "start_cspr", "start", '{"process":"cspr"}', 0, AT, "")]


def test_build_is_given_the_reference(store: Store) -> None:
    def build(reference: str) -> Change:
        return change(events=1, state=reference)

    assert store.create(new_case(), build).state == "RR-2026-001"


def test_references_count_within_their_prefix_and_grow(store: Store) -> None:
    assert [opened(store).reference for _ in range(2)] == ["RR-2026-001", "RR-2026-002"]
    assert opened(store, "{number}/CSPR").reference == "001/CSPR"
    store.driver.commit([("UPDATE cases SET serial = 999 WHERE reference = 'RR-2026-002'", ())])
    assert opened(store).reference == "RR-2026-1000"


def test_a_reference_taken_under_another_prefix_is_passed_over(store: Store) -> None:
    opened(store, "RR-{number}-001")
    assert opened(store, "RR-001-{number}").reference == "RR-001-002"


def test_opening_twice_with_a_key_opens_once(store: Store) -> None:
    first = opened(store, key="letter-17")
    assert opened(store, key="letter-17", state="different") == first
    assert len(store.cases()) == 1


def test_appending_answers_the_case_as_stored(store: Store) -> None:
    case = opened(store)
    after = store.append(change(case, events=3, status="closed"))
    assert (after.number, after.status) == (4, "closed")
    assert store.load(case.reference) == after
    assert [row.body for row in store.events(case.reference, after=2)] == ['{"n":1}', '{"n":2}']
    assert store.cases() == []
    assert store.cases("closed") == store.cases(None) == [after]


def test_a_case_that_nobody_opened(store: Store) -> None:
    assert store.load("RR-2026-001") is None
    assert list(store.events("RR-2026-001")) == []


def test_somebody_else_was_first(store: Store) -> None:
    case = opened(store)
    after = store.append(change(case))
    with pytest.raises(CaseConflict, match="RR-2026-001"):
        store.append(change(case, events=2, items=(item(),), notices=(notice(),), jobs=(job(),)))
    assert store.load(case.reference) == after
    assert (store.items(), store.notices(), store.due_jobs(LATER, 10)) == ([], [], [])


def test_a_key_counts_once_a_case(store: Store) -> None:
    case, other = opened(store), opened(store)
    after = store.append(change(case, key="form-3"))
    with pytest.raises(AlreadyRecorded, match="RR-2026-001"):
        store.append(change(after, key="form-3", events=2))
    assert store.load(case.reference) == after
    assert (store.recorded(after, "form-3"), store.recorded(after, "form-4")) == (2, None)
    assert store.append(change(other, key="form-3")).number == 2


def test_a_change_without_events_is_a_mistake(store: Store) -> None:
    case = opened(store)
    with pytest.raises(ValueError, match="at least one event"):
        store.append(change(case, events=0))


def test_text_of_any_kind_comes_back(store: Store) -> None:
    odd = event(body='{"said":"Ţhé \\u0000 100% %s $1 ? \'quoted\' \\n 🙂"}')
    case = store.append(replace(change(opened(store)), events=(odd,)))
    assert list(store.events(case.reference))[1].body == odd.body


def test_an_item_replaces_what_it_was(store: Store) -> None:
    case = opened(store, items=(item("triage"), item("meeting", status="waiting")))
    done = item("triage", status="done", round=2, due="2026-03-09")
    store.append(change(case, items=(done, item("submission", kind="limit"))))
    assert store.items(status="done") == [(case.reference, done)]
    assert [row.item for _, row in store.items(case.reference, status=None)] == [
        "meeting",
        "submission",
        "triage",
    ]
    assert [row.item for _, row in store.items()] == ["submission"]


def test_only_what_is_due_is_due_oldest_first(store: Store) -> None:
    first = opened(store, items=(item("a", next_chase=LATER), item("b", next_chase=AT), item("c")))
    opened(store, items=(item("d", next_chase=HOUR_LATER), item("e", status="done", next_chase=AT)))
    assert store.due_items(LATER, 10) == [(first.reference, "b"), (first.reference, "a")]
    assert store.due_items(LATER, 1) == [(first.reference, "b")]


def test_the_next_chase_is_the_first_of_what_is_open_and_still_to_come(store: Store) -> None:
    assert store.next_chase(AT) is None
    opened(store, items=(item("a", next_chase=HOUR_LATER), item("b", next_chase=AT), item("c")))
    opened(store, items=(item("d", next_chase=LATER), item("e", status="done", next_chase=LATER)))
    assert store.next_chase(AT) == min(LATER, HOUR_LATER)
    assert store.next_chase(min(LATER, HOUR_LATER)) == max(LATER, HOUR_LATER)
    assert store.next_chase(max(LATER, HOUR_LATER)) is None


def test_the_last_day_on_which_one_of_some_kinds_happened(store: Store) -> None:
    case = opened(store, events=2)
    for kind, day in (
        ("closed", "2026-03-03"),
        ("reopened", "2026-03-04"),
        ("withdrawn", "2026-03-05"),
        ("sent", "2026-03-06"),
    ):
        case = store.append(replace(change(case), events=(replace(event(), kind=kind, on=day),)))
    assert store.last_day_of(case.reference, ["closed", "withdrawn", "ended"]) == "2026-03-05"
    assert store.last_day_of(case.reference, ["closed"]) == "2026-03-03"
    assert store.last_day_of(case.reference, ["ended"]) is None


def test_an_audit_sees_every_case_as_of_one_moment(store: Store) -> None:
    cases = [opened(store, events=2) for _ in range(3)]
    for number, (case, events) in enumerate(store.audit_rows()):
        store.append(change(case))  # while the audit reads
        assert case == cases[number]
        assert verify_chain(case, events) is None


def test_what_was_stored_outlives_the_connection(database_url: str) -> None:
    store = open_store(database_url)
    store.migrate()
    case = opened(store)
    store.close()
    again = open_store(database_url)
    assert again.load(case.reference) == case
    again.close()
