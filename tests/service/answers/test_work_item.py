"""The answers to a step's form: what is refused is told without a word or a figure of what was typed."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.service.answers.form_key import FormKey
from reviewflow.service.answers.result import LINES_ADDED, AnswerResult
from reviewflow.service.answers.work_item import MORE, RECORDED, record_answer, recorded_before
from reviewflow.service.commands.carry_out import carry_out, find, open_case
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.builders import BY, NOTIFIED, at

TOY = Path(__file__).parents[2] / "toy"
PROCESS = """
language: 1
process: asked
version: 1
title: Asked
reference: AS-{year}-{number}
opening: {dates: {notified: When?}, agencies: at least 1}
steps:
  everything:
    title: Answer everything
    owner: chair
    due: 10 working days after notified
    ladder: clock
    form:
      held_on: {type: date, label: Held on, required: no, not_before: "0 days after notified"}
      begins: {type: time, label: Begins, required: no}
      how_many: {type: number, label: How many, required: no, at_least: 2, at_most: 9}
      which: {type: choice, label: Which, required: no, options: {first: The first, other: The other}}
      several: {type: choices, label: Several, required: no, options: {first: The first, other: The other}}
      agreed: {type: yes_no, label: Agreed, required: no}
      sure: {type: confirm, label: Sure, required: no}
      led_by: {type: agency, label: Led by, required: no}
      others: {type: agencies, label: Others, required: no}
      sessions: {type: list, label: Sessions, required: no}
      note: {type: note, label: Note, required: no}
      paper: {type: reference, label: Paper, required: no}
      lines:
        type: rows
        label: Lines
        required: no
        columns: {day: {type: date, label: Day}, number: {type: number, label: Number, at_most: 9}}
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    folder = copytree(TOY, tmp_path / "definitions")
    (folder / "processes" / "asked.yaml").write_text(PROCESS)
    store = open_store(f"sqlite:///{tmp_path / 'office.db'}")
    store.migrate()
    yield Workspace(store, folder)
    store.close()


@pytest.fixture
def form(office: Workspace) -> FormKey:
    opening = c.Open({"notified": NOTIFIED}, ("police",))
    return FormKey(open_case(office, "asked", opening, by=BY, now=at(5)).case.reference, "everything", 1)


def answered(office: Workspace, form: FormKey, **answers: object) -> AnswerResult:
    return record_answer(office, form, {"answered_by": "Chair", **answers}, key="k", now=at(12))


REFUSED: list[tuple[str, object, tuple[str, ...]]] = [
    ("held_on", "12 March 2011", ("12 M", "March", "2011")),
    ("held_on", "2011-03-12", ("12", "March", "2011")),
    ("held_on", "2011-02-30", ("30", "February", "2011")),
    ("held_on", "2011-13-12", ("month 13", "2011")),
    ("held_on", "2051-03-12", ("12", "March", "2051")),
    ("held_on", "Hollyhock", ("Hollyhock",)),
    ("held_on", "12Tom2011", ("12", "Tom", "2011")),
    ("begins", "quarter past Hollyhock", ("Hollyhock", "quarter")),
    ("begins", "25:61", ("25", "61")),
    ("how_many", "Hollyhock", ("Hollyhock",)),
    ("how_many", "07700900123456789012345", ("0770", "345")),
    ("how_many", 43, ("43",)),
    ("how_many", "1.25", ("1.25",)),
    ("which", "Hollyhock Marsden", ("Hollyhock", "Marsden")),
    ("several", ["first", "Hollyhock"], ("Hollyhock",)),
    ("several", "first, Hollyhock", ("Hollyhock",)),
    ("agreed", "Hollyhock", ("Hollyhock", "hollyhock")),
    ("sure", "HOLLYHOCK", ("HOLLYHOCK", "hollyhock")),
    ("led_by", "Hollyhock", ("Hollyhock",)),
    ("others", ["Hollyhock"], ("Hollyhock",)),
    ("others", "Hollyhock,police", ("Hollyhock",)),
    ("sessions", ["Hollyhock!"], ("Hollyhock",)),
    ("sessions", "Hollyhock,Hollyhock", ("Hollyhock",)),
    ("sessions", ["Hollyhock " * 9], ("Hollyhock",)),
    ("note", "Hollyhock " * 60, ("Hollyhock",)),
    ("note", "born 12 March 2011", ("12", "March", "2011")),
    ("paper", "NHS 943 476 5919", ("943", "476", "5919")),
    ("lines", "Hollyhock", ("Hollyhock",)),
    ("lines", [{"day": "Hollyhock", "number": 3}], ("Hollyhock",)),
    ("lines", [{"day": "2026-05-05", "number": 4711}], ("4711",)),
    ("lines", '[{"day": "12 March 2011", "number": "Hollyhock"}]', ("March", "2011", "Hollyhock")),
    ("lines", [{"Hollyhock": "x"}], ("Hollyhock",)),
    ("Hollyhock", "x", ("Hollyhock",)),
    ("done_on", "12 March 2011", ("March", "2011", "12 M")),
    ("done_on", "2031-03-12", ("March", "2031")),
    ("done_on", "2011-02-30", ("February", "2011")),
    ("answered_by", "NHS 943 476 5919", ("943", "5919")),
    ("answered_by", "Hollyhock " * 30, ("Hollyhock",)),
]


