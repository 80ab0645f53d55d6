"""The engines that are here, by the name in the tables; ours first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec

from tests.benchmarks.floor import Floor
from tests.benchmarks.ours import Reviewflow
from tests.benchmarks.workload import Engine

OURS, SPLIT, HOT, FLOOR = "reviewflow", "SpiffWorkflow split", "SpiffWorkflow hot", "floor raw"
WITHOUT_SPIFF = "SpiffWorkflow is not installed, so it is left out. To have it: pip install -e '.[bench]'"


def present() -> Mapping[str, Callable[[str], Engine]]:
    found: dict[str, Callable[[str], Engine]] = {OURS: Reviewflow, FLOOR: Floor}
    if find_spec("SpiffWorkflow") is not None:
        from tests.benchmarks.spiff import Hot, Split

        found |= {SPLIT: Split, HOT: Hot}
    return found
