"""Whether the number of a process stands for one text only."""

from __future__ import annotations

from reviewflow.language.definition import Definition, standing_alone
from reviewflow.language.model import Process
from reviewflow.store.store import Store


def used_before(store: Store, process: Process) -> str:
    """What is to be said where the number stands for another text too, with which a case was opened; '' else."""
    now, version = standing_alone(process), process.version
    bodies = store.definitions(process.process, version)
    if all(Definition.model_validate_json(body).process == now for body in bodies):
        return ""
    return (
        f"Cases were opened under version {version}, which said something else. Count it up: "
        f"version: {version + 1}\nTo see what changed: reviewflow diff {process.process}"
    )
