"""Whose answer it was that Prefect took, on each kind of database."""

import json
from datetime import timedelta

from reviewflow.service.records.audit import audit
from reviewflow.service.sign_ins.pressed import note_pressed, who_pressed
from reviewflow.service.views.history import history
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import LogEntry
from tests.service.builders import BY, at, done, opened

RUN, OTHER = "0b1c", "0b1d"
SECOND = timedelta(seconds=1)


def test_nobody_pressed(office: Workspace) -> None:
    assert who_pressed(office, RUN, by=at(5)) == ""


def test_it_is_whoever_pressed_last_before_prefect_took_it(office: Workspace) -> None:
    assert note_pressed(office, RUN, "j.smith", now=at(5))
    assert note_pressed(office, OTHER, "somebody", now=at(5))
    assert note_pressed(office, RUN, "a.khan", now=at(5, 12))
    taken = at(5) + 2 * SECOND
    assert who_pressed(office, RUN, by=taken) == "j.smith"
    assert who_pressed(office, RUN, by=at(5, 13)) == "a.khan"


def test_nobody_else_may_answer_at_the_same_moment(office: Workspace) -> None:
    assert note_pressed(office, RUN, "j.smith", now=at(5))
    assert not note_pressed(office, RUN, "a.khan", now=at(5) + 59 * SECOND)
    assert note_pressed(office, RUN, "j.smith", now=at(5) + 59 * SECOND), "whoever was told of a mistake tries again"
    assert not note_pressed(office, RUN, "a.khan", now=at(5) + 61 * SECOND)
    assert note_pressed(office, RUN, "a.khan", now=at(5) + 119 * SECOND)


def test_the_name_can_be_erased(office: Workspace) -> None:
    note_pressed(office, RUN, "j.smith", now=at(5))
    assert "j.smith" in office.store.people.names()
    assert office.store.people.traces("j.smith").elsewhere == 1


def test_who_was_signed_in_stands_in_the_history_beside_who_was_typed(office: Workspace) -> None:
    office.signed_in = "j.smith@office.example"
    reference = opened(office)
    done(office, reference, "agency_return/police", at(6))
    office.signed_in = ""
    done(office, reference, "agency_return/health", at(7))
    entries = list(history(office, reference))
    signed = [(entry.by, entry.recorded_at[:10]) for entry in entries if entry.kind == "SignedIn"]
    assert signed == [("j.smith@office.example", "2026-05-05"), ("j.smith@office.example", "2026-05-06")]
    assert {entry.by for entry in entries if entry.kind != "SignedIn"} == {BY}
    assert audit(office) == (1, [])
    keys = office.store.people.keys(signed[0][0])
    erasing = LogEntry("2026-05-08T10:00:00+00:00", "IT", "name_erased", json.dumps({"keys": [*keys]}))
    office.store.people.erase("j.smith@office.example", keys, erasing)
    assert "j.smith" not in repr(list(history(office, reference)))
    assert audit(office) == (1, [])
