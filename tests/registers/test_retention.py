"""Kept as long as the schedule says, longer under a legal hold, and destroyed with a certificate and nothing left."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reviewflow.case import commands as c
from reviewflow.service.audit import audit
from reviewflow.service.cases import carry_out
from reviewflow.service.errors import UnknownCase, UserError
from reviewflow.service.history import history
from reviewflow.service.office import Office
from reviewflow.service.retention import certificate_words, destroy, hold, kept, lift
from reviewflow.service.sweep import fire
from reviewflow.store.store import open_store
from tests.registers.conftest import SHIPPED, on, opened_plan


@pytest.fixture
def here(database_url: str) -> Iterator[Office]:
    """On both kinds of database."""
    store = open_store(database_url)
    store.migrate()
    yield Office(store, SHIPPED)
    store.close()


@pytest.fixture
def over(here: Office, tmp_path: Path) -> str:
    """A plan that was chased, and withdrawn on 1 July 2026."""
    here.papers = tmp_path / "papers"
    reference = opened_plan(here)
    fire(here, now=on(6, 1))
    carry_out(here, reference, c.Withdraw("taken into another plan"), by="t", now=on(7, 1))
    (here.papers / reference).mkdir(parents=True)
    (here.papers / reference / "timetable.md").write_text("A timetable")
    return reference


def test_the_day_follows_from_the_schedule_of_today(here: Office, over: str) -> None:
    still = opened_plan(here)
    [gone, running] = kept(here)
    assert (gone.case, gone.keep, gone.kind) == (over, "6 years", "Evidence of an action plan")
    assert (gone.over, gone.destroy_after) == (date(2026, 7, 1), date(2032, 7, 1))
    assert (running.case, running.over, running.destroy_after) == (still, None, None)


def test_a_legal_hold_keeps_it_until_it_is_lifted(here: Office, over: str) -> None:
    hold(here, over, "the inquiry has asked for it", by="t", now=on(8, 1))
    assert kept(here)[0].legal_hold == "the inquiry has asked for it"
    with pytest.raises(UserError, match="legal hold"):
        destroy(here, over, "the schedule", by="t", now=on(7, 2, 2032))
    lift(here, over, "the inquiry is over", by="t", now=on(8, 2))
    assert kept(here)[0].legal_hold == ""
    with pytest.raises(UserError, match="under no legal hold"):
        lift(here, over, "again", by="t", now=on(8, 2))


@pytest.mark.parametrize(("year", "words"), [(2030, "is kept until Thu 1 Jul 2032"), (2032, "is kept until")])
def test_not_before_its_day(here: Office, over: str, year: int, words: str) -> None:
    with pytest.raises(UserError, match=words):
        destroy(here, over, "the schedule", by="t", now=on(7, 1, year))


def test_an_open_case_is_never_destroyed(here: Office) -> None:
    with pytest.raises(UserError, match="still open"):
        destroy(here, opened_plan(here), "the schedule", by="t", now=on(7, 2, 2040))


def test_what_is_destroyed_is_gone_and_the_certificate_stays(here: Office, over: str) -> None:
    other = opened_plan(here)
    head = here.store.load(over)
    assert head is not None
    certificate = destroy(here, over, "the schedule says so", by="Records officer", now=on(7, 2, 2032))
    assert (certificate.events, certificate.documents, certificate.head) == (head.number, 1, head.head)
    with pytest.raises(UnknownCase):
        list(history(here, over))
    assert [each.case for each in kept(here)] == [other]
    assert here.store.notices(over) == []
    assert not (here.papers / over).exists()
    assert audit(here) == (1, [])
    [noted] = here.store.destroyed()
    assert (noted.reference, noted.by) == (over, "Records officer")
    assert "6 years" in certificate_words(certificate, by="Records officer", now=on(7, 2, 2032))
