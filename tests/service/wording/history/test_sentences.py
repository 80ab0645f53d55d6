"""Every event has its words, and no two families claim the same one."""

import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import get_args

import pytest

from reviewflow.case.handlers.correspondence import responses
from reviewflow.case.model import events
from reviewflow.service.wording.history.names import Names
from reviewflow.service.wording.history.sentences import DESCRIBE, event_sentence
from reviewflow.service.workspace.definition_files import DefinitionFiles

GOLDEN = Path(__file__).parent / "sentences.txt"
TESTS = Path(__file__).parents[3]
DAY, LATER = date(2026, 5, 5), date(2026, 6, 1)
CHAIR, POLICE = "role:chair", "agency:police"

EXAMPLES: Sequence[events.Event] = (
    events.Opened("review", 3, "abc", DAY, {"notified": DAY}, ("police", "health"), "SIN-2026-001"),
    events.Opened("review", 3, "abc", DAY, {"notified": DAY}, (), times={"notified": time(14, 30)}),
    events.CaseLinked("CRIME-1", "parallel", "none", DAY, "agreed.", review=LATER),
    events.LinkReviewDue("CRIME-1", LATER, "look_at_link", (CHAIR,)),
    events.CaseJoined("RR-2026-002", {"notified": DAY}, DAY),
    events.CaseUnlinked("CRIME-1", DAY, "it is over"),
    events.Delegated("speak", "chair", "chair", DAY, LATER, "away."),
    events.DelegationPlanned("speak", "chair", "chair", DAY, LATER, "away."),
    events.DelegationEnded("speak", "chair", "chair", DAY),
    events.DelegationEnded("speak", "chair", "chair", DAY, "back"),
    events.LinkedFrom("RR-2026-002", "supersedes", DAY),
    events.LinkedFrom("RR-2026-002", "joined", DAY),
    events.OtherCaseOver("RR-2026-002", "ended", DAY),
    events.UnlinkedFrom("RR-2026-002", DAY),
    events.LedBy("RR-2026-002", ("meeting", "plan")),
    events.LedBy("RR-2026-002"),
    events.TakenFrom("meeting", "RR-2026-002", 9),
    events.ReopenedWith("meeting", "RR-2026-002"),
    events.LeadOver("RR-2026-002"),
    events.TreatedTogether("RR-2026-002", ("police",)),
    events.TreatedAlone("RR-2026-002"),
    events.SettledElsewhere("joint_with", date(2026, 6, 2), {"RR-2026-002": ("meeting",), "RR-2026-003": ()}),
    events.SettledElsewhere("joint_with", date(2026, 6, 2), {"RR-2026-002": (), "RR-2026-003": ()}),
    events.SettledElsewhere("joint_with", date(2026, 6, 2)),
    events.AgencyJoined("school"),
    events.AgencyLeft("school", "the child never went there", ("agency_return/school",)),
    events.MembersChanged("plan", "who", "school", "health", "they merged", ("plan",), (), {"plan": DAY}),
    events.MembersChanged("plan", "who", "", "health", "they left"),
    events.AgenciesMerged("old_trust", "health", "they merged", ("agency_return/health",)),
    events.CaseStarted("meeting", "FU-2026-001", DAY),
    events.TextVouched(('a telephone number in "The reason"',), "it is a purchase order"),
    events.SignedIn(),
    events.CaseWithdrawn("notified by mistake"),
    events.CaseEnding("not_met", DAY, ("meeting", "submit")),
    events.ClockStopped("fee", DAY, {"read/police": DAY}),
    events.ClockWentOn("fee", {"read/police": LATER}, DAY, LATER),
    events.NothingCame("not_met", DAY, ("read/police",), "reminder", (POLICE,)),
    events.CaseEnded("not_met", DAY, "the Panel agrees"),
    events.CaseEnded("not_met", DAY, dropped=("read/police",)),
    events.CaseClosed(DAY),
    events.Migrated(4, "def", "a step was missing", ("read/police",)),
    events.BroughtIn(DAY, "SCR 12/25"),
    events.LayBefore("request", DAY),
    events.RulesAdopted(2, "the partners have seen what moves"),
    events.ItemsOpened({"agency_return/police": LATER, "meeting": None}, DAY),
    events.ItemsOpened({"meeting": LATER}, DAY, {"meeting": time(14, 30)}),
    events.ItemsOpened({"sheet": None}, DAY),
    events.OwnerMoved("meeting", "agency:police", CHAIR),
    events.TakeNoPart(("agency_return/police",), "meeting"),
    events.AskedNext("speak", "agency:police", CHAIR, DAY, LATER),
    events.AskedNext("speak", "agency:police", CHAIR, DAY, LATER, {"comes": "no"}),
    events.ItemsPending(("meeting",)),
    events.NotNeeded(("meeting", "submit")),
    events.EntriesRemoved(("session/first",)),
    events.Completed("plan", DAY, {"sessions": ["Session 1"], "actions": []}, {"paper": "SharePoint 1"}),
    events.Completed("speak", DAY, at=time(14, 30)),
    events.Completed("speak", DAY, verified_in="AVA-2026-001"),
    events.Dissented("outcome/police"),
    events.AnsweredLate("plan", DAY, dissent=True),
    events.SilenceUndone("outcome/police", DAY, LATER),
    events.AgreedBySilence("outcome/police", DAY),
    events.CountedBySilence("speak", DAY, "declined", {"comes": "no"}),
    events.Skipped("meeting", "nobody can come.", DAY),
    events.RoundOpened("look", 2, DAY, LATER),
    events.OwedAfterRound("look", 2, DAY, DAY, LATER),
    events.RoundsEnded(("look",)),
    events.RoundsStopped(("look",), LATER, {"look": DAY}, {"look": LATER}, {"look": 3}),
    events.RoundsStopped(("look",), LATER, {"look": DAY}),
    events.RoundsDropped(("look",), LATER, {"look": 1}, {"look": LATER}),
    events.RoundsDropped(("look",), LATER, {"look": 3}),
    events.StepOpened(("again",), "the chair asks", {"again": LATER}),
    events.StepOpened(("again",), "the chair asks", follow=("look",)),
    events.StepOpened(("again",), "", ending="away"),
    events.SentBack(("agency_return/police",), "look", {"agency_return/police": LATER}),
    events.SentBack(("agency_return/police",), "the wrong paper was sent."),
    events.MessageSent("request", "request", (POLICE, CHAIR), DAY),
    events.DocumentAsked("agenda", "agenda", DAY),
    events.RunAsked("elsewhere", "elsewhere/elsewhere", DAY),
    events.LineAdded("plan", "actions", 2, {"lead": "police"}),
    events.LineChanged("plan", "actions", 2, {"lead": "police"}, "it is theirs"),
    events.LineWithdrawn("plan", "actions", 2, "it was added twice"),
    events.DoneBeforeItsTurn("meeting", DAY, {"agency_return/police": LATER}),
    events.ReceivedInTime("agency_return/police", DAY, 1),
    events.ReceivedInTime("agency_return/police", DAY, 2),
    events.LimitMet("submission", DAY, time(14, 30)),
    events.LateForeseen("submission", DAY, LATER, ("meeting", "submit"), ("court",), message="late", to=(CHAIR,)),
    events.LateForeseen("submission", DAY, LATER, holds=("gone",), endless=True, document="notice"),
    events.ForecastTurned("submission", "tight", "unlikely", DAY, DAY, LATER, ("meeting",)),
    events.ForecastTurned("submission", "on course", "held: cannot be told", DAY, DAY, holds=("court",)),
    events.BackOnCourse("submission", DAY, LATER, "well_again", (CHAIR,)),
    events.LateForeseen("submission", DAY, LATER, ("meeting",), at=time(17)),
    events.BackOnCourse("submission", DAY, at=time(17)),
    events.LimitBreached("submission", DAY, "notice"),
    events.BreachExplained("submission", "a return came late.", DAY),
    events.DueMoved({"meeting": LATER}, "a bank holiday was proclaimed"),
    events.CalendarCorrected("england", "trust", "another school"),
    events.DateCorrected("aware", DAY, LATER, "mistyped"),
    events.DateCorrected("meeting", DAY, LATER, "mistyped", "held_on", time(14, 30)),
    events.DateSet("publication", LATER, DAY, "agreed"),
    events.DateSet("publication", LATER, item="meeting"),
    events.DateSet("publication", DAY, DAY, item="meeting"),
    events.TooLateWarned("publication", {"meeting": DAY}, {"submission": LATER}),
    events.TooLateWarned("nowhere", {}, {"submission": LATER}),
    events.Extended("meeting", DAY, LATER, "chair", "holidays"),
    events.HoldPlaced("court", DAY, "a trial", "the police", review=LATER),
    events.HoldPlaced("court", DAY, "a trial", settled=("publish", "tell", "report", "again")),
    events.HoldPlaced("of_old", DAY, item="meeting"),
    events.HoldReviewed("court", DAY, "the trial goes on", LATER),
    events.HoldReviewDue("court", "look_again", (CHAIR,), LATER),
    events.DueDatesShifted("court", {"meeting": LATER}),
    events.FollowsNewDay(("meeting",)),
    events.HoldReleased("court", DAY, "the trial is over"),
    events.HoldReleased("court", DAY, item="meeting"),
    events.NoticeSent("agency_return/police", "sent_back", (POLICE,)),
    events.Chased("agency_return/police", 2, 1, "overdue", (POLICE, CHAIR)),
    events.PassedOver("agency_return/police", 1, "reminder", (POLICE,), DAY),
    events.OwnerTold("agency_return/police", 0, "now_owed", (POLICE,), DAY),
    events.ChasedByHand("agency_return/police", 1, "reminder", (POLICE,), DAY),
    events.RequestLeft("agency_return/police", DAY),
    events.RequestCameBack("agency_return/police"),
    events.AskedLate("agency_return/police", "read/police", DAY, LATER),
    events.Responded("agency_return/police", responses.ASKED_MORE, DAY, 1, "two of us are ill.", LATER),
    events.Snoozed("agency_return/police", LATER, "it was promised."),
    events.Resumed("agency_return/police", "it did not come"),
    events.DecisionDue("agency_return/police", "decide", ("role:business_support",), LATER),
    events.Delayed("agency_return/police", "reminder", POLICE, "The mail server is down."),
    events.DeliveryRecovered("agency_return/police", "reminder", POLICE, 21),
    events.Undelivered("agency_return/police", "reminder", POLICE, "No such address.", "agency:police:deputy", CHAIR),
    events.Undelivered("agency_return/police", "reminder", POLICE, "No such address."),
    events.LegalHoldPlaced("inquest", DAY, "the coroner asks", "the coroner"),
    events.LegalHoldLifted("inquest", DAY, "it is over"),
    events.KeptUntil(LATER, "the family may ask"),
    events.ContactGiven("family", DAY),
    events.ContactGiven("family", DAY, changed=True),
    events.ContactErased("family", DAY, "they asked for it."),
    events.LetterPrepared("meeting", "to_family", "family"),
    events.LetterReleased("meeting", "family", DAY),
    events.LetterRefused("meeting", "family", DAY, "they were told by telephone."),
    events.NextContactAsked("meeting", "family", "school", {"comes": "no"}, "speak"),
    events.NextContactAsked("meeting", "family", "school", step="speak"),
    events.NextContactAsked("meeting", "family", "school", refused=True),
)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    """With items as <item> and people as [person], so that a sentence shows where each comes in."""
    folder = tmp_path_factory.mktemp("names") / "definitions"
    shutil.copytree(TESTS / "toy", folder)
    shutil.copytree(TESTS / "prefect" / "everything", folder, dirs_exist_ok=True)
    definition = DefinitionFiles(folder).definition("everything", {})
    return Names(definition, "<{}>".format, "[{}]".format)


