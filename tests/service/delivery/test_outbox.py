"""What was sent to the police: the outbox of one agency."""

import pytest

from reviewflow.service.delivery.outbox import outbox
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import opened


def test_the_outbox_of_one_agency(office: Workspace) -> None:
    opened(office)
    assert {message.to for message in outbox(office)} > {message.to for message in outbox(office, agency="police")}
    assert {message.to for message in outbox(office, agency="police")} == {"Police"}


def test_an_agency_that_there_is_none_of(office: Workspace) -> None:
    with pytest.raises(UserError, match="Did you mean"):
        outbox(office, agency="polise")
