"""The thirty situations that a review engine must get right, each with the history it leaves.

Rewrite the histories with: pytest tests/situations --update-golden
"""

from pathlib import Path

import pytest

from reviewflow.service.records.audit import audit
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import open_store
from tests.shipped import DEFINITIONS
from tests.shipped import FILES as SHIPPED
from tests.situations.office import play, read, situations

HERE = Path(__file__).parent


@pytest.mark.parametrize("path", situations(HERE), ids=lambda path: path.stem)
def test_situation(path: Path, tmp_path: Path, sqlite_url: str, *, update_golden: bool) -> None:
    store = open_store(sqlite_url)
    store.migrate()
    office = Workspace(store, DEFINITIONS, papers=tmp_path / "papers")
    vars(office).update(library=SHIPPED.library, problems=SHIPPED.problems, partnership=SHIPPED.partnership)
    said = play(office, read(path))
    assert audit(office)[1] == []
    store.close()
    golden = HERE / "histories" / f"{path.stem}.txt"
    if update_golden:
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")
