"""The register as the public reads it, and its themes over the years."""

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest

from reviewflow.service.reports.figures.drawing import as_csv
from reviewflow.service.reports.registers.publications import Publication, publication_sheet
from reviewflow.service.reports.registers.register_page import register_page
from reviewflow.service.reports.registers.themes import came_back, in_words, theme_sheets
from reviewflow.service.workspace.workspace import Workspace
from tests.service.plans import ACTIONS, PLANNED, done, on, opened_plan

TODAY = date(2027, 3, 1)
FAMILY_X = Publication(
    case="CSPR-2026-001",
    title="Local Child Safeguarding Practice Review",
    step="publish",
    published_on=date(2026, 7, 6),
    what="The report",
    page="https://scp.example.org/family-x",
    stays_until=date(2027, 7, 6),
    at_least_until=date(2027, 7, 6),
    themes=("Neglect", "Information sharing"),
    deposited=date(2026, 7, 9),
    taken_down=None,
    called="Family X",
    author="An Author",
    boards=("Safeguarding Children Partnership", "Safeguarding Adults Board"),
    briefing="https://scp.example.org/bulletin",
)
OLDER = replace(
    FAMILY_X, case="CSPR-2025-002", called="Child <b>P</b>", published_on=date(2025, 3, 3), themes=("Neglect",)
)


def page_of(office: Workspace, *reviews: Publication, today: date = TODAY) -> str:
    return register_page(office.partnership, reviews, today)


def test_what_the_public_sees_of_a_review(office: Workspace) -> None:
    page = page_of(office, FAMILY_X)
    for seen in (
        *("Family X", "Local Child Safeguarding Practice Review", "Mon 6 Jul 2026", "Neglect, Information sharing"),
        *("An Author", "Safeguarding Children Partnership, Safeguarding Adults Board", "until Tue 6 Jul 2027"),
        *('href="https://scp.example.org/family-x"', 'href="https://scp.example.org/bulletin"', "national repository"),
        'href="https://learning.nspcc.org.uk/case-reviews/national-case-review-repository"',
    ):
        assert seen in page
    assert "CSPR-2026-001" not in page
    assert 'lang="en-GB"' in page
    assert len(re.findall(r'<th scope="col"', page)) == 8
    assert "<caption>" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("change", "today", "is_shown"),
    [
        ({}, date(2027, 7, 6), True),
        ({}, date(2027, 7, 7), False),
        ({"stays_until": date(2026, 9, 1)}, date(2027, 7, 6), True),
        ({"taken_down": date(2027, 2, 28)}, TODAY, False),
        ({"taken_down": date(2027, 3, 2)}, TODAY, True),
    ],
)
def test_what_is_over_is_out_of_the_page_and_still_in_the_offices_list(
    office: Workspace, change: dict[str, date], today: date, is_shown: bool
) -> None:
    review = replace(FAMILY_X, **change)  # type: ignore[arg-type]
    assert ("Family X" in page_of(office, review, today=today)) is is_shown
    assert publication_sheet([review]).rows[0][2] == "Family X"


def test_no_text_of_the_register_is_markup_a_script_or_a_formula(office: Workspace) -> None:
    bad = replace(
        OLDER, page="javascript:alert(1)", briefing="=HYPERLINK(1)", author="@cmd", stays_until=date(2028, 1, 1)
    )
    page = page_of(office, bad)
    assert "<b>P</b>" not in page
    assert 'href="javascript' not in page
    [_, row] = csv.reader(io.StringIO(as_csv(publication_sheet([bad]))))
    assert not [cell for cell in row if cell[:1] in {"=", "@", "+"}]


def test_an_empty_register_says_so(office: Workspace) -> None:
    assert "There is none at the moment." in page_of(office)


def test_themes_by_year_and_what_came_back(office: Workspace) -> None:
    plans = [opened_plan(office, origin=review.case) for review in (OLDER, FAMILY_X)]
    for plan in plans:
        done(office, plan, "plan", on(5, 6), **PLANNED, actions=ACTIONS[:1])
    reviews = [FAMILY_X, OLDER]
    repeats = came_back(office, reviews)
    [one] = repeats
    assert (one.theme, one.action, one.year) == ("Neglect", f"{plans[1]}/1", 2026)
    assert (one.earlier, one.earlier_year, one.words) == (f"{plans[0]}/1", 2025, ACTIONS[0]["action"])
    themes, back = theme_sheets(reviews, repeats)
    assert themes.columns == ("Theme", "2025", "2026", "All years")
    assert themes.rows == (("Neglect", 1, 1, 2), ("Information sharing", 0, 1, 1))
    assert len(back.rows) == 1
    assert in_words(reviews, repeats) == (
        "Most often, twice: Neglect. Asked for again under the same theme: Neglect. "
        "What is asked for again did not work the first time."
    )
    assert in_words([OLDER], []).endswith("No recommendation came back under the same theme.")
    assert in_words([], []) == "No published review says what it is about."
