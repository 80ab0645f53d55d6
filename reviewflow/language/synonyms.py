"""What people write when they mean a word of the language: they know other tools, and other offices."""

from __future__ import annotations

from collections.abc import Container, Mapping

_SAID: Mapping[str, str] = {
    # keys
    "when": "if condition only_if unless",
    "ladder": "reminder reminders chase chasing chaser chasers escalation escalate",
    "due": "deadline due_date due_by target_date days",
    "owner": "who responsible assigned_to assignee done_by role",
    "title": "name heading",
    "help": "description notes explanation",
    "after": "depends_on needs requires follows waits_until",
    "form": "fields questions asks",
    "send": "email mail message notify",
    "repeats": "frequency recurs every",
    # types of questions
    "note": "text string textarea memo comment free_text",
    "choice": "dropdown select radio option",
    "choices": "multiselect multiple checkboxes",
    "confirm": "checkbox tick tickbox check",
    "yes_no": "boolean bool yes/no yesno",
    "number": "integer int decimal amount count",
    "date": "datetime day",
    "reference": "file document upload attachment link url",
    "rows": "table grid",
    # units of time
    "working days": "business_day business_days wd wds office_day office_days weekday weekdays",
    "months": "calendar_month calendar_months",
    "days": "calendar_day calendar_days",
    "hours": "hr hrs",
}
_MEANT = {said: meant for meant, words in _SAID.items() for said in words.split()}
RHYTHMS: Mapping[str, str] = {
    "daily": "1 day",
    "weekly": "1 week",
    "fortnightly": "2 weeks",
    "monthly": "1 month",
    "quarterly": "3 months",
    "yearly": "12 months",
    "annually": "12 months",
}


def synonym_of(said: str, allowed: Container[str]) -> str | None:
    """The word of the language that stands for this one, where it is allowed."""
    found = _MEANT.get(said.lower().strip().replace(" ", "_"))
    return found if found is not None and found in allowed else None