def test_the_table_is_total_and_every_event_belongs_to_one_family() -> None:
    assert set(DESCRIBE) == set(get_args(events.Event)) == set(events.KINDS.values())
    families = (
        *(
            events.CaseEvent,
            events.LinkEvent,
            events.WorkEvent,
            events.LineEvent,
            events.RoundEvent,
            events.DateEvent,
            events.ChasingEvent,
            events.RecordEvent,
        ),
        events.ContactEvent,
    )
    claims = Counter(kind for family in families for kind in get_args(family))
    assert {kind.KIND: number for kind, number in claims.items() if number > 1} == {}
    assert set(claims) == set(DESCRIBE)


def test_every_event_has_an_example_below_its_words(names: Names, update_golden: bool) -> None:
    assert {kind.KIND for kind in DESCRIBE} - {event.KIND for event in EXAMPLES} == set()
    said = "".join(f"{event.KIND}: {event_sentence(event, names)}\n" for event in EXAMPLES)
    if update_golden:
        GOLDEN.write_text(said, encoding="utf-8")
    assert said.splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("tries", "words"), [(2, "2nd"), (3, "3rd"), (11, "11th"), (21, "21st"), (22, "22nd"), (111, "111th")]
)
def test_the_try_at_which_a_message_went_is_said_as_people_say_it(names: Names, tries: int, words: str) -> None:
    event = events.DeliveryRecovered("meeting", "reminder", POLICE, tries)
    assert event_sentence(event, names).endswith(f"has gone after all, at the {words} try.")
