from reviewflow.service.views.case_page.page import describe_case
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, opened


def test_an_agency_that_left_the_partnership_is_still_called_by_a_name(office: Workspace) -> None:
    """Never by the key of the file: police."""
    opened(office)
    agencies = {name: agency for name, agency in office.partnership.agencies.items() if name != "police"}
    vars(office)["partnership"] = office.partnership.model_copy(update={"agencies": agencies})
    [row] = office.store.cases()
    assert "Police" in describe_case(office, row, now=at(6)).agencies
