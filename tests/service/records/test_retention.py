"""Kept as long as the schedule says, longer under a legal hold, and destroyed with a certificate and nothing left."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reviewflow.case.model import commands as c
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.snapshot import load
from reviewflow.cli import app
from reviewflow.service.commands.carry_out import carry_out, decide, open_case
from reviewflow.service.commands.legal_holds import Choice, Matter, chosen, lift, place
from reviewflow.service.records.audit import audit
from reviewflow.service.records.disposal import certificate_words, destroy, issued
from reviewflow.service.records.retention import kept
from reviewflow.service.reports.figures.reporting import make_report
from reviewflow.service.reports.sheets import ReportScope
from reviewflow.service.sweep.chase import chase_due_items
from reviewflow.service.sweep.digests import digests_for
from reviewflow.service.views.history import history
from reviewflow.service.workspace.errors import UnknownCase, UserError
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.errors import CaseConflict
from reviewflow.store.records import Destroyed
from reviewflow.store.store import open_store
from tests.service.plans import ACTIONS, PLANNED, SHIPPED, done, on, opened_plan


@pytest.fixture
def here(database_url: str) -> Iterator[Workspace]:
    """On both kinds of database."""
    store = open_store(database_url)
    store.migrate()
    yield Workspace(store, SHIPPED)
    store.close()


@pytest.fixture
def over(here: Workspace, tmp_path: Path) -> str:
    """A plan that was chased, and withdrawn on 1 July 2026."""
    here.papers = tmp_path / "papers"
    reference = opened_plan(here)
    chase_due_items(here, now=on(6, 1))
    carry_out(here, reference, c.Withdraw("taken into another plan"), by="t", now=on(7, 1))
    (here.papers / reference).mkdir(parents=True)
    (here.papers / reference / "timetable.md").write_text("A timetable")
    return reference


def test_the_day_follows_from_the_schedule_of_today(here: Workspace, over: str) -> None:
    still = opened_plan(here)
    [gone, running] = kept(here)
    assert (gone.case, gone.keep, gone.kind) == (over, "6 years", "Evidence of an action plan")
    assert (gone.over, gone.destroy_after) == (date(2026, 7, 1), date(2032, 7, 1))
    assert (running.case, running.over, running.destroy_after) == (still, None, None)


def test_a_legal_hold_keeps_it_until_it_is_lifted(here: Workspace, over: str) -> None:
    place(here, [over], Matter("inquiry", "the inquiry has asked for it"), by="t", now=on(8, 1))
    assert kept(here)[0].legal_hold == "inquiry (since Sat 1 Aug 2026: the inquiry has asked for it)"
    with pytest.raises(UserError, match="legal hold"):
        destroy(here, over, "the schedule", by="t", now=on(7, 2, 2032))
    assert lift(here, [over], Matter("inquiry", "the inquiry is over"), by="t", now=on(8, 2)) == [over]
    assert kept(here)[0].legal_hold == ""
    assert lift(here, [over], Matter("inquiry", "again"), by="t", now=on(8, 2)) == []
    told = [each.words for each in history(here, over)][-2:]
    assert told == [
        "Legal hold for inquiry: the file must not be destroyed. Reason: the inquiry has asked for it.",
        "Legal hold for inquiry is lifted. Reason: the inquiry is over.",
    ]
    assert audit(here) == (1, [])


def test_one_matter_does_not_lift_another(here: Workspace, over: str) -> None:
    for matter in ("inquest", "claim"):
        place(here, [over], Matter(matter, "it was asked for", "the coroner"), by="t", now=on(8, 1))
    lift(here, [over], Matter("claim", "settled"), by="t", now=on(8, 2))
    assert kept(here)[0].legal_hold == "inquest (since Sat 1 Aug 2026: it was asked for)"
    with pytest.raises(Refused, match=r'under no legal hold for "inqest".*Did you mean "inquest"'):
        carry_out(here, over, c.LiftLegalHold("inqest", "a reason"), by="t", now=on(8, 2))
    with pytest.raises(Refused, match='under a legal hold for "inquest" already'):
        carry_out(here, over, c.PlaceLegalHold("inquest", "a reason"), by="t", now=on(8, 2))


def test_all_that_is_relevant_to_an_inquiry_is_held_at_once(here: Workspace, over: str) -> None:
    still = opened_plan(here, ("education",))
    assert chosen(here, Choice()) == [over, still]
    assert chosen(here, Choice(agency="police")) == [over]
    assert chosen(here, Choice(processes=("action_plan",), since=date(2026, 5, 6))) == []
    with pytest.raises(UserError, match="is not a process"):
        chosen(here, Choice(processes=("action_plans",)))
    done(here, still, "plan", on(5, 6), **PLANNED, actions=json.dumps(ACTIONS[1:]))
    assert chosen(here, Choice(answers={"kind": "single_agency"})) == [still]
    assert chosen(here, Choice(answers={"kind": "single_agency", "lead": "police"})) == []
    matter = Matter("inquiry", "the moratorium of the inquiry")
    assert place(here, [over], matter, by="t", now=on(8, 1)) == [over]
    assert place(here, chosen(here, Choice()), matter, by="t", now=on(8, 2)) == [still]
    assert [list(load(row.reference, row.state).kept_for) for row in here.store.cases(None)] == [["inquiry"]] * 2


def test_a_hold_that_needs_its_words_changes_nothing(here: Workspace, over: str) -> None:
    with pytest.raises(Refused, match="What is the hold for"):
        place(here, [over], Matter("", "a reason"), by="t", now=on(8, 1))
    with pytest.raises(Refused, match="reason is needed"):
        place(here, [over], Matter("inquest", ""), by="t", now=on(8, 1))
    assert kept(here)[0].legal_hold == ""


def test_somebody_may_say_that_it_is_kept_longer(here: Workspace, over: str) -> None:
    with pytest.raises(Refused, match="2020 is not a year from 2026"):
        carry_out(here, over, c.KeepUntil(2020, "the schedule counts from a birthday"), by="t", now=on(8, 1))
    carry_out(here, over, c.KeepUntil(2051, "the schedule counts from a birthday"), by="t", now=on(8, 1))
    assert kept(here)[0].destroy_after == date(2051, 12, 31)
    with pytest.raises(UserError, match="is kept until Sun 31 Dec 2051"):
        destroy(here, over, "the schedule", by="t", now=on(7, 2, 2032))
    carry_out(here, over, c.KeepUntil(2030, "it was another year"), by="t", now=on(8, 2))
    assert kept(here)[0].destroy_after == date(2032, 7, 1)  # never shorter than the schedule


def test_what_is_recorded_at_the_same_moment_stops_it(here: Workspace, over: str) -> None:
    row = here.store.load(over)
    assert row is not None
    place(here, [over], Matter("inquest", "the coroner has asked for it"), by="t", now=on(7, 2, 2032))
    assert not here.store.mark_destroyed(row, Destroyed(over, "2032-07-02T10:00:00+00:00", "t", "{}"))
    assert here.store.destroyed() == []


def test_somebody_is_told_when_its_time_is_over(here: Workspace, over: str) -> None:
    [before] = digests_for(here, "business_support", now=on(6, 30, 2032)) or [None]
    assert before is None or over not in before.text
    [told] = digests_for(here, "business_support", now=on(7, 2, 2032))
    assert f"{over} was kept as long as its process says. Somebody destroys it in their own name" in told.text
    place(here, [over], Matter("inquest", "the coroner has asked for it"), by="t", now=on(7, 2, 2032))
    assert digests_for(here, "business_support", now=on(7, 2, 2032)) == []


def test_what_is_recorded_in_a_case_just_destroyed_is_told_so(here: Workspace, over: str) -> None:
    row = here.store.load(over)
    assert row is not None
    _, wanted = decide(here, row, c.KeepUntil(2051, "a reason"), by="t", now=on(7, 2, 2032))
    assert wanted is not None
    destroy(here, over, "the schedule", by="t", now=on(7, 2, 2032))
    with pytest.raises(CaseConflict, match="it was destroyed at the same moment"):
        here.store.append(wanted)
    with pytest.raises(UnknownCase):
        carry_out(here, over, c.KeepUntil(2051, "a reason"), by="t", now=on(7, 2, 2032))


def test_an_ending_may_have_a_retention_of_its_own(here: Workspace, over: str, tmp_path: Path) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "definitions")
    file = folder / "processes" / "rapid_review.yaml"
    kept_for = "  criteria_not_met:\n    retention: {keep: 6 years, class: Referral that went no further}\n"
    file.write_text(file.read_text().replace("  criteria_not_met:\n", kept_for))
    other = Workspace(here.store, folder)
    dates = {"aware": date(2026, 5, 1), "notified": date(2026, 5, 5)}
    opened = open_case(other, "rapid_review", c.Open(dates, ("police",)), by="t", now=on(5, 5)).case.reference
    carry_out(other, opened, c.End("criteria_not_met", "it was not a serious incident"), by="t", now=on(5, 6))
    found = {each.case: (each.kind, each.destroy_after) for each in kept(other)}
    assert found[opened] == ("Referral that went no further", date(2032, 5, 6))


@pytest.mark.parametrize(("year", "words"), [(2030, "is kept until Thu 1 Jul 2032"), (2032, "is kept until")])
def test_not_before_its_day(here: Workspace, over: str, year: int, words: str) -> None:
    with pytest.raises(UserError, match=words):
        destroy(here, over, "the schedule", by="t", now=on(7, 1, year))


def test_an_open_case_is_never_destroyed(here: Workspace) -> None:
    with pytest.raises(UserError, match="still open"):
        destroy(here, opened_plan(here), "the schedule", by="t", now=on(7, 2, 2040))


def test_what_is_destroyed_is_gone_and_the_certificate_stays(here: Workspace, over: str) -> None:
    other = opened_plan(here)
    head = here.store.load(over)
    assert head is not None
    figures = make_report(here, ReportScope(until=date(2026, 12, 31)), now=on(1, 5, 2027))
    found = destroy(here, over, "the schedule says so", by="Records officer", now=on(7, 2, 2032))
    certificate = found.certificate
    assert (certificate.events, certificate.documents, certificate.head) == (head.number, 1, head.head)
    gone = (
        f"The file of {over} was destroyed on Fri 2 Jul 2032; .* certificate: reviewflow retention certificate {over}"
    )
    for written in (over, f" {over.lower()}"):
        with pytest.raises(UnknownCase, match=gone):
            list(history(here, written))
    assert [each.case for each in kept(here)] == [other]
    assert here.store.notices(over) == []
    assert not (here.papers / over).exists()
    assert audit(here) == (1, [])
    [noted] = here.store.destroyed()
    assert (noted.reference, noted.by) == (over, "Records officer")
    assert certificate_words(found) == certificate_words(issued(here, over))
    assert f"Hash of this certificate: {found.seal}" in certificate_words(found)
    assert "kept for 6 years" in certificate_words(found)
    assert make_report(here, ReportScope(until=date(2026, 12, 31)), now=on(1, 5, 2027)) == figures
    assert here.store.driver.rows("SELECT address FROM letters") == []
    with pytest.raises(UserError, match="No case"):
        issued(here, other)


@pytest.mark.parametrize("sql", ["UPDATE destroyed SET at = '2020'", "DELETE FROM destroyed"])
def test_a_certificate_is_never_changed(here: Workspace, over: str, sql: str) -> None:
    destroy(here, over, "the schedule says so", by="Records officer", now=on(7, 2, 2032))
    with pytest.raises(Exception, match="certificates are never changed"):
        here.store.driver.commit([(sql, ())])


def test_from_the_command_line(
    office: Workspace, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an office in which one person is enough."""
    plan = opened_plan(office)
    monkeypatch.delenv("REVIEWFLOW_BY", raising=False)
    partnership = shutil.copytree(SHIPPED, tmp_path / "definitions") / "partnership.yaml"
    written = partnership.read_text()
    partnership.write_text(
        written.replace("second_person: [business_manager, review_group_chair]", "second_person: nobody")
    )

    def said(*words: str) -> str:
        told = (*words, "--database", sqlite_url, "--definitions", str(partnership.parent))
        return " ".join((found := CliRunner().invoke(app, ["retention", *told])).output.split()) + str(
            found.exception or ""
        )

    hold = ("--matter", "claim", "--reason", "a claim was made")
    assert "Which cases?" in said("hold", *hold)
    assert said("hold", "--all", *hold, "--dry-run").startswith(f"Would be kept: {plan}. Nothing was changed.")
    assert said("hold", "--all", *hold).startswith(f"Kept until the hold for claim is lifted: {plan}.")
    assert "1 was kept for it already." in said("hold", plan, *hold)
    assert 'kept for "inquest". They are kept for: claim.' in said(
        "lift", plan, "--matter", "inquest", "--reason", "over"
    )
    assert f"No longer kept for claim: {plan}." in said(
        "lift", "--all", "--matter", "claim", "--reason", "it is settled"
    )
    certificate = ("-o", str(tmp_path / "certificate.md"))
    assert "Who destroys it?" in said("destroy", plan, "--reason", "the schedule", *certificate)
    assert "is still open" in said("destroy", plan, "--reason", "the schedule", "--by", "Records officer", *certificate)
    assert "No case was destroyed." in said("destroyed")
    assert f'No case "{plan}" was destroyed.' in said("certificate", plan)
