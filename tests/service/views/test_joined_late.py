"""Whoever lets an agency join hears what was done for the others before, as that is done for it by nobody of itself."""

from reviewflow.case.model import commands as c
from reviewflow.language.model import ANSWERED_BY
from reviewflow.service.answers.case_change import change_case
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.views.history import warnings
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, done, opened

SAID = (
    "This was done before Education service took part: “Review meeting”, on Thu 7 May 2026. Do it for Education "
    "service too where that is needed; to have it on its owner's list: reviewflow reopen {} meeting --reason WHY"
)


def held_without_them(office: Workspace) -> str:
    """A case whose meeting was held by the agencies that took part until then."""
    reference = opened(office)
    for item in ("agency_return/police", "agency_return/health", "read/police", "read/health"):
        done(office, reference, item, at(6))
    done(office, reference, "meeting", at(7), held_on="2026-05-07", learning="no")
    return reference


def test_an_agency_that_joins_after_the_meeting_was_not_at_it(office: Workspace) -> None:
    reference = held_without_them(office)
    joined = carry_out(office, reference, c.AddAgency("school"), by=BY, now=at(8))
    assert list(warnings(office, joined.case, joined.events)) == [SAID.format(reference)]


def test_where_nothing_was_missed_nothing_is_said(office: Workspace) -> None:
    joined = carry_out(office, opened(office), c.AddAgency("school"), by=BY, now=at(8))
    assert list(warnings(office, joined.case, joined.events)) == []


def test_it_is_said_in_prefect_too(office: Workspace) -> None:
    reference = held_without_them(office)
    answers = {"change": "Add an agency: Education service", "reason": "it knew the family", ANSWERED_BY: "Manager"}
    said = change_case(office, reference, answers, key="k", now=at(8))
    history = f"{reference} was changed; what and why stands in its history."
    assert said == ("Done", f"{history} {SAID.format(reference)}")
