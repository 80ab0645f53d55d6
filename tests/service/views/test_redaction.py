"""What is shown where many look: posts, agencies, days and numbers, and nothing that somebody typed."""

from reviewflow.case.model import commands
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.views.case_page.naming import in_full
from reviewflow.service.views.case_page.page import page_of
from reviewflow.service.views.in_prefect.pictures import pictures
from reviewflow.service.views.redaction import item_of, redacted, typed_in_case, without_typed
from reviewflow.service.wording.redacted_items import shown_item
from reviewflow.service.workspace.workspace import Workspace
from tests.service.builders import BY, at
from tests.service.views.plans import TYPED, planned

NOW = at(5)


def typed_words(shown: object) -> list[str]:
    return [word for word in TYPED if word in str(shown).lower()]


def test_nothing_that_was_typed_is_shown_to_many(office: Workspace, reference: str) -> None:
    planned(office, reference)
    carry_out(office, reference, commands.Hold("court", "because Hollyhock asked"), by=BY, now=NOW)
    carry_out(office, reference, commands.Link("parallel", "Foxglove 17", "because Hollyhock asked"), by=BY, now=NOW)
    row = find(office, reference)
    context = office.context(row, NOW)
    page = page_of(context, row, redacted(context))
    titles = [line.title for line in page.steps if line.step in {"Hold the session", "Do the action"}]
    assert titles == ["Hold the session · 1", "Hold the session · 2", "Do the action · 1", "Do the action · 2"]
    assert [link.words for link in page.related] == [
        "Runs beside it: another office's proceedings (it stops nothing)",
    ]
    assert {*TYPED} - {*typed_words(page_of(context, row, in_full(context)))} == {"bramblewick"}
    assert typed_words(pictures(office, [row], now=NOW)) == []


def test_what_is_to_be_decided_about_an_entry_does_not_name_it(office: Workspace, reference: str) -> None:
    planned(office, reference)
    more_time = commands.Respond("session/marigold_room", "need_more_time")
    carry_out(office, reference, more_time, by=BY, now=at(6))
    row = find(office, reference)
    context = office.context(row, at(6))
    [line] = page_of(context, row, redacted(context)).reviews
    assert line.title == "Decide: Hold the session · 1: needs more time"
    assert typed_words(pictures(office, [row], now=at(6))) == []


def test_what_goes_by_its_own_reference_here_keeps_it(office: Workspace, reference: str) -> None:
    carry_out(office, reference, commands.Link("parallel", "RR-2026-017", "the same incident"), by=BY, now=NOW)
    row = find(office, reference)
    context = office.context(row, NOW)
    [link] = page_of(context, row, redacted(context)).related
    assert link.reference == "RR-2026-017"
    assert link.words == "Runs beside it: RR-2026-017 of another office (it stops nothing)"


def test_an_item_is_known_again_by_what_is_shown_of_it(office: Workspace, reference: str) -> None:
    planned(office, reference)
    plan, case = office.plan_and_case(find(office, reference))
    for item in plan.all_items(case):
        assert item_of(plan, case, shown_item(plan, item)) == item
    assert shown_item(plan, "session/marigold_room") != "session/marigold_room"
    assert shown_item(plan, "act/1") == "act/1"
    assert {"marigold_room", "saffron_room"} <= set(typed_in_case(plan, case))


def test_a_refusal_is_told_without_what_was_typed() -> None:
    long = "Marigold " * 20
    assert (
        without_typed(f'sessions: "{long[:40]}..." has 180 characters', [long]) == 'sessions: "…..." has 180 characters'
    )
    assert without_typed("plan: a note is needed", ["a", ""]) == "plan: a note is needed"
    assert without_typed("held since Monday: Hollyhock asked", ["Hollyhock asked"]) == "held since Monday: …"
