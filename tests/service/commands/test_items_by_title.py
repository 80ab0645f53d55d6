"""An item may be called by its title, where that means one."""

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Status
from reviewflow.service.commands.carry_out import carry_out, current
from reviewflow.service.messages.naming import item_title
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at, opened


def test_an_item_is_known_by_its_title_in_any_letters(office: Workspace) -> None:
    reference = opened(office)
    row = office.store.load(reference)
    assert row is not None
    title = item_title(office.context(row, at(6)), "agency_return/police")
    carry_out(office, reference, c.Skip(title.upper(), "a reason"), by=BY, now=at(6))
    assert current(office, reference).items["agency_return/police"].status is Status.SKIPPED


def test_what_is_no_title_is_refused_as_it_always_was(office: Workspace) -> None:
    with pytest.raises(Refused, match="agency_retrun"):
        carry_out(office, opened(office), c.Skip("agency_retrun/police", "a reason"), by=BY, now=at(6))
