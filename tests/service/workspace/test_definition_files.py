"""A second file of a definition that may exist once is left out, aloud, whatever the alphabet says."""

import shutil
from pathlib import Path

import pytest

from reviewflow.service.workspace.definition_files import DefinitionFiles
from tests.shipped import DEFINITIONS, FILES

ONCE = ["partnership.yaml", "ladders.yaml", "processes/rapid_review.yaml", "messages/reminder.yaml"]


@pytest.mark.parametrize("name", ONCE)
def test_a_stale_copy_is_left_out_and_told(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = Path(shutil.copytree(DEFINITIONS, tmp_path / "definitions"))
    path = folder / name
    copy = path.with_name(f"{path.stem} - Copy.yaml")
    copy.write_bytes(path.read_bytes().replace(b"working day", b"week").replace(b"contact: ", b"contact: old."))
    for files in (DefinitionFiles(folder), DefinitionFiles(folder)):  # read, and from the cache
        caplog.clear()
        definition, partnership = files.definition("rapid_review"), files.partnership
        assert [record.getMessage().partition(": ")[0] for record in caplog.records] == [str(copy)]
        assert definition == FILES.definition("rapid_review")
        assert partnership == FILES.partnership
