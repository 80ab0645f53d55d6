"""Of answers that lead to the same one is tried, and what is chosen is what would be if each were."""

from datetime import date, datetime
from typing import Any

import pytest

from reviewflow.case.handlers.correspondence.chasing import next_chase
from reviewflow.case.model.state import Item
from reviewflow.case.plan.plan import Plan
from reviewflow.service.rehearsal import play
from reviewflow.service.rehearsal.alike import Alike
from reviewflow.service.rehearsal.answers import options
from reviewflow.service.rehearsal.choose import choose
from reviewflow.service.rehearsal.played import Setting
from reviewflow.service.rehearsal.scenario import scenario
from tests.case import stage
from tests.shipped import FILES as SHIPPED

OPENED = date(2026, 12, 18)
ROLES = ("chair", "business_manager", "business_support", "partner_police")
FORM = {
    "kind": {"type": "choice", "label": "Kind", "options": {role: role.title() for role in ROLES}},
    "agreed": {"type": "yes_no", "label": "Agreed"},
}


def to_try(**second: object) -> tuple[str | None, ...]:
    steps = {
        "decide": {"title": "Decide", "owner": "chair", "form": FORM},
        "second": {"title": "Second", "owner": "chair", "after": "decide", **second},
    }
    definitions = stage.office() | {"process.review": stage.process("review", steps)}
    return Alike(stage.built(definitions, "review").plan.definition).to_try("decide", "kind")


def test_of_answers_that_no_condition_tells_apart_the_first_is_tried() -> None:
    chair, manager, support, police = ROLES
    assert to_try(when={"decide.kind": manager}) == (chair, manager)
    assert to_try(when={"decide.kind": manager, "decide.agreed": "yes"}) == (chair, manager)
    assert to_try(when={"any": [{"decide.kind": manager}, {"decide.kind": support}]}) == (chair, manager, support)
    assert police not in to_try(when={"decide.kind": [manager, support]})


def test_where_anything_else_reads_an_answer_each_is_tried() -> None:
    """An answer says who does it, which no condition does."""
    assert to_try(when={"decide.kind": "chair"}, owner="the role in decide.kind") == ROLES


@pytest.mark.parametrize("process", ["case_discussion", "after_action_review"])
def test_what_is_chosen_is_what_would_be_if_each_were_tried(process: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = Plan(SHIPPED.definition(process))
    setting = Setting(plan, SHIPPED.partnership, SHIPPED.calendars)
    agencies = ("police", "education") if plan.definition.process.opening.agencies else ()
    dates = dict.fromkeys(plan.definition.process.opening.dates, OPENED)
    asked = scenario(plan, SHIPPED.partnership, dates=dates, agencies=agencies, today=OPENED)
    chosen, alike = choose(setting, asked), Alike(plan.definition)
    assert any(len(alike.to_try(*place)) < len(options(plan.form(place[0])[place[1]])) for place in chosen.chosen)
    monkeypatch.setattr(Alike, "to_try", lambda _, step, question: options(plan.form(step)[question]))
    assert choose(setting, asked) == chosen


@pytest.mark.parametrize("process", ["learning_event", "rapid_review"])
def test_what_is_chosen_is_what_would_be_if_all_were_reminded_on_the_way(
    process: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where answers are looked for, nobody whose silence would count is reminded: fewer moves, and the same end."""
    plan = Plan(SHIPPED.definition(process))
    setting = Setting(plan, SHIPPED.partnership, SHIPPED.calendars)
    dates = dict.fromkeys(plan.definition.process.opening.dates, OPENED)
    asked = scenario(plan, SHIPPED.partnership, dates=dates, agencies=("police",), today=OPENED)
    chosen = choose(setting, asked)
    short = play.play(setting, chosen, chasing=False)

    def looked_at(player: Any, item: str, _: Item) -> datetime | None:
        return next_chase(plan, player.case, item, SHIPPED.calendars, SHIPPED.partnership.send_at)

    monkeypatch.setattr(play._Player, "_looked_at", looked_at)
    long = play.play(setting, chosen, chasing=False)
    assert len(short.happenings) < len(long.happenings)
    assert {item: (state.status, state.done, state.answers) for item, state in short.case.items.items()} == {
        item: (state.status, state.done, state.answers) for item, state in long.case.items.items()
    }
    assert choose(setting, asked) == chosen
