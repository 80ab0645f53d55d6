"""What stands beside a case's own steps in a file: its people, other cases, and what agencies answered to reminders."""

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reviewflow.case.plan.plan import Plan
from reviewflow.service.bringing_in.blank import blank_workbook
from reviewflow.service.bringing_in.bring_in import bring_in
from reviewflow.service.bringing_in.checking import check_files
from reviewflow.service.bringing_in.columns import CHANGES
from reviewflow.service.bringing_in.shapes import Moment
from reviewflow.service.commands.carry_out import current
from reviewflow.service.contacts.people import contacts_of, erase_contact, person_of
from reviewflow.service.records.audit import audit_office
from reviewflow.service.workspace.contact_keys import new_key
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.service.bringing_in.conftest import DEFINITIONS
from tests.service.bringing_in.pasts import write
from tests.service.bringing_in.running import DAY_9, action_plan, brought, checked, rapid_review

PAGE = Path(__file__).parents[3] / "docs" / "language" / "contacts.md"
KEYS = new_key()
MAILBOX, ADDRESSED = "parent.of@example.org", "Ms Placeholder"
TOLD = {
    "was": "Review 4/26",
    "process": "our_told",
    "dates": {"agreed": "2026-05-05"},
    "contacts": {"family": {"mailbox": MAILBOX, "addressed": ADDRESSED}},
}


@pytest.fixture
def office(tmp_path: Path, sqlite_url: str) -> Iterator[Workspace]:
    """An office with the process of the page on contacts."""
    yield from office_at(tmp_path, sqlite_url)


@pytest.fixture
def either_office(tmp_path: Path, database_url: str) -> Iterator[Workspace]:
    """The same on each kind of database."""
    yield from office_at(tmp_path, database_url)


def office_at(tmp_path: Path, database_url: str) -> Iterator[Workspace]:
    folder = tmp_path / "definitions"
    (folder / "processes").mkdir(parents=True)
    shutil.copytree(DEFINITIONS / "messages", folder / "messages")
    for path in DEFINITIONS.glob("*.yaml"):
        shutil.copy(path, folder)
    for name, text in re.findall(r"```yaml\n# definitions/(\S+)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        (folder / name).write_text(text, encoding="utf-8")
    store = open_store(database_url)
    store.migrate()
    yield Workspace(store, folder)
    store.close()


def moment(keys: str = KEYS) -> Moment:
    return Moment("A. Officer", DAY_9, keys=keys)


def files_with_people(office: Workspace, folder: Path) -> Iterator[list[Path]]:
    """The same case in YAML, in the workbook that is made to be filled in, and in .csv."""
    yield [write(folder / "running.yaml", [TOLD])]
    workbook = folder / "running.xlsx"
    workbook.write_bytes(blank_workbook(Plan(office.definition("our_told")), office.partnership))
    book = openpyxl.load_workbook(workbook)
    book["Cases"].append(["Review 4/26", "our_told", None, "2026-05-05"])
    book["People"].append(["Review 4/26", "family", MAILBOX, ADDRESSED])
    book.save(workbook)
    yield [workbook]
    sheets = {name: [[cell.value for cell in row] for row in book[name].iter_rows()] for name in ("Cases", "People")}
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    yield [folder / "People.csv", folder / "Cases.csv"]


def test_people_are_given_in_any_kind_of_file_and_kept_apart(either_office: Workspace, tmp_path: Path) -> None:
    office = either_office
    for paths in files_with_people(office, tmp_path):
        ready, problems = check_files(office, paths, moment())
        assert problems == []
        assert [known.person.mailbox for known in ready[0].past.people] == [MAILBOX]
        assert ADDRESSED not in repr(ready[0].past)
    [case] = bring_in(office, ready, moment())
    assert (case.reference, case.refused) == ("TLD-2026-001", "")
    person = person_of(office, KEYS, case.reference, "family")
    assert (person.mailbox, person.addressed) == (MAILBOX, ADDRESSED)
    assert not any(MAILBOX in event.body or ADDRESSED in event.body for event in office.store.events(case.reference))
    assert list(audit_office(office)) == []


def test_who_was_erased_is_not_given_again_by_the_same_file(office: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "running.yaml", [TOLD])
    [case] = bring_in(office, check_files(office, [path], moment())[0], moment())
    erase_contact(office, case.reference, "family", "they asked for it", by="us", now=DAY_9)
    [again] = bring_in(office, check_files(office, [path], moment())[0], moment())
    assert (again.was_here, again.refused) == (True, "")
    assert [line.words for line in contacts_of(office, case.reference)] == ["erased Mon 18 May 2026"]


@pytest.mark.parametrize(
    ("people", "keyed", "problem"),
    [
        ({"famly": {"mailbox": MAILBOX, "addressed": ADDRESSED}}, True, "this contact is not one of the process."),
        ({"family": {"mailbox": "Ms Placeholder", "addressed": ADDRESSED}}, True, "The mailbox is not an e-mail"),
        ({"family": {"mailbox": MAILBOX}}, True, "a contact is given as {mailbox: ..., addressed: ...}."),
        ({"family": {"mailbox": MAILBOX, "addressed": ADDRESSED}}, False, "reviewflow contacts new-key"),
    ],
)
def test_what_is_wrong_with_people_is_told_without_who_they_are(
    people: dict[str, Any], keyed: bool, problem: str, office: Workspace, tmp_path: Path
) -> None:
    path = write(tmp_path / "running.yaml", [{**TOLD, "contacts": people}])
    _, problems = check_files(office, [path], moment(KEYS if keyed else ""))
    assert problem in problems[0]
    assert problems[0].startswith("running.yaml, line ")
    assert "Placeholder" not in "".join(problems)
    assert MAILBOX not in "".join(problems)


def with_lines(*lines: dict[str, Any]) -> dict[str, Any]:
    told = rapid_review()
    return {**told, "happened": [*told["happened"], *lines]}


LINES = (
    {
        "responded": "agency_return",
        "agency": "education",
        "kind": "need_more_time",
        "on": "2026-05-13",
        "until": "2026-05-20",
    },
    {"responded": "agency_return", "agency": "hospital_trust", "on": "2026-05-12"},
    {
        "linked": "T2026 0412",
        "kind": "parallel",
        "effect": "limits_family_contact",
        "on": "2026-05-12",
        "until": "2026-06-12",
        "reason": "A trial is prepared",
    },
)


def test_answers_to_reminders_and_proceedings_beside_it_are_part_of_the_past(
    shipped_office: Workspace, tmp_path: Path
) -> None:
    [review] = brought(shipped_office, tmp_path, DAY_9, with_lines(*LINES))
    case = current(shipped_office, review.reference)
    asked = case.items["agency_return/education"]
    assert (asked.to_decide, str(asked.asked_until)) == ("need_more_time", "2026-05-20")
    assert case.related["T2026 0412"].kind == "parallel"
    assert list(shipped_office.store.notices()) == []
    assert list(audit_office(shipped_office)) == []


def test_a_workbook_tells_them_too(shipped_office: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "changes.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(
            [CHANGES[name] for name in ("was", "what", "name", "whom", "on", "until", "reason", "kind", "effect")]
        )
        for line in LINES:
            what = next(iter(line))
            cells = [line.get(name) for name in ("agency", "on", "until", "reason", "kind", "effect")]
            rows.writerow(["SCR 12/26", what, line[what], *cells])
    told = rapid_review()
    cases = tmp_path / "cases.csv"
    cases.write_text(
        "Our reference,Process,Opened on,Agencies,aware,notified\n"
        "SCR 12/26,rapid_review,2026-05-05,police; hospital_trust; education,2026-05-01,2026-05-05\n",
        encoding="utf-8",
    )
    done = tmp_path / "done.csv"
    with done.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["Our reference", "Step", "Day", "Answers"])
        for line in told["happened"][:2]:
            answers = {
                name: ",".join(told) if isinstance(told, list) else told for name, told in line["answers"].items()
            }
            rows.writerow(
                ["SCR 12/26", line["step"], line["on"], "; ".join("=".join(pair) for pair in answers.items())]
            )
    [by_csv], problems = check_files(shipped_office, [cases, done, path], moment())
    yaml = {**told, "happened": [*told["happened"][:2], *LINES]}
    [by_yaml], _ = checked(shipped_office, tmp_path, DAY_9, yaml)
    assert problems == []
    assert by_csv.context.case == by_yaml.context.case


