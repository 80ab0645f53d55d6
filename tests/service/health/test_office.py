"""Who is waited for and is not named any more: an agency, a post, or only a post within an agency that is."""

import pytest

from reviewflow.service.health.office import owners
from reviewflow.service.workspace.workspace import Workspace


@pytest.mark.parametrize(
    ("owner", "says"),
    [
        ("agency:constabulary", "R-1 waits for constabulary, and partnership.yaml has no such agency"),
        ("agency:constabulary:senior", "R-1 waits for constabulary, and partnership.yaml has no such agency"),
        (
            "agency:police:designated",
            'R-1 waits for the post "designated" of police, and partnership.yaml names nobody',
        ),
        ("role:panel_chair", "R-1 waits for panel_chair, and partnership.yaml has no such post"),
        ("agency:police", "partnership.yaml names everybody by whom something is owed"),
    ],
)
def test_what_is_said_of_an_owner_is_so(
    office: Workspace, monkeypatch: pytest.MonkeyPatch, owner: str, says: str
) -> None:
    monkeypatch.setattr(office.store, "open_owners", lambda: {owner: ("R-1", 1)})
    (finding,) = owners(office)
    assert finding.says.startswith(says)
    assert "merge-agencies" not in finding.remedy or "constabulary" in owner
