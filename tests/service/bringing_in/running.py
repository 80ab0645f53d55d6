"""Three cases that run today, as their office would tell them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reviewflow.service.bringing_in.bring_in import Brought, bring_in
from reviewflow.service.bringing_in.checking import Ready, check_files
from reviewflow.service.bringing_in.shapes import Moment
from reviewflow.service.workspace.workspace import Workspace
from tests.service.bringing_in.pasts import write

DAY_9 = datetime(2026, 5, 18, 9, tzinfo=UTC)
MONTH_4 = datetime(2026, 9, 7, 9, tzinfo=UTC)
RETURNED = {"answer": "nil_return", "approved": "yes", "records_secured": "yes", "risk_now": "none_found"}


def rapid_review() -> dict[str, Any]:
    """On its ninth working day: one agency has answered, one has more time, one is late."""
    return {
        "was": "SCR 12/26",
        "process": "rapid_review",
        "opened": "2026-05-05",
        "dates": {"aware": "2026-05-01", "notified": "2026-05-05"},
        "agencies": ["police", "hospital_trust", "Northmoor Education Service"],
        "happened": [
            {"step": "immediate_safety", "on": "2026-05-06", "answers": {"checked": ["child"], "result": "safe"}},
            {
                "step": "set_up",
                "on": "2026-05-06",
                "answers": {
                    "agencies_right": "yes",
                    "secure_messages": "yes",
                    "huddle_booked_for": "2026-05-22",
                },
            },
            {"step": "agency_return", "agency": "police", "on": "2026-05-13", "answers": RETURNED},
            {
                "extend": "agency_return",
                "agency": "hospital_trust",
                "on": "2026-05-13",
                "until": "2026-05-19",
                "by": "business_manager",
                "reason": "The files are in another archive",
            },
        ],
    }


def action_plan() -> dict[str, Any]:
    """Four actions are agreed, two of them done."""
    action = {
        "recommendation": "1",
        "action": "Change the handover",
        "kind": "single_agency",
        "strength": "strong",
        "change": "Children are seen the same day",
        "evidence": "audit",
    }
    actions = [{**action, "lead": lead, "due": "2026-08-31"} for lead in ("police", "education", "police", "education")]
    done = {"result": "as_agreed", "evidence": ["audit"], "paper": "SP 12"}
    agreed = dict.fromkeys(("specific", "change", "strong_enough", "agreed"), "yes")
    return {
        "was": "Plan 7",
        "process": "action_plan",
        "dates": {"agreed": "2026-05-05"},
        "agencies": "police, education",
        "happened": [
            {"step": "plan", "on": "2026-05-12", "answers": {"actions": actions, "repeats": "no", "paper": "SP 1"}},
            {"step": "approve", "on": "2026-05-20", "answers": agreed},
            {"step": "do_action", "line": "1", "on": "2026-06-30", "answers": done},
            {"step": "do_action", "line": "2", "on": "2026-08-03", "answers": done},
        ],
    }


def checked(office: Workspace, folder: Path, now: datetime, *cases: dict[str, Any]) -> tuple[list[Ready], list[str]]:
    return check_files(office, [write(folder / "running.yaml", list(cases))], Moment("A. Officer", now))


def brought(office: Workspace, folder: Path, now: datetime, *cases: dict[str, Any]) -> list[Brought]:
    """Those cases brought in, when nothing is wrong."""
    ready, problems = checked(office, folder, now, *cases)
    assert not problems, problems
    return list(bring_in(office, ready, Moment("A. Officer", now)))