def test_cases_of_one_file_are_linked_by_their_new_references(shipped_office: Workspace, tmp_path: Path) -> None:
    link = {"linked": "Plan 7", "kind": "joint_with", "on": "2026-05-13", "reason": "one plan of two boards"}
    plan = action_plan()
    plan["happened"] = plan["happened"][:1]
    cases = {one.past.was: one.reference for one in brought(shipped_office, tmp_path, DAY_9, with_lines(link), plan)}
    assert set(current(shipped_office, cases["SCR 12/26"]).related) == {cases["Plan 7"]}


PARENT = """\
language: 1
process: our_parent
version: 1
title: What leads to a review
reference: PAR-{year}-{number}
opening:
  dates:
    came: On which day did it come?
steps:
  ask:
    title: Ask whether a review is held
    owner: business_support
    due: 3 working days after came
    ladder: none
  begin:
    title: Begin the review
    after: ask
    start: {process: our_told, dates: {agreed: ask}}
"""


def test_a_case_that_a_step_of_another_opened_says_from_where_it_came(office: Workspace, tmp_path: Path) -> None:
    (tmp_path / "definitions" / "processes" / "our_parent.yaml").write_text(PARENT, encoding="utf-8")
    parent = {
        "was": "Enquiry 3",
        "process": "our_parent",
        "dates": {"came": "2026-05-01"},
        "happened": [
            {"step": "ask", "on": "2026-05-05"},
            {"started": "begin", "on": "2026-05-05", "reason": "Review 4/26"},
        ],
    }
    child = {name: told for name, told in TOLD.items() if name != "contacts"}
    path = write(tmp_path / "running.yaml", [parent, child])
    for _ in range(2):
        ready, problems = check_files(office, [path], moment())
        assert problems == []
        cases = {case.past.was: case.reference for case in bring_in(office, ready, moment())}
    assert current(office, cases["Enquiry 3"]).links == {"begin": cases["Review 4/26"]}
    came_from = current(office, cases["Review 4/26"]).related
    assert {reference: link.kind for reference, link in came_from.items()} == {cases["Enquiry 3"]: "derived_from"}
    assert list(office.store.notices()) == []
