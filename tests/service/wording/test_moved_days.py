"""What a date that was moved says of the days that it does not move."""

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.views.history import warnings
from tests.service.builders import BY, NOTIFIED, at, done
from tests.service.wording.conftest import HEAD, OfficeWith

STEPS = """\
dates:
  hearing: {title: The hearing, planned: 5 working days after notified}
steps:
  papers: {title: Send the papers, owner: business_support, due: 3 working days before hearing, ladder: none}
  hear:
    title: Hear it
    after: papers
    owner: chair
    due: on hearing
    form:
      heard: {type: yes_no, label: Was it heard}
    reopens:
      papers: {when: {heard: no}}
"""


def test_a_day_that_a_sending_back_gave_is_not_said_to_be_given_by_hand(office_with: OfficeWith) -> None:
    office = office_with(HEAD + STEPS)
    case = open_case(office, "hearing", c.Open({"notified": NOTIFIED}, ()), by=BY, now=at(5)).case.reference
    done(office, case, "papers", at(7))
    done(office, case, "hear", at(12), heard="no")
    moved = carry_out(office, case, c.SetDate("hearing", at(15).date(), "The room is free"), by=BY, now=at(12))
    [words] = warnings(office, moved.case, moved.events)
    assert "because that day was given when the work was sent back" in words
    given = carry_out(office, case, c.Extend("papers", at(20).date(), "chair", "They asked"), by=BY, now=at(12))
    moved = carry_out(office, case, c.SetDate("hearing", at(18).date(), "It is free then"), by=BY, now=at(12))
    assert given.case.items["papers"].due == at(20).date()
    assert "because that day was given by hand" in " ".join(warnings(office, moved.case, moved.events))
