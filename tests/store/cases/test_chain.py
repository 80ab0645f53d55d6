import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.store import CaseRow, EventRow, Store, verify_chain
from reviewflow.store.cases.chain import link
from tests.store.builders import AT, change, event, opened

texts = st.text(st.characters(codec="utf-8"))


def history(bodies: list[str]) -> tuple[CaseRow, list[EventRow]]:
    head, events = "RR-2026-001", []
    for number, body in enumerate(bodies, start=1):
        new = event(body=body)
        head = link(head, number, new, AT)
        events.append(EventRow(number, new.kind, new.body, new.by, new.on, AT, head))
    return CaseRow(1, "RR-2026-001", "rapid_review", "d", "open", len(events), head, "{}"), events


@given(kind=texts, body=texts, by=texts)
def test_a_hash_is_over_the_hash_before_and_canonical_json(kind: str, body: str, by: str) -> None:
    row = EventRow(3, kind, body, by, "2026-03-02", AT, "")
    content = json.dumps([3, kind, body, by, "2026-03-02", AT], ensure_ascii=False, separators=(",", ":"))
    assert link("before", 3, row, AT) == hashlib.sha256(("before" + content).encode()).hexdigest()


@given(bodies=st.lists(texts, min_size=1))
def test_a_history_that_nobody_touched_is_whole(bodies: list[str]) -> None:
    case, events = history(bodies)
    assert verify_chain(case, events) is None


@given(bodies=st.lists(texts, min_size=1, max_size=8), data=st.data())
def test_the_first_event_that_was_changed_is_named(bodies: list[str], data: st.DataObject) -> None:
    case, events = history(bodies)
    touched = data.draw(st.sampled_from(events))
    field = data.draw(st.sampled_from(["kind", "body", "by", "on", "recorded_at", "hash"]))
    events[touched.number - 1] = replace(touched, **{field: getattr(touched, field) + "x"})
    assert verify_chain(case, events) == touched.number


@given(bodies=st.lists(texts, min_size=1, max_size=8), data=st.data())
def test_the_first_event_that_is_missing_is_named(bodies: list[str], data: st.DataObject) -> None:
    case, events = history(bodies)
    gone = data.draw(st.sampled_from(events))
    events.remove(gone)
    assert verify_chain(case, events) == gone.number


def test_an_event_after_the_end_is_named() -> None:
    case, _ = history(["a", "b"])
    longer, more = history(["a", "b", "c"])
    assert verify_chain(case, more) == 3
    assert verify_chain(replace(longer, head="0" * 64), more) == 3


UNLOCK = {
    "sqlite": ("DROP TRIGGER events_no_UPDATE", "DROP TRIGGER events_no_DELETE"),
    "postgresql": ("DROP TRIGGER events_no_change ON events", "DROP TRIGGER events_no_removal ON events"),
}


def tamper(store: Store, sql: str) -> None:
    for statement in (*UNLOCK[store.driver.dialect], sql):
        store.driver.commit([(statement, ())])


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE events SET body = '{}' WHERE number = 4", 4),
        ("UPDATE events SET recorded_at = '2026-01-01T00:00:00+00:00' WHERE number = 1", 1),
        ("DELETE FROM events WHERE number = 3", 3),
        ("DELETE FROM events WHERE number = 6", 6),
        ("DELETE FROM events WHERE number > 2", 3),
        ("UPDATE cases SET head = 'forged'", 6),
    ],
)
def test_tampering_with_the_database_shows(store: Store, sql: str, named: int) -> None:
    case = store.append(change(opened(store, events=3), events=3))
    assert verify_chain(case, store.events(case.reference)) is None
    tamper(store, sql)
    [(row, events)] = store.audit_rows()
    assert verify_chain(row, events) == named
