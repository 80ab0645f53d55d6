"""The page about what is written once shows what passes `check`."""

import re
from pathlib import Path

from reviewflow.language.checks import check_library
from reviewflow.language.library import definition_files, kind_at, read_library

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "definitions"
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", (ROOT / "docs/written-once.md").read_text(encoding="utf-8"), re.S | re.M)


def said(place: str, text: str) -> list[str]:
    files = {str(path.relative_to(FOLDER)): path.read_bytes() for _, path in definition_files(FOLDER)}
    files[place] = text.encode()
    found = check_library(read_library((kind_at(Path(name)), name, Path(name).stem, d) for name, d in files.items()))
    return [str(each) for each in found if each.file == place]


def test_its_process_passes() -> None:
    process, groups, _ = EXAMPLES
    assert said("processes/our_rapid_review.yaml", process) == []
    taking = (FOLDER / "processes/cspr.yaml").read_text(encoding="utf-8")
    assert "report_final" in taking
    mine = "language: 1\nprocess: mine\nversion: 1\ntitle: Mine\nextends: cspr\n"
    assert said("processes/mine.yaml", mine + groups) == []


def test_its_calendar_passes() -> None:
    partnership = (FOLDER / "partnership.yaml").read_text(encoding="utf-8")
    assert said("partnership.yaml", partnership + EXAMPLES[2]) == []
