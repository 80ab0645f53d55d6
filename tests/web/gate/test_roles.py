"""The file of who may what."""

from pathlib import Path

import pytest

from reviewflow.service.workspace.errors import SettingsError
from reviewflow.web.gate.roles import SignInRole, read_roles, role_of

SHIPPED = Path(__file__).parents[3] / "deploy" / "one-machine" / "roles.yaml"


def written(folder: Path, text: str) -> Path:
    file = folder / "roles.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_highest_role_counts_by_name_or_by_group(tmp_path: Path) -> None:
    file = written(tmp_path, "viewers: [anna, 'group:staff']\nofficers: [bela]\nmanagers: ['group:leads', bela]\n")
    roles = read_roles(file)
    assert role_of(roles, "anna", ()) is SignInRole.VIEWER
    assert role_of(roles, "bela", ()) is SignInRole.MANAGER
    assert role_of(roles, "carl", ("staff", "leads")) is SignInRole.MANAGER
    assert role_of(roles, "carl", ("others", "")) is None
    assert role_of(roles, "staff", ()) is None


def test_the_shipped_file_lets_nobody_in() -> None:
    assert read_roles(SHIPPED) == {}


@pytest.mark.parametrize(
    "text", ["viewers: anna", "viewer: [anna]", "viewers: [1]", "- anna", "viewers: [", "viewers: ['']"]
)
def test_a_file_that_says_something_else_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError):
        read_roles(written(tmp_path, text))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        read_roles(tmp_path / "none.yaml")
