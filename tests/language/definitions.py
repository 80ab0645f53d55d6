"""Definitions for tests: the good files of base/, with one or more files put over them."""

from collections.abc import Mapping
from pathlib import Path

from reviewflow.language.checks import check_library
from reviewflow.language.folder.library import Library, read_files
from reviewflow.language.problem import Problem

HERE = Path(__file__).parent
ERR = HERE / "err"
OK = HERE / "ok"
PLACE = "processes/toy.yaml"


def below(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its place in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


BASE = below(HERE / "base")


def case_files(case: Path) -> dict[str, bytes]:
    """The files that a case puts over the base: a folder, or one file whose first line may say where it stands."""
    if case.is_dir():
        return below(case)
    data = case.read_bytes()
    first = data.partition(b"\n")[0].decode(errors="replace")
    return {first.removeprefix("# ").strip() if first.endswith(".yaml") else PLACE: data}


def library(over: Mapping[str, bytes]) -> Library:
    gone = {name.removesuffix(".gone") for name in over if name.endswith(".gone")}
    files = {name: data for name, data in {**BASE, **over}.items() if name.removesuffix(".gone") not in gone}
    return read_files(files)


def problems(over: Mapping[str, bytes]) -> tuple[Problem, ...]:
    return check_library(library(over))


def process(text: str) -> tuple[Problem, ...]:
    return problems({PLACE: text.encode()})


def cases(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == ".yaml" or path.is_dir())
