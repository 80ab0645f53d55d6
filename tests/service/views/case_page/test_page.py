from reviewflow.service.views.case_page.page import describe_case
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, opened


def test_an_agency_that_left_the_partnership_is_still_called_by_a_name(office: Workspace) -> None:
    """Never by the key of the file: police."""
    reference = opened(office)
    del office.partnership.agencies["police"]
    assert "Police" in describe_case(office, office.store.case(reference), now=at(6)).agencies
