"""A case after something was done for it in another case, which leads."""

from __future__ import annotations

from reviewflow.case.model import events as e
from reviewflow.case.model.beside import Taken
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Case


def together(
    case: Case, event: e.LedBy | e.TakenFrom | e.ReopenedWith | e.LeadOver | e.TreatedTogether | e.TreatedAlone
) -> Case:
    match event:
        case e.LedBy(reference, steps):
            led = {step: leader for step, leader in case.led.items() if leader != reference}
            return replace(case, led={**led, **dict.fromkeys(steps, reference)})
        case e.TakenFrom(item, reference, number):
            return replace(case, taken={**case.taken, item: Taken(reference, number)})
        case e.LeadOver(reference):
            return alone(case, reference)
        case e.TreatedTogether(reference, agencies):
            return replace(case, leads={**case.leads, reference: agencies})
        case e.TreatedAlone(reference):
            return replace(case, leads={other: who for other, who in case.leads.items() if other != reference})
        case e.ReopenedWith():
            return case


def alone(case: Case, reference: str) -> Case:
    """The case without the one that led: what was recorded there stands, and is its own from now on."""
    if reference not in case.led.values() and all(taken.reference != reference for taken in case.taken.values()):
        return case
    led = {step: leader for step, leader in case.led.items() if leader != reference}
    taken = {item: known for item, known in case.taken.items() if known.reference != reference}
    return replace(case, led=led, taken=taken)
