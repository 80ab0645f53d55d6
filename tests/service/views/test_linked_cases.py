"""What linked cases show of each other, on the command line and in Prefect."""

import pytest

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.rules.standing import Standing
from reviewflow.language.model import LinkedCases, Shown
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.documents.case_tables import beside_table
from reviewflow.service.reports.registers.actions import served_by
from reviewflow.service.views.history import history
from reviewflow.service.views.in_prefect.pictures import pictures
from reviewflow.service.views.linked_cases import other_words, overview, stage_of
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Destroyed
from tests.service.builders import BY, NOTIFIED, at, done, opened
from tests.service.views.lines import line, page


@pytest.fixture
def linked(office: Workspace) -> tuple[str, str]:
    """Two cases; the first has the second beside it."""
    first, second = opened(office), opened(office)
    carry_out(office, first, c.Link("derived_from", second, "the same incident"), by=BY, now=at(6))
    return first, second


def shown(office: Workspace, reference: str, day: int = 6) -> list[str]:
    return [other_words(other) for other in overview(office, reference, now=at(day)).others]


def with_rule(office: Workspace, rule: LinkedCases) -> None:
    partnership = office.partnership.model_copy(update={"linked_cases": rule})
    del office.partnership
    office.own_partnership = partnership


def test_both_show_where_the_other_stands_and_who_links(office: Workspace, linked: tuple[str, str]) -> None:
    first, second = linked
    words = (
        "Review; open. Next there: Agency return Thu 14 May 2026 (6 working days left); "
        "Review meeting Tue 19 May 2026; Send the review to the Panel Wed 27 May 2026. "
        "Its time limits: Rapid review Wed 27 May 2026 (14 working days left)"
    )
    assert shown(office, first) == [f"{second}: {words}"]
    assert shown(office, second) == [f"{first}: {words}"]
    assert [link.words for link in overview(office, second, now=at(6)).related] == [f"{first} follows from this case"]


def test_no_more_than_the_partnership_lets_be_shown(office: Workspace, linked: tuple[str, str]) -> None:
    first, second = linked
    with_rule(office, LinkedCases(show=(Shown.PROCESS,)))
    assert shown(office, first) == [f"{second}: Review"]
    with_rule(office, LinkedCases(show=(Shown.STAGE,)))
    assert shown(office, first) == [f"{second}: open"]
    with_rule(office, LinkedCases(processes={"review": (Shown.REFERENCE,)}))
    assert shown(office, first) == [second]
    [drawn, _], _, _ = pictures(office, office.store.cases(), now=at(6))
    assert f"- {second}\n" in drawn.page
    assert "Next there" not in drawn.page


def test_the_stage_is_that_of_what_is_owed_or_of_what_comes() -> None:
    stages = {"stages": ("Gather", "Decide", "Learn")}
    gather, decide = line("return", stage="Gather"), line("meeting", Standing.NOT_YET, stage="Decide")
    settled = line("return", Standing.DONE, stage="Gather")
    assert stage_of(page(decide, gather, **stages)) == "Gather"
    assert stage_of(page(gather, line("plan", stage="Learn"), decide, **stages)) == "Gather and Learn"
    assert stage_of(page(settled, decide, **stages)) == "Decide"
    assert stage_of(page(line("return"), decide)) == ""


def test_prefect_shows_the_same_and_no_word_that_was_typed(office: Workspace, linked: tuple[str, str]) -> None:
    first, second = linked
    carry_out(office, first, c.Link("parallel", "Hollyhock 17", "a trial"), by=BY, now=at(6))
    views = {view.reference: view.page for view in pictures(office, office.store.cases(), now=at(6))[0]}
    assert f"- {second}: Review; open. Next there:" in views[first]
    assert f"- {first} follows from this case\n- {first}: Review" in views[second]
    assert "Hollyhock" not in "".join(views.values())


def test_what_is_elsewhere_shows_its_reference_alone(office: Workspace) -> None:
    first = opened(office)
    carry_out(office, first, c.Link("parallel", "TR-2026-009", "theirs", outside=True), by=BY, now=at(6))
    seen = overview(office, first, now=at(6))
    assert [link.words for link in seen.related] == ["Runs beside it: TR-2026-009 of another office (it stops nothing)"]
    assert seen.others == ()


def test_another_offices_case_is_not_taken_for_ours_of_the_same_number(office: Workspace) -> None:
    first = opened(office)
    theirs, ours = c.Link("joint_with", "TR-2026-002", "theirs", outside=True), "TR-2026-002 of another office"
    carry_out(office, first, theirs, by=BY, now=at(6))
    joined = c.Join("TR-2026-003", {"notified": NOTIFIED}, outside=True)
    carry_out(office, first, joined, by=BY, now=at(6))
    assert opened(office) == "TR-2026-002"
    told = [each.words for each in history(office, first)]
    assert f"Held jointly with: {ours}; it stops nothing. Reason: theirs." in told
    assert any("the clocks of TR-2026-003 of another office are met here too" in words for words in told)
    seen = overview(office, first, now=at(6))
    assert [link.words for link in seen.related] == [
        f"Held jointly with: {ours} (it stops nothing)",
        "Joined: the clocks of TR-2026-003 of another office are met here too",
    ]
    assert served_by(office, ["TR-2026-002"]) == ["TR-2026-002"]
    assert served_by(office, ["TR-2026-003"]) == ["TR-2026-003", first]
    table = beside_table(office.context(find(office, first), at(6)))
    assert f"{ours} | held jointly with, since Wed 6 May 2026" in table
    assert "TR-2026-003 of another office | its clocks are met here too" in table


def test_what_an_effect_stops_is_not_said_where_no_hold_stands_for_it(office: Workspace) -> None:
    first = opened(office)
    carry_out(office, first, c.Link("parallel", "T20261234", "a trial", "blocks_publication"), by=BY, now=at(6))
    by_hand = "publication waits, for which this process has no hold: see to it by hand"
    assert [link.words for link in overview(office, first, now=at(6)).related] == [
        f"Runs beside it: T20261234 ({by_hand})"
    ]
    assert f"Runs beside it: T20261234; {by_hand}. Reason: a trial." in [each.words for each in history(office, first)]


def test_the_number_of_the_case_itself_may_be_another_offices_too(office: Workspace) -> None:
    first = opened(office)
    with pytest.raises(Refused, match=f'"{first} of another office"'):
        carry_out(office, first, c.Link("joint_with", first, "theirs"), by=BY, now=at(6))
    carry_out(office, first, c.Link("joint_with", f"{first} of another office", "theirs"), by=BY, now=at(6))
    assert overview(office, first, now=at(6)).others == ()
    with pytest.raises(Refused, match="can be linked, and not joined"):
        carry_out(office, first, c.Join(f"{first} of another office", {"notified": NOTIFIED}), by=BY, now=at(6))


def test_a_case_that_is_over_has_no_days_and_one_that_was_destroyed_says_so(
    office: Workspace, linked: tuple[str, str]
) -> None:
    first, second = linked
    done(office, second, "agency_return/police", at(7))
    carry_out(office, second, c.Withdraw("notified twice"), by=BY, now=at(7))
    assert shown(office, first, 7) == [f"{second}: Review; withdrawn"]
    row = office.store.load(second)
    assert row is not None
    assert office.store.mark_destroyed(row, Destroyed(second, "2026-05-08T10:00:00+00:00", BY, "{}"))
    office.store.destroy(row)
    assert shown(office, first, 8) == [f"{second}: its file was destroyed on Fri 8 May 2026"]
