"""Files that travel with the program beside its code: definitions/, deploy/prefect.yaml and docs/problems.md.

They are edited at the top of the repository; pyproject.toml puts a copy of them into the wheel, under reviewflow/data.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

_REPOSITORY = Path(__file__).parents[1]


def shipped(place: str) -> Path:
    """A file or folder by its place in the repository, such as `deploy/prefect.yaml`.

    An installed program has it inside the package, a working copy where it is edited. A place that is not shipped gives
    a path at which there is nothing.
    """
    installed = Path(str(resources.files("reviewflow"))) / "data" / place
    return installed if installed.exists() else _REPOSITORY / place