@pytest.mark.parametrize(("question", "answer", "never"), REFUSED, ids=lambda value: str(value)[:24])
def test_a_refusal_repeats_nothing_of_the_answer(
    office: Workspace, form: FormKey, question: str, answer: object, never: tuple[str, ...]
) -> None:
    result = answered(office, form, **{question: answer})
    assert result.name == "Refused"
    assert [part for part in never if part in result.message] == [], result.message


def test_a_refusal_still_says_what_the_form_offers(office: Workspace, form: FormKey) -> None:
    assert 'which: "…" is not one of the answers. Choose: first (The first), other (The other).' in str(
        answered(office, form, which="Hollyhock").message
    )


def test_a_text_is_let_in_with_why_it_could_identify_nobody(office: Workspace, form: FormKey) -> None:
    result = answered(office, form, paper="943 476 5919", not_identifying="the number of an order")
    assert result.name in {"Done", "Done late"}
    events = [row.body for row in office.store.events(form.reference)]
    assert any('an NHS number in \\"paper\\"' in body and "the number of an order" in body for body in events)
    assert find(office, form.reference).status == "closed"


def test_why_it_could_identify_nobody_is_screened_itself(office: Workspace, form: FormKey) -> None:
    result = answered(office, form, paper="943 476 5919", not_identifying="943 476 5919 is an order")
    assert result == AnswerResult("Refused", result.message)
    assert "an NHS number" in result.message
    assert "5919" not in result.message


def test_the_event_stands_before_what_it_let_in(office: Workspace, form: FormKey) -> None:
    answered(office, form, paper="943 476 5919", not_identifying="the number of an order")
    kinds = [row.kind for row in office.store.events(form.reference)]
    assert kinds.index(e.TextVouched.KIND) < kinds.index(e.Completed.KIND)


@pytest.fixture
def growing(office: Workspace) -> tuple[Workspace, FormKey]:
    """A case whose table grows, and its form."""
    path = office.folder / "processes" / "asked.yaml"
    path.write_text(path.read_text().replace("        label: Lines\n", "        label: Lines\n        grows: yes\n"))
    office = Workspace(office.store, office.folder)
    opened = open_case(office, "asked", c.Open({"notified": NOTIFIED}, ("police",)), by=BY, now=at(5))
    return office, FormKey(opened.case.reference, "everything", 1)


WHO = {"answered_by": "Chair, Toyshire"}
MORE_LINES = {"lines": [{"day": "2026-05-05", "number": 1}], "more_to_come": "yes", **WHO}
NO_MORE = {"more_to_come": "no", **WHO}


def test_an_answer_is_told_the_same_when_the_table_was_closed_and_reopened_since(
    growing: tuple[Workspace, FormKey],
) -> None:
    office, form = growing
    record_answer(office, form, MORE_LINES, key="one", now=at(5))
    closed = record_answer(office, form, NO_MORE, key="two", now=at(6))
    assert recorded_before(office, form, key="one", now=at(6)) == AnswerResult(LINES_ADDED, RECORDED)
    carry_out(office, form.reference, c.Reopen("everything", "one more came"), by=BY, now=at(7))
    for key, answers, told in (("one", MORE_LINES, LINES_ADDED), ("two", NO_MORE, closed.name)):
        before = recorded_before(office, form, key=key, now=at(7))
        assert before is not None
        assert before.name == told
        assert record_answer(office, form, answers, key=key, now=at(7)) == before  # and is no answer to an older form


def test_a_line_has_no_day_of_its_own_but_that_on_which_it_is_entered(growing: tuple[Workspace, FormKey]) -> None:
    office, form = growing
    refused = record_answer(office, form, {**MORE_LINES, "done_on": "2026-05-05"}, key="one", now=at(6))
    assert refused.name == "Refused"
    assert "where the table asks on which day something came, write it there." in refused.message
    assert (
        record_answer(office, form, {**MORE_LINES, "done_on": "2026-05-06"}, key="one", now=at(6)).name == LINES_ADDED
    )


def test_lines_are_added_to_a_table_that_grows_and_its_form_is_there_again(office: Workspace) -> None:
    path = office.folder / "processes" / "asked.yaml"
    path.write_text(path.read_text().replace("        label: Lines\n", "        label: Lines\n        grows: yes\n"))
    office = Workspace(office.store, office.folder)
    reference = open_case(office, "asked", c.Open({"notified": NOTIFIED}, ("police",)), by=BY, now=at(5)).case.reference
    form, by = FormKey(reference, "everything", 1), {"answered_by": "Chair, Toyshire"}
    lines = {"lines": [{"day": "2026-05-05", "number": 1}], "more_to_come": "yes"}
    added = record_answer(office, form, {**lines, **by}, key="one", now=at(5))
    assert added == AnswerResult(LINES_ADDED, f"{RECORDED} {MORE}")
    assert recorded_before(office, form, key="one", now=at(5)) == added
    assert record_answer(office, form, {**lines, **by}, key="one", now=at(5)).name == LINES_ADDED  # counts once
    closed = record_answer(office, form, {"more_to_come": "no", **by}, key="two", now=at(6))
    assert closed.name == "Done"
    _, case = office.plan_and_case(find(office, reference))
    assert case.items["everything"].answers["lines"] == [{"day": "2026-05-05", "number": 1}]
