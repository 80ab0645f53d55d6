"""An answer that sends back no more says so to whoever gave it."""

from reviewflow.case.model import commands as c
from reviewflow.service.commands.carry_out import CommandResult, open_case
from reviewflow.service.views.history import warnings
from tests.service.builders import BY, NOTIFIED, at, done
from tests.service.wording.conftest import HEAD, OfficeWith

STEPS = """\
steps:
  convene: {title: Say that it takes place, owner: business_support, due: 3 working days after notified, ladder: none}
  hear:
    title: Hear it
    after: convene
    owner: chair
    due: 5 working days after notified
    ladder: none
    form:
      heard: {type: yes_no, label: Was it heard}
    reopens:
      convene: {when: {heard: no}, times: 1}
  tell: {title: Tell them, after: hear, owner: business_support, due: 9 working days after notified, ladder: none}
"""


def test_an_answer_that_sends_back_no_more_says_that_it_stands(office_with: OfficeWith) -> None:
    office = office_with(HEAD + STEPS)
    case = open_case(office, "hearing", c.Open({"notified": NOTIFIED}, ()), by=BY, now=at(5)).case.reference

    def heard(day: int, answer: str) -> tuple[CommandResult, list[str]]:
        done(office, case, "convene", at(day))
        result = done(office, case, "hear", at(day), heard=answer)
        return result, list(warnings(office, result.case, result.events))

    assert heard(7, "no")[1] == []
    again, said = heard(11, "no")
    assert said == [
        (
            "“Say that it takes place” is not sent back again: it may be sent back once at most. "
            "The answer stands, and the work goes on."
        )
    ]
    assert again.case.items["tell"].opened == at(11).date()
