"""The pages follow the office's files: what is changed there counts from the next look on."""

import shutil
from pathlib import Path

from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.store import Store, open_store
from reviewflow.web.kept_office import LOOK, KeptOffice
from tests.web.letters import TOY


def test_a_changed_file_is_read_and_an_unchanged_office_is_kept(tmp_path: Path, sqlite_url: str) -> None:
    folder = shutil.copytree(TOY, tmp_path / "definitions")
    store: Store = open_store(sqlite_url)
    store.migrate()
    clock = [0.0]
    kept = KeptOffice(Workspace(store, folder), lambda: clock[0])
    with kept.open() as first:
        assert first.partnership.contact.phone == "01632 960100"
    clock[0] += LOOK
    with kept.open() as again:
        assert again is first
    partnership = folder / "partnership.yaml"
    partnership.write_text(partnership.read_text().replace("01632 960100", "01632 960199"))
    clock[0] += LOOK
    with kept.open() as changed:
        assert changed.partnership.contact.phone == "01632 960199"
        assert changed.plans is first.plans
    store.close()
