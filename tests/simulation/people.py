"""Made-up people: how soon they answer, and what."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case
from reviewflow.case.plan.plan import Plan
from reviewflow.language.conditions import leaves
from reviewflow.language.model import FieldType, FormField
from reviewflow.language.structure.tables import INSTEAD


@dataclass(frozen=True)
class Habits:
    """How one owner behaves: of a hundred pieces of work, so many early, on the day, late, and never by themselves."""

    early: int
    on_the_day: int
    late: int
    never: int

    def days_from_due(self, chance: random.Random) -> int | None:
        """Working days before (negative) or after the due day; None: not until somebody goes on without it."""
        kind = chance.choices(("early", "on", "late", "never"), (self.early, self.on_the_day, self.late, self.never))[0]
        match kind:
            case "early":
                return -chance.randint(1, 4)
            case "on":
                return 0
            case "late":
                return chance.randint(1, 12)
            case _:
                return None


POST = Habits(40, 50, 10, 0)
KINDS = (Habits(50, 40, 10, 0), Habits(20, 40, 38, 2), Habits(10, 20, 55, 15))


def answers(plan: Plan, case: Case, item: str, today: date, chance: random.Random) -> dict[str, Any]:
    """What somebody writes into the form; work is sent back now and then, and not for ever."""
    step = plan.steps[step_of(item)]
    back = {leaf.field for reopen in step.reopens.values() for leaf in leaves(reopen.when)}
    form: Mapping[str, FormField] = plan.form(step_of(item))
    given = {name: _answer(asked, case, today, chance) for name, asked in form.items() if asked.required or asked.sets}
    for name in sorted(back & given.keys()):
        if chance.random() < 0.85 or case.items[item].round > 2:
            given[name] = _sending_nothing_back(plan, step_of(item), name, given)
    if INSTEAD in form:
        given[INSTEAD] = "as the group saw it"
    return given


def _sending_nothing_back(plan: Plan, step: str, name: str, given: dict[str, Any]) -> Any:
    sends = {
        value
        for reopen in plan.steps[step].reopens.values()
        for leaf in leaves(reopen.when)
        if leaf.field == name
        for value in leaf.values
    }
    asked = plan.form(step)[name]
    options = ["yes", "no"] if asked.type is FieldType.YES_NO else list(asked.options)
    kept = [option for option in options if option not in sends]
    if not kept:
        return given[name]
    return [kept[0]] if asked.type is FieldType.CHOICES else kept[0]


def _answer(asked: FormField, case: Case, today: date, chance: random.Random) -> Any:
    match asked.type:
        case FieldType.DATE:
            return (today + timedelta(days=7 * chance.randint(2, 20) if asked.sets else 0)).isoformat()
        case FieldType.CHOICE:
            return chance.choice(list(asked.options))
        case FieldType.CHOICES:
            return [chance.choice(list(asked.options))]
        case FieldType.YES_NO:
            return chance.choice(["yes", "no"])
        case FieldType.CONFIRM:
            return "yes"
        case FieldType.AGENCY:
            return chance.choice(case.agencies)
        case FieldType.AGENCIES:
            return list(case.agencies[:2])
        case FieldType.TIME:
            return "10:00"
        case FieldType.LIST:
            return [f"Part {number}" for number in range(1, chance.randint(2, 4))]
        case FieldType.ROWS:
            return [
                {
                    name: _answer(column, case, today, chance)
                    for name, column in asked.columns.items()
                    if column.required
                }
                for _ in range(chance.randint(1, 4))
            ]
        case FieldType.NUMBER:
            return str(chance.randint(0, 9))
        case _:
            return "kept on file"
