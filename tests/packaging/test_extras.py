"""What is installed with which extra: enough for each command, and plain words where something is missing."""

import os
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import metadata
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from reviewflow.cli.extras import EXTRAS, WHAT_FOR, missing_extra
from tests.packaging.restricted import Done, run

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FOR_DEVELOPERS = {"dev", "bench"}
packages_distributions = cache(metadata.packages_distributions)


def declared(texts: Sequence[str]) -> set[str]:
    """The distributions that are named, as one writes them in lower case with hyphens; without our own extras."""
    return {canonicalize_name(Requirement(text).name) for text in texts} - {"reviewflow"}


def with_all_that_they_need(texts: Sequence[str]) -> set[str]:
    """The distributions that pip installs for these requirements."""
    known: set[tuple[str, str]] = set()
    left = [(Requirement(text), "") for text in texts]
    while left:
        requirement, _ = left.pop()
        for extra in ("", *requirement.extras):
            name = canonicalize_name(requirement.name)
            if (name, extra) not in known:
                known.add((name, extra))
                left += [(needed, "") for needed in needs(name, extra)]
    return {name for name, _ in known}


def needs(distribution: str, extra: str) -> Iterator[Requirement]:
    try:
        texts = requires(distribution) or []
    except PackageNotFoundError:  # of another system
        return
    for requirement in map(Requirement, texts):
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement


def modules_without(kept: set[str]) -> list[str]:
    """Every module that is installed here by a distribution that is not kept."""
    ours = {"reviewflow"}
    return [
        module
        for module, distributions in packages_distributions().items()
        if not {canonicalize_name(name) for name in distributions} & (kept | ours)
    ]


@pytest.mark.parametrize("extra", EXTRAS)
def test_each_module_is_installed_by_its_extra_and_each_extra_is_told(extra: str) -> None:
    distributions = packages_distributions()
    of_modules = {canonicalize_name(name) for module in EXTRAS[extra] for name in distributions[module]}
    assert of_modules == declared(PROJECT["optional-dependencies"][extra])
    assert EXTRAS.keys() == WHAT_FOR.keys() == PROJECT["optional-dependencies"].keys() - FOR_DEVELOPERS - {"all"}


def test_whatever_the_code_imports_is_declared_once() -> None:
    imported = {
        name.partition(".")[0]
        for package in ("reviewflow", "flows", "tasks", "notifications")
        for path in (ROOT / package).rglob("*.py")
        for name in re.findall(r"^\s*(?:from|import) ([A-Za-z_][\w.]*)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    base = declared(PROJECT["dependencies"]) | {"pydantic-core"}
    others = {
        module: {canonicalize_name(name) for name in names}
        for module, names in packages_distributions().items()
        if not {canonicalize_name(name) for name in names} & {*base, "reviewflow"}
    }
    in_extras = {module for modules in EXTRAS.values() for module in modules}
    assert imported & others.keys() <= in_extras
    by_others = {"font_source_sans_pro", "govuk_frontend_jinja", "prefect_redis"}
    assert in_extras - imported == by_others, "only files of the first two are read, and settings name the third"


BASE = with_all_that_they_need(PROJECT["dependencies"])


def test_check_needs_few_packages() -> None:
    assert len(BASE) <= 20, sorted(BASE)


SMALL = "case_discussion --date decided=2026-12-18"
"""A small process: what is missing shows in none better than in another."""
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "": (
        "check",
        "check definitions/processes/case_discussion.yaml",
        "explain case_discussion",
        "explain PD021",
        f"preview {SMALL}",
        f"preview {SMALL} -o timetable.csv",
        "init our_review --from rapid_review",
        "diff definitions/processes/case_discussion.yaml definitions/processes/learning_event.yaml",
        "resolve case_discussion",
        "schema process",
        "diagram case_discussion -o r.mmd",
        "date --explain 15.working.days.after.2026-12-18",
        "init-office elsewhere",
    ),
    "diagram": ("diagram case_discussion -o r.svg", "diagram case_discussion -o r.png"),
    "documents": (f"preview {SMALL} -o t.html", f"preview {SMALL} -o t.ics"),
    "watch": ("watch",),
    "cases": (
        "open rapid_review --date aware=2026-05-01 --date notified=2026-05-05 --agency police --now 2026-05-05",
        "cases --database postgresql://127.0.0.1/nowhere",
    ),
    "server": ("serve", "demo --once", "sweep --database postgresql://127.0.0.1/nowhere"),
}


OPEN = "open rapid_review --date aware=2026-05-01 --date notified=2026-05-05 --agency police --now 2026-05-05"
WITH_CASES: Mapping[str, tuple[str, ...]] = {
    "": (
        OPEN,
        "show RR-2026-001 --now 2026-05-06",
        "cases --now 2026-05-06",
        "due --now 2026-05-06",
        "history RR-2026-001",
        "why RR-2026-001 panel_meeting --now 2026-05-06",
        "check",
        "diff rapid_review",
        "audit",
        f"preview {SMALL}",
    ),
    "documents": ("report --year 2026 -o report.html",),
    "postgresql": ("cases --database postgresql://127.0.0.1/nowhere",),
}


def outcomes(folder: Path, kept: set[str], commands: Mapping[str, tuple[str, ...]]) -> Mapping[str, Done]:
    """What becomes of the commands, one after another, where no more than this is installed."""
    shutil.copytree(ROOT / "definitions", folder / "definitions")
    texts = [text for group in commands.values() for text in group]
    words = [[word.replace(".", " ") if "working" in word else word for word in text.split()] for text in texts]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REVIEWFLOW_")}
    done = run(words, folder, modules=modules_without(kept), environment=environment)
    return dict(zip(texts, done, strict=True))


@pytest.fixture(scope="module")
def with_the_base_only(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Done]:
    return outcomes(tmp_path_factory.mktemp("base"), BASE, COMMANDS)


@pytest.fixture(scope="module")
def with_cases(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Done]:
    kept = BASE | with_all_that_they_need(PROJECT["optional-dependencies"]["cases"])
    return outcomes(tmp_path_factory.mktemp("cases"), kept, WITH_CASES)


@pytest.mark.parametrize("command", COMMANDS[""])
def test_the_base_is_enough(with_the_base_only: Mapping[str, Done], command: str) -> None:
    assert with_the_base_only[command].status == 0, with_the_base_only[command]


@pytest.mark.parametrize(
    ("extra", "command"), [(name, command) for name, group in COMMANDS.items() if name for command in group]
)
def test_what_is_missing_is_told_with_the_extra(
    with_the_base_only: Mapping[str, Done], extra: str, command: str
) -> None:
    done = with_the_base_only[command]
    assert (done.status, done.out) == (1, "")
    assert f'pip install "reviewflow[{extra}]"' in done.err


@pytest.mark.parametrize("command", WITH_CASES[""])
def test_cases_need_their_extra_alone(with_cases: Mapping[str, Done], command: str) -> None:
    assert with_cases[command].status == 0, with_cases[command]


@pytest.mark.parametrize(
    ("extra", "command"), [(name, command) for name, group in WITH_CASES.items() if name for command in group]
)
def test_what_is_missing_beside_cases_is_told(with_cases: Mapping[str, Done], extra: str, command: str) -> None:
    done = with_cases[command]
    assert (done.status, done.out) == (1, "")
    assert f'pip install "reviewflow[{extra}]"' in done.err


def test_a_module_of_no_extra_is_a_bug() -> None:
    assert missing_extra(ModuleNotFoundError("No module named 'numpy'", name="numpy")) is None
