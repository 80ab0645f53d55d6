"""What a command imports before it answers: only what it needs."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from reviewflow.cli.garbage import SELDOM

ROOT = Path(__file__).parents[2]
SLOW = ("prefect", "apprise", "sqlalchemy", "sqlmodel", "alembic", "holidays", "icalendar", "openpyxl", "docx", "typst")
NOT_TO_HELP = (*SLOW, "pydantic", "rich", "yaml", "reviewflow.language", "reviewflow.service", "reviewflow.store")
PROGRAM = """
import contextlib, io, sys
from reviewflow.cli import main
with contextlib.redirect_stdout(io.StringIO()) as page, contextlib.suppress(SystemExit):
    main()
assert page.getvalue()
print(*sys.modules)
"""
OPEN = ("open", "review", "--date", "notified=2026-05-05", "--agency", "police", "--now", "2026-05-05")
LOOKS = {
    "show": ("show", "TR-2026-001"),
    "why": ("why", "TR-2026-001", "agency_return/police"),
    "due": ("due",),
    "cases": ("cases",),
}


def imported(*words: str) -> set[str]:
    """The modules that a command, in a process of its own, has imported at its end."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one case, whose commands have been used before; nobody else's push what it keeps out."""
    folder = tmp_path_factory.mktemp("used")
    with pytest.MonkeyPatch.context() as patch:
        in_office(folder, patch)
        imported(*OPEN)
    return folder


def in_office(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    patch.setenv("REVIEWFLOW_DATABASE", f"sqlite:///{folder}/cases.db")
    patch.setenv("REVIEWFLOW_DEFINITIONS", str(ROOT / "tests" / "toy"))


@pytest.fixture
def office(used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_office(used, monkeypatch)


def test_help_imports_nothing_that_a_command_works_with() -> None:
    assert imported("--help").isdisjoint(NOT_TO_HELP)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("words", LOOKS.values(), ids=LOOKS)
def test_to_look_at_cases_imports_nothing_that_is_slow(words: tuple[str, ...]) -> None:
    assert imported(*words, "--now", "2026-05-06").isdisjoint(SLOW)


def test_what_sweeps_and_looks_for_bounces_without_prefect_does_not_import_it() -> None:
    program = "import sys, tasks.bounces_once, tasks.sweep_once\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "prefect" not in done.stdout.split()


def test_what_is_slow_is_there_to_be_imported() -> None:
    assert all(find_spec(name) for name in SLOW)


@pytest.mark.parametrize(
    "program",
    [
        "from reviewflow.cli import main\nwith contextlib.suppress(SystemExit):\n    main()",
        "import flows",
        "import tasks",
    ],
    ids=["reviewflow", "flows", "tasks"],
)
def test_while_it_starts_it_looks_for_garbage_seldom(program: str) -> None:
    command = [sys.executable, "-c", f"import contextlib, gc, sys\n{program}\nprint(gc.get_threshold()[0])", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert int(done.stdout.split()[-1]) == SELDOM[0] > 10_000
