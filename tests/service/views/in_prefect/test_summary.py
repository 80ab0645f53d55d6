"""A case on one page, as Markdown."""

from datetime import date

from reviewflow.case.rules.standing import Standing
from reviewflow.service.views.case_page.shapes import HoldLine, LinkLine
from reviewflow.service.views.in_prefect.links import other_pages
from reviewflow.service.views.in_prefect.summary import MOST, summary_page
from tests.service.views.lines import OPENED, line, page

DUE = date(2026, 5, 14)


def test_a_case_with_nothing_to_say_is_its_head() -> None:
    assert summary_page(page(), (), (), DUE) == (
        f"## TR-2026-001 · Review\n\n{other_pages()}\n\n**Nothing is late.**\n\n"
        "Open. Opened Tue 5 May 2026; settled: 0 of 0 steps.\n"
    )


def test_what_is_late_stands_first_and_who_owes_it_in_a_column_of_its_own() -> None:
    seen = page(
        line("agency_return/police", Standing.DONE, done=DUE),
        line("meeting", due=DUE, days="1 working day left", title="Meeting · Police"),
        line("submit", Standing.OVERDUE, due=OPENED, by="14:30", days="6 working days overdue", sent=2),
        line("request", automatic=True),
        limits=(line("submission", due=DUE, days="1 working day left", forecast="yes", title="To the | Panel"),),
    )
    late, head, *tables = summary_page(seen, (), (), DUE).split("\n\n")[2:]
    assert late == "**One thing is late; the longest: Submit, 6 working days overdue.**"
    assert head == "Open. Opened Tue 5 May 2026; settled: 1 of 3 steps."
    assert [table.splitlines() for table in tables] == [
        [
            "| Will it be met? | How it stands | Time limit | Ends |",
            "| --- | --- | --- | --- |",
            "| yes | 1 working day left | To the \\| Panel | Thu 14 May 2026 |",
        ],
        [
            "| How it stands | Owed now | By | Due |",
            "| --- | --- | --- | --- |",
            "| 6 working days overdue, 2 reminders written | Submit | Police | Tue 5 May 2026, 14:30 |",
            "| 1 working day left | Meeting | Police | Thu 14 May 2026 |",
        ],
    ]


def test_what_comes_next_is_what_has_a_day_and_no_more_than_fits() -> None:
    coming = [line(f"step_{number}", Standing.NOT_YET, due=date(2026, 6, 30 - number)) for number in range(MOST + 2)]
    text = summary_page(page(*coming, line("later", Standing.NOT_YET)), (), (), DUE)
    rows = [row for row in text.splitlines() if "| Step" in row]
    assert len(rows) == MOST
    assert rows[0] == "| Sun 21 Jun 2026 | Step 9 | Police |"
    assert "Later" not in text


def test_a_case_that_is_over_owes_nothing_now() -> None:
    text = summary_page(page(line("meeting", Standing.OVERDUE), status="ended", ending="Not met"), (), (), DUE)
    assert "Not met. Opened" in text
    assert "Owed now" not in text


def test_each_stage_says_how_far_it_is() -> None:
    lines = [
        line("ask", Standing.DONE, stage="Gathering"),
        line("write", Standing.DONE, automatic=True, stage="Gathering"),
        line("also", Standing.NO_MORE, stage="Gathering"),
        line("read", Standing.OVERDUE, due=DUE, stage="Gathering"),
        line("tell", Standing.NOT_YET, stage="Publishing"),
        line("meet", Standing.SKIPPED, stage="Deciding"),
    ]
    text = summary_page(page(*lines, stages=("Gathering", "Deciding", "Publishing")), (), (), DUE)
    assert (
        "| 1 of 2 settled | Gathering | 1 step |\n| settled | Deciding |  |\n| 0 of 1 settled | Publishing |  |" in text
    )


def test_holds_other_cases_and_papers_are_listed() -> None:
    seen = page(
        holds=(HoldLine("court", "A court", OPENED, "a trial", "the police", DUE, ("Meeting", "Submit")),),
        links=("SIN-2026-001", "CSPR-2026-002"),
        origin="SIN-2026-001",
        related=(LinkLine("x", "Runs beside it: another office's proceedings (it stops nothing)", None),),
    )
    text = summary_page(seen, ("TR-2026-001/agenda.docx", "TR-2026-001/agenda.md", "TR-2026-001/sheet.md"), (), DUE)
    assert "| A court | Tue 5 May 2026 | Meeting, Submit | Thu 14 May 2026 |" in text
    assert "- Came from SIN-2026-001\n- Led to CSPR-2026-002\n- Runs beside it: another office's proceedings" in text
    assert "- `TR-2026-001/agenda.docx`, `.md`\n- `TR-2026-001/sheet.md`\n" in text
