"""A database of an earlier version opens, says what it said, is whole, and goes on.

Where a wording was changed on purpose, write the histories anew: pytest tests/upgrades --update-golden
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from reviewflow.case.apply import fold
from reviewflow.case.model import events as e
from reviewflow.case.model.snapshot import dump, load
from reviewflow.cli import app
from reviewflow.store.store import Store, open_store
from tests.upgrades import kept
from tests.upgrades.conftest import OldOffice

NOW = ("--now", "2026-12-09T10:00")
LISTS = (
    ("RR-2026-003", "due", *NOW),
    ("came back", "outbox"),
    ("AP-2026-001", "actions", *NOW),
    ("CSPR-2026-001", "publications", "--json"),
    ("inquest", "retention", *NOW),
    ("Records officer", "retention", "certificate", "AP-2019-001"),
    ("guest-list", "delivery"),
    ("LE-2026-001", "report", "--format", "csv", "--sheet", "cases", *NOW),
)
"""What each command about the whole office must tell."""
EVENTS = 'SELECT case_id, number, kind, "by", "on", recorded_at, hash, body FROM events ORDER BY case_id, number'
CASES = "SELECT id, reference, state, head, status FROM cases ORDER BY id"
NOTICES = "SELECT id, recipient, subject, text, status, detail FROM notices ORDER BY id"


@contextmanager
def opened(office: OldOffice) -> Iterator[Store]:
    """As any command opens it: the migrations that are missing are run."""
    store = open_store(office.url)
    store.migrate()
    yield store
    store.close()


def events_of_cases(store: Store) -> Mapping[int, list[tuple[Any, ...]]]:
    """The stored events of each case, by its id."""
    events: dict[int, list[tuple[Any, ...]]] = {}
    for case_id, *event in store.driver.rows(EVENTS):
        events.setdefault(case_id, []).append(tuple(event))
    return events


def test_it_is_brought_up_to_date_and_nothing_that_was_recorded_or_written_changes(old: OldOffice) -> None:
    store = open_store(old.url)
    before = [store.driver.rows(statement) for statement in (EVENTS, CASES, NOTICES)]
    store.migrate()
    assert [store.driver.rows(statement) for statement in (EVENTS, CASES, NOTICES)] == before
    store.close()


def test_the_audit_finds_it_whole(old: OldOffice) -> None:
    assert old.look("audit") == f"{len(kept.references(old.version))} cases audited: all whole.\n"


@pytest.mark.parametrize("version", kept.VERSIONS)
def test_its_definitions_pass(version: str, tmp_path: Path) -> None:
    folder = kept.restore_definitions(version, tmp_path)
    checked = CliRunner().invoke(app, ["check", "--definitions", str(folder)])
    assert checked.exit_code == 0, checked.stdout


def test_every_event_is_read_and_would_be_stored_as_it_was(old: OldOffice) -> None:
    with opened(old) as store:
        for events in events_of_cases(store).values():
            for _, kind, *_, body in events:
                event = e.decode(kind, body)
                assert (event.KIND, e.encode(event)) == (kind, body)


def test_its_chains_hold(old: OldOffice) -> None:
    """By the rule as it was when they were made, whatever the code says now."""
    with opened(old) as store:
        events = events_of_cases(store)
        for case_id, reference, _, head, _ in store.driver.rows(CASES):
            previous = reference
            for number, kind, by, on, recorded_at, digest, body in events[case_id]:
                link = json.dumps([number, kind, body, by, on, recorded_at], ensure_ascii=False, separators=(",", ":"))
                previous = hashlib.sha256((previous + link).encode()).hexdigest()
                assert previous == digest, (reference, number)
            assert previous == head


def test_its_events_lead_to_the_states_that_are_stored(old: OldOffice) -> None:
    with opened(old) as store:
        events = events_of_cases(store)
        for case_id, reference, state, _, status in store.driver.rows(CASES):
            case = fold(reference, (e.decode(kind, body) for _, kind, *_, body in events[case_id]))
            assert (dump(case), case.status) == (state, status)
            assert load(reference, state) == case


def test_every_history_is_word_for_word_what_it_was(old: OldOffice, *, update_golden: bool) -> None:
    for reference in kept.references(old.version):
        words, golden = old.history(reference), kept.history_file(old.version, reference)
        if update_golden:
            golden.write_text(words, encoding="utf-8")
        assert words == golden.read_text(encoding="utf-8")


@pytest.mark.slow
def test_every_page_of_every_case_is_shown(old: OldOffice) -> None:
    for reference in kept.references(old.version):
        assert reference in old.look("show", reference, *NOW)
        assert reference in old.look("history", reference)
        old.look("outbox", reference)
        old.look("actions", reference, *NOW)
        old.look("report", "--case", reference, *NOW)


def test_every_list_over_all_cases_is_shown(old: OldOffice) -> None:
    listed = old.look("cases", "--all", *NOW)
    assert all(reference in listed for reference in kept.references(old.version))
    for expected, *words in LISTS:
        assert expected in old.look(*words), words


@pytest.mark.slow
def test_it_goes_on(going_on: OldOffice) -> None:
    run, folder = going_on.run, going_on.folder
    run("sweep", *NOW)
    letters = list((folder / "messages").iterdir())
    assert letters
    assert list((folder / "documents" / "RR-2026-004").iterdir()), "papers were still to be made"
    run("complete", "RR-2026-003", "immediate_safety", "checked=child", "result=safe", *NOW)
    run("withdraw", "TR-2026-001", "--reason", "It is taken into another review", *NOW)
    run("open", "learning_event", "--date", "decided=2026-12-09", "--agency", "police", *NOW)
    run("sweep", "--now", "2026-12-14T10:00")
    assert len(list((folder / "messages").iterdir())) > len(letters)
    cases = kept.references(going_on.version)
    assert going_on.look("audit").startswith(f"{len(cases) + 1} cases audited: all whole.\n")
    for reference in cases:
        before = kept.history_file(going_on.version, reference).read_text(encoding="utf-8")
        assert going_on.history(reference).startswith(before)
    assert "done on Wed 9 Dec 2026" in going_on.history("RR-2026-003")
    assert "The case was withdrawn" in going_on.history("TR-2026-001")
