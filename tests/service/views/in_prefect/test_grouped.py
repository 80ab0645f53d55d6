"""Which lines share a bar, and what it is called."""

from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.in_prefect.grouped import grouped
from tests.service.views.lines import line


def test_a_stage_is_what_is_settled_then_what_is_owed_then_what_is_to_come() -> None:
    lines = [
        line("set_up", Standing.DONE, stage="Begin"),
        line("scope", Standing.DONE_LATE, stage="Begin"),
        line("agency_return/police", Standing.DONE, stage="Gather", title="Agency return · Police"),
        line("come/chair", Standing.DUE_SOON, stage="Gather", title="Come · Chair"),
        line("come/police", Standing.DUE_SOON, stage="Gather", title="Come · Police"),
        line("agency_return/health", Standing.OVERDUE, stage="Gather", title="Agency return · Health"),
        line("agency_return/school", Standing.OPEN, stage="Gather", title="Agency return · School"),
        line("agency_return/probation", Standing.OPEN, stage="Gather", title="Agency return · Probation"),
        line("court", Standing.ON_HOLD, stage="Gather"),
        line("report", Standing.NOT_YET, stage="Gather"),
        line("meeting", Standing.NOT_YET, stage="Decide"),
        line("submit", Standing.NOT_YET, stage="Decide"),
    ]
    assert [(group.title, group.standing, len(group.lines)) for group in grouped(lines)] == [
        ("Done: Begin: 2 steps", Standing.DONE, 2),
        ("Done: Gather: Agency return · Police", Standing.DONE, 1),
        ("Overdue: Agency return · Health", Standing.OVERDUE, 1),
        ("Due soon: Come (2)", Standing.DUE_SOON, 2),
        ("Waiting: Agency return (2)", Standing.OPEN, 2),
        ("Held: Court", Standing.ON_HOLD, 1),
        ("Not yet: Gather: Report", Standing.NOT_YET, 1),
        ("Not yet: Decide: 2 steps", Standing.NOT_YET, 2),
    ]


def test_without_stages_all_is_one() -> None:
    lines = [line("a", Standing.SKIPPED), line("b", Standing.DUE_SOON), line("c", Standing.DONE)]
    assert [group.title for group in grouped(lines)] == ["Done: 2 steps", "Due soon: B"]


def test_each_line_has_one_bar() -> None:
    stages = [(standing, stage) for stage in ("A", "B") for standing in Standing]
    lines = [line(f"step_{number}", standing, stage=stage) for number, (standing, stage) in enumerate(stages)]
    drawn = [one.item for group in grouped(lines) for one in group.lines]
    assert sorted(drawn) == sorted(one.item for one in lines)
