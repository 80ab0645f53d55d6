"""What is raised on purpose has one root, and with it an exit status."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import reviewflow
from reviewflow.calendar import CalendarHorizonError
from reviewflow.case.model.refusal import Refused
from reviewflow.errors import OURS, YOURS, ReviewflowError
from reviewflow.language.phrases import PhraseError
from reviewflow.language.problem import DefinitionError
from reviewflow.service.workspace.errors import NotUsable
from reviewflow.store.errors import AlreadyRecorded, CaseConflict, NotAnAddress, NotSetUp, StoreUnavailable

BUILT_IN = {"Exception", "ValueError", "KeyError", "LookupError", "RuntimeError"}
STATUS: dict[ReviewflowError, int] = {
    CalendarHorizonError("2090"): YOURS,
    PhraseError("PD015", "3 parsecs"): YOURS,
    Refused(["not now"], "Later."): YOURS,
    DefinitionError([]): YOURS,
    NotUsable("no folder"): YOURS,
    NotAnAddress("nonsense:"): YOURS,
    CaseConflict("RR-2026-001"): YOURS,
    AlreadyRecorded("RR-2026-001"): OURS,
    StoreUnavailable("the disk is full"): OURS,
    NotSetUp("no such table"): OURS,
}


@pytest.mark.parametrize(("error", "status"), STATUS.items(), ids=lambda value: type(value).__name__)
def test_an_error_knows_its_exit_status(error: ReviewflowError, status: int) -> None:
    assert error.exit_status == status


def test_no_error_of_the_engine_has_a_root_of_its_own() -> None:
    assert list(_rootless(Path(reviewflow.__file__).parent)) == ["ReviewflowError"]


def _rootless(package: Path) -> Iterator[str]:
    """The classes that derive from built-in exceptions only, but for those that stay inside their module."""
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.bases:
                bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                if bases and bases <= BUILT_IN:
                    yield node.name
