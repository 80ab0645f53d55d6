"""An office with some weeks behind it: cases, chases, letters, digests, an erased name, a destroyed case."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.delivery.mode import switch
from reviewflow.service.delivery.queue import failed, next_letter, sent
from reviewflow.service.records.audit_heads import Head, sealed_up_to
from reviewflow.service.records.erasure import erase
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.sweep.run import SweepContext, run_parts
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.drivers.steps import Dialect
from reviewflow.store.prepared import insert
from reviewflow.store.records import Destroyed, StoredDigest
from reviewflow.store.store import open_store
from tests.service.builders import RETURN, at, done, finished, opened

TOY = Path(__file__).parent.parent / "toy"


def build(url: str) -> tuple[Workspace, Head]:
    """The office in this empty database, and the head that somebody kept of it."""
    store = open_store(url)
    store.migrate()
    if store.driver.dialect is Dialect.SQLITE:
        store.driver.rows("PRAGMA synchronous = OFF")
    office = Workspace(store, TOY)
    switch(office, Mode.LIVE, by="Manager", now=at(4))
    first, second = opened(office), opened(office)
    _put(office, 1)
    sweep(office, at(5))
    done(office, first, "agency_return/police", at(7))
    opened(office)
    sweep(office, at(8), breaks=True)
    finished(office, second)
    returned = c.Complete("agency_return/health", RETURN)
    carry_out(office, first, returned, by="Another officer", now=at(12))
    for day in (12, 13, 14, 15, 18, 19, 20, 21):
        sweep(office, at(day), breaks=day % 2 == 0, digest=True)
        sweep(office, at(day, 12))
    erase(office, "Another officer", "has left", by="Records officer", now=at(22))
    erase(office, "reviews@nhs.example.org", "is no more", by="Records officer", now=at(22))
    _destroy(office, opened(office))
    office.store.finish_job(2)
    sweep(office, at(26))
    command = c.Open({"notified": at(27).date()}, ("police", "health"))
    open_case(office, "review", command, by="Officer", now=at(27))
    sweep(office, at(27), breaks=True)
    head = sealed_up_to(office).head
    assert head is not None
    return office, head


def sweep(office: Workspace, now: datetime, *, breaks: bool = False, digest: bool = False) -> None:
    """A sweep with its letters; where the line breaks every other one is put off, and the last refused for good."""
    run_parts(SweepContext(office, now))
    if digest:
        _digest(office, now)
    number = 0
    while ready := next_letter(office, now=now):
        number += 1
        if breaks and number % 3 == 0:
            failed(office, ready, now=now, detail="the line broke", next_try=now + timedelta(hours=1))
        elif breaks and number % 5 == 0:
            failed(office, ready, now=now, detail="no such mailbox", next_try=None)
        else:
            sent(office, ready, now=now, detail="taken")
    record_sweep(office, (now, now + timedelta(seconds=9)), chased=0, sent=number, failed=0, note="")


def _digest(office: Workspace, now: datetime) -> None:
    key = f"morning/chair/{now:%Y-%m-%d}"
    office.store.put_digest(StoredDigest(key, "role:chair", "Today", f"Text of {key}", created_at=now.isoformat()))


def _destroy(office: Workspace, reference: str) -> None:
    row = office.store.load(reference)
    assert row is not None
    sweep(office, at(22, 15))
    body = json.dumps({"case": reference, "head": row.head, "events": row.number})
    destroyed = Destroyed(reference, "2026-05-22T16:00:00+00:00", "Records officer", body)
    assert office.store.mark_destroyed(office.store.load(reference) or row, destroyed)
    office.store.destroy(row)


def _put(office: Workspace, case: int) -> None:
    """What the toy process never asks for: jobs, one of them done, and contacts."""
    driver = office.store.driver
    jobs = [(case, f"paper/{number}", "run", f'{{"deployment": "{number}"}}') for number in (1, 2, 3)]
    at = "2026-05-22T16:00:00+00:00"
    driver.commit([insert(driver.dialect, "jobs", [(*job, 0, at, "") for job in jobs])])
    driver.commit([insert(driver.dialect, "contacts", [(2, name, f"sealed {name}") for name in ("family", "school")])])
