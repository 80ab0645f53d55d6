"""Every mistake an office makes, with exactly what it is told. Rewrite with: pytest tests/language --update-golden"""

from pathlib import Path

import pytest

from tests.language.definitions import ERR, OK, case_files, cases, problems


@pytest.mark.parametrize("case", cases(ERR), ids=lambda case: case.stem)
def test_a_mistake_is_told(case: Path, *, update_golden: bool) -> None:
    said = "\n\n".join(str(problem) for problem in problems(case_files(case))) + "\n"
    golden = case.with_suffix(".out")
    if update_golden:
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", cases(OK), ids=lambda case: case.stem)
def test_a_sound_definition_passes(case: Path) -> None:
    assert problems(case_files(case)) == ()
