"""The form on which the actions of a case are verified together: a part for each, and who verifies.

It is drawn where many look. What was agreed, and what shows it, people typed: it stands in the sheet and the letter,
and here what was chosen, by which an action is known again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reviewflow.case.rules.answers.typed import NOTE_LENGTH
from reviewflow.language.model import ANSWERED_BY
from reviewflow.privacy import NAME_NOBODY
from reviewflow.service.verifying.verdicts import ActionVerdict, VerifiedAs
from reviewflow.service.verifying.waiting import Waiting
from reviewflow.service.views.by_hand.questions import choice_question, day_question, who_question
from reviewflow.text import day_words

ACTION = "action_"
"""The part of an action has this name, with the number of the action after it."""
WHERE = (
    "What each action says, and what shows it, stands in the letter about its verification and on the page to which"
    " that leads; nobody's words stand here. An action that nobody can verify any more (its agency is gone, the service"
    " has ended) is “not now” here: our office skips it, with the reason."
)
VERDICT, WHY, NEEDED, BY_WHEN = "verified", "why", "still_needed", "by_when"


def verification_form(reference: str, found: Sequence[Waiting]) -> dict[str, Any]:
    """As JSON Schema; what is left as it stands verifies each action as evidenced, where there is evidence."""
    parts = {part_name(action): {**_part(action), "position": at} for at, action in enumerate(found)}
    who = {**who_question("Who verifies"), "position": len(parts)}
    return {
        "type": "object",
        "title": f"Verify the actions of {reference}",
        "description": WHERE,
        "properties": {**parts, ANSWERED_BY: who},
        "required": [ANSWERED_BY],
    }


def part_name(action: Waiting) -> str:
    """The name of an action's part of the form."""
    return f"{ACTION}{action.name.rpartition('/')[2]}"


def read_lines(found: Sequence[Waiting], answers: Mapping[str, object]) -> Iterator[ActionVerdict]:
    """What was said of actions; nothing of one whose part is left as it stands."""
    for action in found:
        given = answers.get(part_name(action))
        said = given if isinstance(given, dict) else {}
        verdict = next((verdict for verdict in VerifiedAs if verdict == said.get(VERDICT)), _unsaid(action))
        why, needed, by_when = (str(said.get(name) or "").strip() for name in (WHY, NEEDED, BY_WHEN))
        if verdict is not _unsaid(action) or why or needed or by_when:
            yield ActionVerdict(action.name, verdict, why, needed, by_when[:10])


def contradictions(lines: Sequence[ActionVerdict]) -> Iterator[str]:
    """Of which actions it is said what is missing, although nothing is to be recorded of that."""
    for line in lines:
        if line.verdict in {VerifiedAs.EVIDENCED, VerifiedAs.LATER} and (line.why or line.needed or line.by_when):
            instead = f'Choose "{VerifiedAs.PARTLY}" or "{VerifiedAs.NOT}".'
            yield f'{line.about}: it says what is missing, and "{line.verdict}". {instead}'


def _unsaid(action: Waiting) -> VerifiedAs:
    return VerifiedAs.EVIDENCED if action.evidence else VerifiedAs.LATER


def _part(action: Waiting) -> dict[str, Any]:
    offered = [verdict for verdict in VerifiedAs if action.evidence or verdict is not VerifiedAs.EVIDENCED]
    missing = "Needed where it is verified in part or not at all."
    questions = {
        VERDICT: {**choice_question("How is it verified?", offered), "default": _unsaid(action)},
        WHY: _written("Why not, or only in part?", f"{missing} {NAME_NOBODY}"),
        NEEDED: _written("What is still needed?", missing),
        BY_WHEN: day_question("By when?", missing),
    }
    properties = {name: {**question, "position": at} for at, (name, question) in enumerate(questions.items())}
    return {"type": "object", "title": action.name, "description": _about(action), "properties": properties}


def _written(title: str, description: str) -> dict[str, Any]:
    return {"type": "string", "title": title, "description": description, "maxLength": NOTE_LENGTH}


def _about(action: Waiting) -> str:
    """Who leads it, when it was done, whether anything shows it, and what was chosen: no word that somebody typed."""
    done = f"Done {day_words(action.done)}." if action.done else ""
    evidence = "Evidence was named." if action.evidence else "No evidence was named."
    chosen = action.chosen and f"{action.chosen}."
    return " ".join(filter(None, (action.lead and f"{action.lead}.", done, evidence, chosen)))
