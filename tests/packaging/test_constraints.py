"""constraints.txt names all that an install brings, on each Python that we support and not on ours alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LINES = (Path(__file__).parents[2] / "constraints.txt").read_text(encoding="utf-8").splitlines()
NAMED = {canonicalize_name(line.partition("==")[0]) for line in LINES if "==" in line}
PYTHONS = ("3.11.2", "3.11.14", "3.12.12", "3.13.9", "3.14.0")
"""The first is Debian 12's: what was mended in 3.11.3 is brought by packages of its own there."""


def needed(names: set[str], environment: Mapping[str, str]) -> Iterator[str]:
    """What these want for themselves, extras left out."""
    for name in names:
        try:
            wanted = requires(name) or ()
        except PackageNotFoundError:  # for another Python or system than this one
            continue
        for line in wanted:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({**environment, "extra": ""}):
                yield canonicalize_name(requirement.name)


@pytest.mark.parametrize("version", PYTHONS)
def test_each_package_that_an_install_brings_has_its_version(version: str) -> None:
    environment = {
        "python_full_version": version,
        "python_version": version.rpartition(".")[0],
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
    }
    assert set(needed(NAMED, environment)) <= NAMED
