"""Charts of the definitions that are shipped, of the toy, and of one that uses what the shipped ones may not."""

from pathlib import Path

from reviewflow.diagram.chart import chart
from reviewflow.diagram.shapes import Arrow, Box, Chart, Shape
from reviewflow.language.definition import Definition, define
from reviewflow.language.folder.library import Library, read_files
from reviewflow.language.model import Partnership
from tests.language.definitions import below
from tests.shipped import library as shipped_library

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SHIPPED = shipped_library()
TOY = below(ROOT / "tests" / "toy")
OWN = {
    "processes/rich.yaml": (HERE / "rich.yaml").read_bytes(),
    "documents/pack.yaml": (HERE / "pack.yaml").read_bytes(),
    "tables/size.yaml": (HERE / "size.yaml").read_bytes(),
}
TOGETHER = read_files({**TOY, **OWN})
LIBRARIES: dict[str, Library] = {
    **dict.fromkeys(sorted(SHIPPED.processes), SHIPPED),
    "review": TOGETHER,
    "rich": TOGETHER,
}
ALL = list(LIBRARIES)


def source(process: str) -> tuple[Definition, Partnership]:
    library = LIBRARIES[process]
    assert library.partnership is not None
    return define(library, process), library.partnership.model


def shown(process: str) -> Chart:
    return chart(*source(process))


def large(number: int) -> Chart:
    """So many steps, each after two of those shortly before it."""
    boxes = {"s0": Box("s0", Shape.OPENING, "The review is opened")}
    arrows = []
    for step in range(1, number):
        name = f"s{step}"
        boxes[name] = Box(name, Shape.PERSON, f"Do thing {step} with care", "Manager", ("Due 5 days after notified",))
        before = dict.fromkeys([max(0, step - 1 - step % 7), max(0, step - 3 - step % 11)])
        arrows += [Arrow(f"s{each}", name) for each in before]
    return Chart("Large", ("Version 1",), boxes, tuple(arrows))
