"""After a restore nothing goes out until what went meanwhile is settled, letter by letter."""

from datetime import datetime

import pytest

from reviewflow.service.delivery.bounces import BounceResult, record_bounce
from reviewflow.service.delivery.mode import delivery_mode
from reviewflow.service.delivery.queue import next_letter
from reviewflow.service.delivery.restoration import note_restored, unsettled
from reviewflow.service.delivery.restored.mail_log import evidence
from reviewflow.service.delivery.restored.settling import Origin, Settling
from reviewflow.service.records.audit import audit
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.sweep.last_sweep import record_sweep
from reviewflow.service.sweep.letter_preview import planned_letters
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, opened
from tests.service.delivery.letters import POLICE, post

BACKUP, RESTORED, SWEPT = at(5, 20), at(13, 8), at(13, 9)
"""Backed up on the evening of the opening, restored eight days later: the requests waited, a reminder fell due."""


def restored(office: Workspace) -> str:
    """A case that was backed up before its requests went, and restored; its reference."""
    reference = opened(office)
    note_restored(office, BACKUP, by="IT", now=RESTORED)
    return reference


def swept(office: Workspace, now: datetime = SWEPT) -> None:
    chased = chase_due_items(office, now=now)
    assert post(office, now) == []
    record_sweep(office, (now, now), chased=chased, sent=0, failed=0, note="")


def settling(office: Workspace, now: datetime = SWEPT) -> Settling:
    return Settling(office, "A. Clerk", now)


def numbers(office: Workspace, origin: Origin | None = None) -> list[str]:
    return [letter.number for letter in settling(office).letters() if origin in {None, letter.origin}]


def test_nothing_goes_after_a_restore_and_every_page_that_speaks_of_letters_says_so(office: Workspace) -> None:
    restored(office)
    swept(office)
    assert next_letter(office, now=SWEPT) is None
    says = "Restored from a backup of Tue 5 May 2026 21:00: no letter goes out until it is settled which went since."
    assert says in delivery_mode(office, {}).words


def test_what_waited_at_the_backup_and_what_fell_due_since_are_listed_apart(office: Workspace) -> None:
    restored(office)
    waited = numbers(office)
    swept(office)
    assert waited
    assert numbers(office, Origin.IN_THE_BACKUP) == waited
    assert numbers(office, Origin.FELL_DUE)
    opened(office)
    later = at(14)
    record_sweep(office, (later, later), chased=0, sent=0, failed=0, note="")
    assert numbers(office, Origin.LATER) == []  # it was written before the first sweep was over: it may have gone


def test_what_was_sent_never_goes_again_and_the_rest_goes_when_all_is_answered(office: Workspace) -> None:
    reference = restored(office)
    swept(office)
    gone, *rest = numbers(office)
    settling(office).answer([gone], "it is in the archive", was_sent=True)
    assert not settling(office).close()
    assert settling(office).answer_the_rest("nobody has it", was_sent=False) == len(rest)
    assert settling(office).close()
    assert unsettled(office) is None
    sent = [notice.number for letter in post(office, at(13, 10)) for notice in letter.notices]
    assert gone not in sent
    assert set(sent) <= set(rest)
    assert sent
    [notice] = [notice for notice in office.store.notices(reference) if notice.number == gone]
    assert (notice.status, notice.sent_at) == ("sent", "2026-05-13T09:00:00+00:00")
    assert notice.detail == "It was sent before the machine was lost: it is in the archive (settled by A. Clerk)."
    assert audit(office) == (1, [])


def test_each_answer_stands_in_the_log_with_who_gave_it(office: Workspace) -> None:
    restored(office)
    gone, stayed = numbers(office)[:2]
    settling(office).answer([gone], "seen", was_sent=True)
    settling(office).answer([stayed], "it was sent: no", was_sent=False)
    log = [(entry.by, entry.body) for entry in office.store.noted("letter settled")]
    assert log == [("A. Clerk", f"{gone} was sent: seen"), ("A. Clerk", f"{stayed} was not sent: it was sent: no")]
    assert {letter.number: letter.answer for letter in settling(office).letters()}[stayed] is False


def test_the_rest_is_answered_only_when_a_sweep_has_written_what_fell_due(office: Workspace) -> None:
    restored(office)
    with pytest.raises(UserError, match="No sweep has run since the restore"):
        settling(office).answer_the_rest("all of it", was_sent=True)
    assert office.store.noted("letter settled") == []
    settling(office).answer(numbers(office), "one by one", was_sent=True)
    assert not settling(office).close()
    assert unsettled(office) is not None


