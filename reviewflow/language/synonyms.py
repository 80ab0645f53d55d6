"""Words of other tools and offices that people write in place of a word of the language."""

from __future__ import annotations

from collections.abc import Container, Mapping

_SYNONYMS: Mapping[str, str] = {
    # keys
    "when": "if condition only_if unless",
    "ladder": "reminder reminders chase chasing chaser chasers escalation escalate",
    "due": "deadline due_date due_by target_date days",
    "owner": "who responsible assigned_to assignee done_by role",
    "title": "name heading",
    "help": "description notes explanation",
    "after": "depends_on needs requires follows waits_until",
    "form": "fields questions",
    "asks": "ask_in_order in_order ask_in_turn one_after_the_other",
    "silence": "no_answer no_reply no_response",
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
_WORD_OF = {synonym: word for word, words in _SYNONYMS.items() for synonym in words.split()}
RHYTHMS: Mapping[str, str] = {
    "daily": "1 day",
    "weekly": "1 week",
    "fortnightly": "2 weeks",
    "monthly": "1 month",
    "quarterly": "3 months",
    "yearly": "12 months",
    "annually": "12 months",
}


def synonym_of(written: str, allowed: Container[str]) -> str | None:
    """The word of the language that stands for this one, where it is allowed."""
    word = _WORD_OF.get(written.lower().strip().replace(" ", "_"))
    return word if word is not None and word in allowed else None
