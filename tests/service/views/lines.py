"""Lines and pages made by hand, so that a test of what is drawn needs no case and no database."""

from datetime import date
from typing import Any

from reviewflow.case.model.ids import step_of
from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.case_page.shapes import CasePage, Line

OPENED = date(2026, 5, 5)


def line(item: str, standing: Standing = Standing.OPEN, **changes: Any) -> Line:
    """One that the police owe, titled as its step in the toy review would be."""
    step = step_of(item).replace("_", " ").capitalize()
    given: dict[str, Any] = {"step": step, "title": step, "owner": "Police", "opened": None, "due": None}
    return Line(item=item, standing=standing, **{**given, **changes})


def page(*steps: Line, **changes: Any) -> CasePage:
    """An open case with these steps and nothing else."""
    given: dict[str, Any] = {
        "reference": "TR-2026-001",
        "process": "review",
        "title": "Review",
        "status": "open",
        "ending": "",
        "number": 3,
        "opened": OPENED,
        "dates": (),
        "agencies": ("Police", "Hospital trust"),
        "links": (),
        "limits": (),
        "holds": (),
        "related": (),
        "reviews": (),
    }
    return CasePage(steps=steps, **{**given, **changes})
