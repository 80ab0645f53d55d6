"""Actions: how many of each plan stand in which state and colour; never what they say."""

from reviewflow.case.rules.action_colours import Colour
from reviewflow.service.board.actions import actions_page
from reviewflow.service.reports.registers.action_lines import Chosen, action_lines
from reviewflow.service.reports.registers.actions import actions
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at
from tests.service.plans import office, plan  # noqa: F401 - fixtures


def test_each_plan_has_its_colours_as_the_register_has_them(office: Workspace, plan: str) -> None:  # noqa: F811
    page = actions_page(office, actions(office), now=at(29))
    register = action_lines(office, Chosen(), now=at(29))
    [line] = page.plans
    assert (line.reference, line.total) == (plan, len(register))
    assert sum(number for _, number in line.colours) == len(register)
    for colour in Colour:
        assert page.coloured(colour) == sum(known.rag is colour for known in register)
    assert {row.number for row in page.rows} == {known.number for known in register}


def test_what_an_action_says_is_kept_for_the_register(office: Workspace, plan: str) -> None:  # noqa: F811
    said = {known.action for known in action_lines(office, Chosen(cases=(plan,)), now=at(29))}
    shown = str(actions_page(office, actions(office), now=at(29)))
    assert said
    assert not [words for words in said if words in shown]
