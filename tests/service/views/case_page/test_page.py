import shutil
from pathlib import Path

from reviewflow.service.views.case_page.page import describe_case
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import at, opened
from tests.service.conftest import TOY


def test_an_agency_that_left_the_partnership_is_still_called_by_a_name(office: Workspace) -> None:
    """Never by the key of the file: police."""
    opened(office)
    agencies = {name: agency for name, agency in office.partnership.agencies.items() if name != "police"}
    vars(office)["partnership"] = office.partnership.model_copy(update={"agencies": agencies})
    [row] = office.store.cases()
    assert "Police" in describe_case(office, row, now=at(6)).agencies


def test_what_nobody_has_asked_for_has_no_day(office: Workspace, tmp_path: Path) -> None:
    """An optional step that waits for another was told with a day, counted from the opening, that had passed."""
    shutil.copytree(TOY, tmp_path / "toy")
    process = tmp_path / "toy" / "processes" / "review.yaml"
    extra = (
        "  extra: {title: Meet again, after: meeting, optional: yes, owner: chair, due: 1 working day after opened}\n"
    )
    process.write_text(process.read_text().replace("steps:\n", f"steps:\n{extra}"))
    changed = Workspace(office.store, tmp_path / "toy")
    opened(changed, agencies=("police",))
    [row] = changed.store.cases()
    [line] = [line for line in describe_case(changed, row, now=at(20)).steps if line.item == "extra"]
    assert (line.due, line.passed) == (None, "")
