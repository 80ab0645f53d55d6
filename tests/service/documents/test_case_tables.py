"""What a paper of a real review says: who differed, who answers what, in the order in which it was asked."""

from datetime import datetime
from pathlib import Path

import pytest

from reviewflow.london import LONDON
from reviewflow.service.commands.carry_out import find
from reviewflow.service.documents.case_tables import answers_table, decisions_table, dissent_table, given_answers
from reviewflow.service.documents.values import values
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.shipped import DEFINITIONS
from tests.shipped import FILES as SHIPPED
from tests.situations.office import play

REVIEW = "RR-2026-001"
MET = {"dissent": "yes", "dissented": ["partner_police", "legal_adviser"], "recommends": "cspr"}
LINES = [
    {
        "2026-05-05": "open rapid_review",
        "dates": {"aware": "2026-05-01", "notified": "2026-05-05"},
        "agencies": ["police", "education"],
    },
    {"2026-05-19": "work until panel_meeting"},
    {"2026-05-19": "complete plan_family"},
    {"2026-05-19": "complete tell_family", "answers": {"outcome": "told", "hears": "at_each_step"}},
    {"2026-05-19": "complete panel_meeting", "answers": MET},
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("papers")
    store = open_store(f"sqlite:///{folder}/cases.db")
    store.migrate()
    here = Workspace(store, DEFINITIONS, papers=Path(folder))
    vars(here).update(library=SHIPPED.library, problems=SHIPPED.problems, partnership=SHIPPED.partnership)
    play(here, {"lines": LINES})
    return here


@pytest.fixture
def context(office: Workspace) -> CaseContext:
    return office.context(find(office, REVIEW), datetime(2026, 5, 19, 16, tzinfo=LONDON))


def test_who_differed_are_the_members_who_did(office: Workspace, context: CaseContext) -> None:
    said = dissent_table(context, given_answers(office.store, REVIEW))
    assert "*Safeguarding partner for the police, Legal adviser to the partnership*" in said
    assert "Chair of the practice review group" not in said


def test_answers_stand_in_the_order_of_the_form(office: Workspace, context: CaseContext) -> None:
    said = answers_table(context, given_answers(office.store, REVIEW))
    meeting = next(line for line in said.splitlines() if line.startswith("| Hold the rapid review panel meeting"))
    asked = [
        "On which day was the meeting held",
        "Are the child and other children safe",
        "What does the meeting recommend",
    ]
    places = [meeting.index(question) for question in asked]
    assert places == sorted(places)
    assert "Say whether you come" not in said
    assert "Which members were there" not in said, "who came has a table of its own"


def test_what_a_family_wishes_is_no_decision_of_the_partners(office: Workspace, context: CaseContext) -> None:
    said = decisions_table(context, given_answers(office.store, REVIEW))
    assert "Hold the rapid review panel meeting" in said
    assert "Tell the family" not in said


def test_who_reads_the_returns_is_a_post_and_no_agencies(office: Workspace, context: CaseContext) -> None:
    paper = office.library.documents["timetable"].model
    rows = values(office, context, "timetable", paper)["timetable"].splitlines()
    assert {row.split(" | ")[1] for row in rows if "Read the return" in row} == {"Partnership business manager"}
    assert any("Agency summary and chronology | 2 agencies" in row for row in rows)


def test_a_rapid_review_that_is_late_is_told_to_the_panel_alone(office: Workspace, context: CaseContext) -> None:
    """It is not published, and the Secretary of State is told of a practice review."""
    text = office.library.documents[str(context.plan.limits["submission"].when_late.make)].model.text  # type: ignore[union-attr]
    assert "Panel" in text
    assert not any(word in text for word in ("publish", "Secretary of State", "{timetable}"))


def test_what_was_decided_stands_once_on_a_paper(office: Workspace, context: CaseContext) -> None:
    paper = office.library.documents["rapid_review_meeting_report"].model
    shown = values(office, context, "timetable", paper)
    decided, answered = (
        {line for line in shown[name].splitlines() if "<br>" in line} for name in ("decisions", "answers")
    )
    assert decided
    assert answered
    assert decided.isdisjoint(answered)
    alone = paper.model_copy(update={"text": "{answers}"})
    assert decided < {*values(office, context, "timetable", alone)["answers"].splitlines()}
