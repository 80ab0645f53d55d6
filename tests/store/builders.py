"""Cases and changes for tests, with defaults."""

from typing import Any

from reviewflow.store import CaseRow, Change, ItemRow, NewCase, NewEvent, NewJob, NewNotice, Notice, Store

AT = "2026-03-02T09:00:00+00:00"
LATER = "2026-03-02T10:00:00+00:00"
NOBODY = CaseRow(0, "", "", "", "", 0, "", "")


def event(kind: str = "completed", body: str = '{"step":"triage"}') -> NewEvent:
    return NewEvent(kind, body, "officer.17", "2026-03-02")


def item(name: str = "triage", **changed: Any) -> ItemRow:
    values = {"kind": "step", "status": "open", "owner": "role:chair", "round": 1, "due": None, "next_chase": None}
    return ItemRow(name, **(values | changed))


def notice(about: str = "triage", **changed: Any) -> NewNotice:
    values = {"recipient": "role:chair", "message": "reminder", "subject": "Due soon", "text": "Please answer."}
    return NewNotice(about, **(values | changed))


def job(about: str = "start_cspr") -> NewJob:
    return NewJob(about, "start", '{"process":"cspr"}')


def change(case: CaseRow = NOBODY, *, events: int = 1, **changed: Any) -> Change:
    values: dict[str, Any] = {
        "events": tuple(event(body=f'{{"n":{n}}}') for n in range(events)),
        "state": f'{{"after":{case.number + events}}}',
        "status": "open",
        "items": (),
        "recorded_at": AT,
    }
    return Change(case, **(values | changed))


def new_case(prefix: str = "RR-2026-{number}", key: str | None = None) -> NewCase:
    return NewCase(prefix, "rapid_review", "d" * 64, key)


def opened(store: Store, prefix: str = "RR-2026-{number}", key: str | None = None, **changed: Any) -> CaseRow:
    return store.create(new_case(prefix, key), lambda _: change(**changed))


def claim(store: Store, now: str, lease: str) -> Notice | None:
    """The notice that waits longest and is claimed by nobody else at this moment."""
    for waiting in store.waiting(now):
        if claimed := store.claim([waiting.id], now, lease):
            return claimed[0]
    return None
