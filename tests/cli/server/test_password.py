"""What Prefect asks for: made once, kept for its owner alone, or named by the office."""

from pathlib import Path

import pytest

from reviewflow.cli.server.password import FILE, GIVEN, sign_in
from reviewflow.service.workspace.errors import UserError


def test_it_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    made = sign_in(tmp_path, {})
    user, _, password = made.partition(":")
    assert (user, len(password)) == ("reviewflow", 32)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert sign_in(tmp_path, {}) == made
    (tmp_path / "other").mkdir()
    assert sign_in(tmp_path / "other", {}) != made


def test_an_office_names_its_own(tmp_path: Path) -> None:
    assert sign_in(tmp_path, {GIVEN: "office:from its own store"}) == "office:from its own store"
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    ("mode", "text", "told"),
    [(0o640, "reviewflow:x", "Others on this machine may read"), (0o600, "x", "of the form user:password")],
)
def test_one_that_is_not_kept_well_is_not_taken(tmp_path: Path, mode: int, text: str, told: str) -> None:
    path = tmp_path / FILE
    path.write_text(text)
    path.chmod(mode)
    with pytest.raises(UserError, match=told):
        sign_in(tmp_path, {})
