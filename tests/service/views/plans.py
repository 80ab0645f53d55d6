"""The plan of a case of everything, in which words were typed that nobody else may see."""

from reviewflow.case.model import commands
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at

LABELS = ["Marigold room", "Saffron room"]
ACTION = {"what": "Talk with Thistledown", "lead": "police", "by": "2026-06-01"}
TYPED = ("marigold", "saffron", "thistledown", "bramblewick", "hollyhock", "foxglove")
"""Of each thing that was typed, by this plan or by a test, a word that stands in nothing else."""


def planned(office: Workspace, reference: str) -> None:
    """Two sessions with labels, two actions and a paper."""
    answers = {"sessions": LABELS, "actions": [ACTION, ACTION], "paper": "Cupboard Bramblewick"}
    carry_out(office, reference, commands.Complete("plan", answers), by=BY, now=at(5))
