"""The folder of a new office: the shipped definitions, with every value that is made up marked."""

from pathlib import Path

import pytest

from reviewflow.language.checks import check_library
from reviewflow.language.checks.meant import answered
from reviewflow.language.folder.library import load_library
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.new_office import FILL_IN, lines_to_fill_in, make_office
from reviewflow.shipped import shipped

SHIPPED = shipped("definitions")


def test_it_holds_what_is_shipped_and_has_no_problems(tmp_path: Path) -> None:
    made = make_office(tmp_path / "lantern")
    assert made == tmp_path / "lantern" / "definitions"
    assert {path.relative_to(made) for path in made.rglob("*")} == {p.relative_to(SHIPPED) for p in SHIPPED.rglob("*")}
    library = load_library(made)
    left, meant = answered(library, check_library(library))
    assert left == ()
    assert {answer.problem.code for answer in meant} == {"PD056", "PD404"}
    shipped_partnership, partnership = load_library(SHIPPED).partnership, library.partnership
    assert partnership is not None
    assert shipped_partnership is not None
    assert partnership.model == shipped_partnership.model, "the marks are comments"


def test_every_value_that_is_made_up_is_marked(tmp_path: Path) -> None:
    made = make_office(tmp_path)
    lines = (made / "partnership.yaml").read_text(encoding="utf-8").splitlines()
    values = [line for line in lines if not line.startswith("#")]
    made_up = [line for line in values if "northmoor" in line.lower() or "example.org" in line or "01632" in line]
    assert made_up == [line for line in values if line.endswith(FILL_IN)]
    assert lines_to_fill_in(made) == len(made_up) > 0


def test_what_an_office_has_is_never_written_over(tmp_path: Path) -> None:
    own = tmp_path / "definitions"
    own.mkdir()
    (own / "partnership.yaml").write_text("ours")
    with pytest.raises(UserError, match=r"is there already\. Nothing was changed"):
        make_office(tmp_path)
    assert [path.name for path in own.iterdir()] == ["partnership.yaml"]
    assert (own / "partnership.yaml").read_text() == "ours"