def test_a_letter_that_does_not_wait_cannot_be_answered(office: Workspace) -> None:
    restored(office)
    with pytest.raises(UserError, match=r"No letter that waits is RR-2026-009/1\.1"):
        settling(office).answer([*numbers(office), "RR-2026-009/1.1"], "", was_sent=True)
    assert office.store.noted("letter settled") == []


def test_nothing_is_to_settle_where_nothing_was_restored(office: Workspace) -> None:
    opened(office)
    with pytest.raises(UserError, match="There is nothing to settle"):
        settling(office).letters()


def test_a_backup_that_was_made_before_all_was_settled_is_to_be_settled_too(office: Workspace) -> None:
    restored(office)
    note_restored(office, at(13, 9), by="IT", now=at(14))
    record_sweep(office, (at(14), at(14)), chased=0, sent=0, failed=0, note="")
    settling(office, at(14)).answer_the_rest("", was_sent=True)
    assert settling(office, at(14)).close()
    assert unsettled(office) is None


def test_a_letter_that_comes_back_counts_as_sent_and_is_passed_on(office: Workspace) -> None:
    reference = restored(office)
    [letter] = [letter for letter in settling(office).letters() if letter.address == POLICE]
    why = "the address is not known there (5.1.1)"
    assert record_bounce(office, letter.number, POLICE, why, lasting=True, now=SWEPT) is BounceResult.DEALT_WITH
    [notice] = [notice for notice in office.store.notices(reference) if notice.number == letter.number]
    assert notice.status == "undeliverable"
    assert "RecordUndelivered" not in office.store.noted("letter settled")[0].body
    assert office.store.noted("letter settled")[0].body == f"{letter.number} was sent: it came back"


def test_a_bounce_of_a_number_that_was_given_anew_waits_for_a_person(office: Workspace) -> None:
    restored(office)
    swept(office)
    anew = next(letter for letter in settling(office).letters() if letter.origin is Origin.FELL_DUE)
    assert record_bounce(office, anew.number, anew.address, "no", lasting=True, now=SWEPT) is BounceResult.NOT_YET
    assert office.store.noted("letter settled") == []


@pytest.mark.parametrize(
    ("line", "is_proof"),
    [
        ("May  6 09:15:00 mx postfix/cleanup[1]: 4F: message-id=<{number}.0f3a@reviews.example.org>", True),
        ("2026-05-06T08:15:00Z receipt reference {number} delivered", True),
        ("a line without a moment: X-Reviewflow-Reference: {number}", True),
        ("May  6 09:15:00 mx postfix/smtp[1]: 4F: to=<{address}>, status=sent (250 OK)", False),
        ("2026-05-04T08:15:00Z before the backup {number} {address}", None),
        ("2026-06-04T08:15:00Z after the restore {number} {address}", None),
        ("May  6 09:15:00 mx to=<somebody.else@example.org> RR-2026-777/1.1", None),
        ("99 Foo 9999 99:99:99 2026-99-99T99:99:99", None),
    ],
)
def test_what_a_log_proves_and_what_it_makes_likely(office: Workspace, line: str, is_proof: bool | None) -> None:
    restored(office)
    doubtful = settling(office).letters()
    letter = doubtful[0]
    told = evidence(
        [line.format(number=letter.number, address=letter.address.upper())], doubtful, settling(office).restoration
    )
    assert (told[letter.number].is_proof if letter.number in told else None) is is_proof


def test_a_number_given_anew_is_no_proof(office: Workspace) -> None:
    restored(office)
    swept(office)
    anew = next(letter for letter in settling(office).letters() if letter.origin is Origin.FELL_DUE)
    told = evidence([f"2026-05-12T08:00:00Z {anew.number}"], [anew], settling(office).restoration)
    assert told[anew.number].words == (
        "its number stands in the log, Tue 12 May 2026 09:00, but may have been another letter's there"
    )
    assert not told[anew.number].is_proof


def test_a_preview_shows_what_goes_once_all_is_settled(office: Workspace) -> None:
    restored(office)
    assert planned_letters(office, None, now=SWEPT, until=SWEPT)
    assert unsettled(office) is not None
