"""What the documentation shows is what happens. Outputs are written anew with: pytest tests/docs --update-golden"""

from pathlib import Path

import pytest

from tests.docs.pages import all_pages
from tests.docs.reader import ROOT, Reader, office, settings

DOCS = ROOT / "docs"


@pytest.mark.slow
@pytest.mark.parametrize("path", all_pages(DOCS), ids=lambda path: str(path.relative_to(DOCS)))
def test_a_page_can_be_done(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, update_golden: bool
) -> None:
    page = path.read_text(encoding="utf-8")
    office(page, tmp_path)
    monkeypatch.chdir(tmp_path)
    settings(monkeypatch)
    found = Reader(monkeypatch).read(page, update=update_golden)
    if found != page:
        path.write_text(found, encoding="utf-8")
