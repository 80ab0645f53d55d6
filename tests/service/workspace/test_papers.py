"""Where papers lie: those of a rehearsal never among those of real cases with the same references."""

from pathlib import Path

import pytest

from reviewflow.service.workspace.workspace import open_workspace


@pytest.mark.parametrize(
    ("database", "documents", "place"),
    [
        ("rehearsal.db", "", "rehearsal-documents"),
        ("reviewflow.db", "", "documents"),
        ("rehearsal.db", "secure/store", "secure/store"),
    ],
)
def test_papers_lie_beside_their_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str, documents: str, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    given = {"REVIEWFLOW_DATABASE": f"sqlite:///{tmp_path}/{database}", "REVIEWFLOW_DOCUMENTS": documents}
    with open_workspace(given) as workspace:
        assert tmp_path / workspace.papers == tmp_path / place


def test_those_of_the_usual_database_lie_in_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_workspace({}) as workspace:
        assert workspace.papers == Path("var/documents")
