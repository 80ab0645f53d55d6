"""Events as they are stored: golden, because what is written today must be read in ten years."""

from datetime import date, time

import pytest

from reviewflow.case.model import events as e

DAY = date(2026, 5, 5)


STORED: list[tuple[e.Event, str]] = [
    (
        e.Opened("rapid_review", 3, "abc", DAY, {"notified": DAY}, ("police",), "SIN-2026-001"),
        (
            '{"agencies":["police"],"dates":{"notified":"2026-05-05"},"definition":"abc","opened":"2026-05-05",'
            '"origin":"SIN-2026-001","process":"rapid_review","version":3}'
        ),
    ),
    (e.ItemsOpened({"a": DAY, "b": None}, DAY), '{"items":{"a":"2026-05-05","b":null},"opened":"2026-05-05"}'),
    (e.ItemsPending(("a",)), '{"items":["a"]}'),
    (e.NotNeeded(("a", "b")), '{"items":["a","b"]}'),
    (e.TakeNoPart(("a/police",), "b"), '{"items":["a/police"],"source":"b"}'),
    (
        e.Completed("a", DAY, {"kind": "nothing", "pages": 2.5}, {"themes": ["x"]}),
        '{"answers":{"kind":"nothing","pages":2.5},"done":"2026-05-05","item":"a","said":{"themes":["x"]}}',
    ),
    (
        e.Completed("a", DAY, verified_in="AVA-2026-001"),
        '{"done":"2026-05-05","item":"a","verified_in":"AVA-2026-001"}',
    ),
    (e.Completed("a", DAY), '{"done":"2026-05-05","item":"a"}'),
    (e.OwnerMoved("a", "agency:police", "role:chair"), '{"item":"a","now":"role:chair","was":"agency:police"}'),
    (
        e.ItemsOpened({"a": None}, DAY, owners={"a": "role:chair"}),
        '{"items":{"a":null},"opened":"2026-05-05","owners":{"a":"role:chair"}}',
    ),
    (
        e.AskedNext("a", "role:chair", "role:lead", DAY, DAY, {"will": "no"}),
        '{"asked":"2026-05-05","due":"2026-05-05","item":"a","now":"role:lead","said":{"will":"no"},"was":"role:chair"}',
    ),
    (e.Dissented("a"), '{"item":"a"}'),
    (
        e.AnsweredLate("a", DAY, {"agree": "no"}, {"why": "x"}, dissent=True),
        '{"answers":{"agree":"no"},"dissent":true,"done":"2026-05-05","item":"a","said":{"why":"x"}}',
    ),
    (e.SilenceUndone("a", DAY, DAY), '{"counted":"2026-05-05","done":"2026-05-05","item":"a"}'),
    (e.AnsweredLate("a", DAY), '{"done":"2026-05-05","item":"a"}'),
    (e.AgreedBySilence("a", DAY), '{"done":"2026-05-05","item":"a"}'),
    (
        e.CountedBySilence("a", DAY, "declined", {"comes": "no"}, {}),
        '{"answers":{"comes":"no"},"counts_as":"declined","done":"2026-05-05","item":"a"}',
    ),
    (e.Skipped("a", "naïve", DAY), '{"item":"a","reason":"naïve","skipped":"2026-05-05"}'),
    (e.RoundOpened("a", 2, DAY, DAY), '{"due":"2026-05-05","item":"a","opened":"2026-05-05","turn":2}'),
    (
        e.RoundOpened("a", 2, DAY, times=0, skipped=True),
        '{"item":"a","opened":"2026-05-05","skipped":true,"times":0,"turn":2}',
    ),
    (
        e.RoundOpened("a", 2, DAY, DAY, since=DAY),
        '{"due":"2026-05-05","item":"a","opened":"2026-05-05","since":"2026-05-05","turn":2}',
    ),
    (
        e.RoundOpened("a", 1, DAY, DAY, times=1, first=DAY, first_at=time(9, 30)),
        '{"due":"2026-05-05","first":"2026-05-05","first_at":"09:30:00","item":"a","opened":"2026-05-05","times":1,"turn":1}',
    ),
    (
        e.OwedAfterRound("a", 2, DAY, DAY),
        '{"done":"2026-05-05","item":"a","opened":"2026-05-05","turn":2}',
    ),
    (
        e.DoneBeforeItsTurn("a", DAY, {"b": DAY}),
        '{"before":{"b":"2026-05-05"},"done":"2026-05-05","item":"a"}',
    ),
    (
        e.LineAdded("a", "q", 1, {"lead": "police", "paid": 4}),
        '{"item":"a","line":{"lead":"police","paid":4},"number":1,"question":"q"}',
    ),
    (
        e.LineChanged("a", "q", 2, {"with": ["x"]}, "why"),
        '{"item":"a","line":{"with":["x"]},"number":2,"question":"q","reason":"why"}',
    ),
    (e.LineWithdrawn("a", "q", 2, "why"), '{"item":"a","number":2,"question":"q","reason":"why"}'),
    (e.CaseEnding("out", DAY, ("a",)), '{"day":"2026-05-05","ending":"out","keeps":["a"]}'),
    (
        e.CaseEnding("out", DAY, ("a",), reason="why"),
        '{"day":"2026-05-05","ending":"out","keeps":["a"],"reason":"why"}',
    ),
    (e.RoundsEnded(("a",)), '{"items":["a"]}'),
    (
        e.RoundsStopped(("a",), DAY, {"a": DAY}, {"a": None}, {"a": 3}),
        '{"done":{"a":"2026-05-05"},"due":{"a":null},"items":["a"],"stopped":"2026-05-05","times":{"a":3}}',
    ),
    (
        e.RoundsDropped(("a",), DAY, {"a": 3}, {"a": None}),
        '{"due":{"a":null},"items":["a"],"stopped":"2026-05-05","times":{"a":3}}',
    ),
    (e.StepOpened(("a",), "why", {"a": DAY}), '{"due":{"a":"2026-05-05"},"items":["a"],"reason":"why"}'),
    (e.EntriesRemoved(("a/1",)), '{"items":["a/1"]}'),
    (
        e.ItemsOpened({"a": DAY}, DAY, {"a": time(14, 30)}),
        '{"by":{"a":"14:30:00"},"items":{"a":"2026-05-05"},"opened":"2026-05-05"}',
    ),
    (e.Completed("a", DAY, at=time(14, 30)), '{"at":"14:30:00","done":"2026-05-05","item":"a"}'),
    (e.LimitMet("a", DAY), '{"done":"2026-05-05","item":"a"}'),
    (
        e.LateForeseen(
            "a", DAY, DAY, ("b", "c"), ("d",), endless=True, message="reminder", to=("role:chair",), document="notice"
        ),
        (
            '{"chain":["b","c"],"document":"notice","due":"2026-05-05","endless":true,"expected":"2026-05-05",'
            '"holds":["d"],"item":"a","message":"reminder","to":["role:chair"]}'
        ),
    ),
    (e.LateForeseen("a", DAY, DAY), '{"due":"2026-05-05","expected":"2026-05-05","item":"a"}'),
    (
        e.ForecastTurned("a", "tight", "unlikely", DAY, DAY, DAY, ("b",), ("d",)),
        (
            '{"chain":["b"],"due":"2026-05-05","expected":"2026-05-05","holds":["d"],"item":"a","now":"unlikely",'
            '"seen":"2026-05-05","was":"tight"}'
        ),
    ),
    (
        e.BackOnCourse("a", DAY, DAY, "reminder", ("role:chair",)),
        '{"due":"2026-05-05","expected":"2026-05-05","item":"a","message":"reminder","to":["role:chair"]}',
    ),
    (e.LimitBreached("a", DAY, "notice"), '{"document":"notice","due":"2026-05-05","item":"a"}'),
    (e.BreachExplained("a", "why", DAY), '{"explained":"2026-05-05","item":"a","reason":"why"}'),
    (
        e.SentBack(("a",), "b", {"a": DAY}, {"a": time(14, 30)}),
        '{"because":"b","by":{"a":"14:30:00"},"due":{"a":"2026-05-05"},"items":["a"]}',
    ),
    (
        e.SentBack(("a", "b"), "b", {"a": DAY}),
        '{"because":"b","due":{"a":"2026-05-05"},"items":["a","b"]}',
    ),
    (e.StepOpened(("a",), "", follow=("b",), ending="c"), '{"ending":"c","follow":["b"],"items":["a"]}'),
    (e.StepOpened(("a",), "why", limits=("b",)), '{"items":["a"],"limits":["b"],"reason":"why"}'),
    (
        e.StepOpened(("a",), "why", limits=("b",), ends={"b": DAY}),
        '{"ends":{"b":"2026-05-05"},"items":["a"],"limits":["b"],"reason":"why"}',
    ),
    (e.SentBack(("a",), "c", follows={"a": ("b",)}), '{"because":"c","follows":{"a":["b"]},"items":["a"]}'),
    (e.SentBack(("a", "b"), "c", ends={"b": DAY}), '{"because":"c","ends":{"b":"2026-05-05"},"items":["a","b"]}'),
    (e.ClockStopped("fee", DAY, {"a": DAY}), '{"items":{"a":"2026-05-05"},"name":"fee","since":"2026-05-05"}'),
    (
        e.ClockWentOn("fee", {"a": DAY}, DAY, DAY),
        '{"items":{"a":"2026-05-05"},"name":"fee","since":"2026-05-05","until":"2026-05-05"}',
    ),
    (e.DueMoved({"a": None}, "why"), '{"because":"why","items":{"a":null}}'),
    (
        e.CalendarCorrected("a", "b", "why", {"a": DAY}),
        '{"now":"b","reason":"why","stayed":{"a":"2026-05-05"},"was":"a"}',
    ),
    (
        e.DateCorrected("a", DAY, DAY, "why"),
        '{"name":"a","now":"2026-05-05","reason":"why","was":"2026-05-05"}',
    ),
    (
        e.DateCorrected("a", DAY, DAY, "why", "held_on"),
        '{"field":"held_on","name":"a","now":"2026-05-05","reason":"why","was":"2026-05-05"}',
    ),
    (e.DateSet("a", DAY, None, "why"), '{"name":"a","reason":"why","to":"2026-05-05"}'),
    (e.DateSet("a", DAY, DAY, item="b"), '{"item":"b","name":"a","to":"2026-05-05","was":"2026-05-05"}'),
    (e.TooLateWarned("a", {}, {"b": DAY}), '{"beyond":{"b":"2026-05-05"},"name":"a"}'),
    (e.TooLateWarned("a", {"b": DAY}), '{"items":{"b":"2026-05-05"},"name":"a"}'),
    (
        e.HoldPlaced("a", DAY, "why", "the police", review=DAY),
        ('{"hold":"a","placed":"2026-05-05","reason":"why","requested_by":"the police","review":"2026-05-05"}'),
    ),
    (e.HoldPlaced("a", DAY, settled=("b",)), '{"hold":"a","placed":"2026-05-05","settled":["b"]}'),
    (e.HoldPlaced("a", DAY, nth=2), '{"hold":"a","nth":2,"placed":"2026-05-05"}'),
    (
        e.SentBack(("a", "b"), "b", returned={"a": 1}, reopened={"b": 2}),
        '{"because":"b","items":["a","b"],"reopened":{"b":2},"returned":{"a":1}}',
    ),
    (e.HoldPlaced("a", DAY, item="b"), '{"hold":"a","item":"b","placed":"2026-05-05"}'),
    (e.HoldReviewed("a", DAY, "why", DAY), '{"hold":"a","reason":"why","review":"2026-05-05","reviewed":"2026-05-05"}'),
    (
        e.HoldReviewDue("a", "reminder", ("role:chair",), DAY),
        '{"again":"2026-05-05","hold":"a","message":"reminder","to":["role:chair"]}',
    ),
    (e.HoldReleased("a", DAY, "why"), '{"hold":"a","reason":"why","released":"2026-05-05"}'),
    (
        e.Extended("a", DAY, DAY, "chair", "why"),
        '{"by_role":"chair","item":"a","reason":"why","to":"2026-05-05","was":"2026-05-05"}',
    ),
    (
        e.LinkReviewDue("T-1", DAY, "look_at_link", ("role:chair",)),
        '{"message":"look_at_link","reference":"T-1","review":"2026-05-05","to":["role:chair"]}',
    ),
    (
        e.CaseLinked("T-1", "parallel", "none", DAY, "why", "court", DAY),
        (
            '{"effect":"none","hold":"court","kind":"parallel","linked":"2026-05-05","reason":"why",'
            '"reference":"T-1","review":"2026-05-05"}'
        ),
    ),
    (
        e.CaseJoined("RR-2026-004", {"notified": DAY}, DAY),
        '{"dates":{"notified":"2026-05-05"},"joined":"2026-05-05","reference":"RR-2026-004"}',
    ),
    (
        e.CaseJoined("RR-2026-004", {"notified": DAY}, DAY, outside=True),
        '{"dates":{"notified":"2026-05-05"},"joined":"2026-05-05","outside":true,"reference":"RR-2026-004"}',
    ),
    (
        e.CaseJoined("RR-2026-004", {"notified": DAY}, DAY, times={"notified": time(14, 30)}),
        (
            '{"dates":{"notified":"2026-05-05"},"joined":"2026-05-05","reference":"RR-2026-004",'
            '"times":{"notified":"14:30:00"}}'
        ),
    ),
    (
        e.Delegated("a", "chair", "nurse", DAY, DAY, "away"),
        '{"of":"chair","reason":"away","since":"2026-05-05","step":"a","to":"nurse","until":"2026-05-05"}',
    ),
    (
        e.DelegationPlanned("a", "chair", "nurse", DAY, DAY, "away"),
        '{"of":"chair","reason":"away","since":"2026-05-05","step":"a","to":"nurse","until":"2026-05-05"}',
    ),
    (e.DelegationEnded("a", "chair", "nurse", DAY), '{"ended":"2026-05-05","of":"chair","step":"a","to":"nurse"}'),
    (
        e.LinkedFrom("RR-2026-004", "parallel", DAY),
        '{"kind":"parallel","linked":"2026-05-05","reference":"RR-2026-004"}',
    ),
    (e.OtherCaseOver("RR-2026-004", "ended", DAY), '{"over":"2026-05-05","reference":"RR-2026-004","status":"ended"}'),
    (e.LedBy("RR-2026-004", ("a", "b")), '{"reference":"RR-2026-004","steps":["a","b"]}'),
    (e.LedBy("RR-2026-004"), '{"reference":"RR-2026-004"}'),
    (e.TakenFrom("a", "RR-2026-004", 9), '{"item":"a","number":9,"reference":"RR-2026-004"}'),
    (e.ReopenedWith("a", "RR-2026-004"), '{"item":"a","reference":"RR-2026-004"}'),
    (e.LeadOver("RR-2026-004"), '{"reference":"RR-2026-004"}'),
    (e.TreatedTogether("RR-2026-004", ("police",)), '{"agencies":["police"],"reference":"RR-2026-004"}'),
    (e.TreatedAlone("RR-2026-004"), '{"reference":"RR-2026-004"}'),
    (
        e.SettledElsewhere("joint_with", date(2026, 6, 2), {"RR-2026-004": ("hearing",), "RR-2026-005": ()}),
        '{"kind":"joint_with","on":"2026-06-02","settled":{"RR-2026-004":["hearing"],"RR-2026-005":[]}}',
    ),
    (e.UnlinkedFrom("RR-2026-004", DAY), '{"reference":"RR-2026-004","unlinked":"2026-05-05"}'),
    (e.CaseUnlinked("T-1", DAY, "why"), '{"reason":"why","reference":"T-1","unlinked":"2026-05-05"}'),
    (
        e.LegalHoldPlaced("inquest", DAY, "why", "the coroner"),
        '{"matter":"inquest","placed":"2026-05-05","reason":"why","requested_by":"the coroner"}',
    ),
    (e.LegalHoldLifted("inquest", DAY, "why"), '{"lifted":"2026-05-05","matter":"inquest","reason":"why"}'),
    (e.KeptUntil(DAY, "why"), '{"reason":"why","until":"2026-05-05"}'),
    (e.AgencyJoined("police"), '{"agency":"police"}'),
    (e.AgencyJoined("police", {"a/police": DAY}), '{"agency":"police","due":{"a/police":"2026-05-05"}}'),
    (e.AgencyLeft("police", "why", ()), '{"agency":"police","reason":"why"}'),
    (
        e.MembersChanged("book", "who", "chair", "", "why"),
        '{"item":"book","joined":"chair","question":"who","reason":"why"}',
    ),
    (
        e.MessageSent("a", "reminder", ("role:chair",), DAY),
        '{"done":"2026-05-05","item":"a","message":"reminder","to":["role:chair"]}',
    ),
    (e.DocumentAsked("a", "letter", DAY), '{"document":"letter","done":"2026-05-05","item":"a"}'),
    (e.RunAsked("a", "x/y", DAY), '{"deployment":"x/y","done":"2026-05-05","item":"a"}'),
    (
        e.Undelivered("a", "reminder", "agency:police:contact", "why", "agency:police:deputy", "role:chair"),
        (
            '{"instead":"agency:police:deputy","item":"a","message":"reminder","to":"agency:police:contact",'
            '"told":"role:chair","why":"why"}'
        ),
    ),
    (
        e.Delayed("a", "reminder", "agency:police:contact", "why"),
        '{"item":"a","message":"reminder","to":"agency:police:contact","why":"why"}',
    ),
    (
        e.DeliveryRecovered("a", "reminder", "agency:police:contact", 3),
        '{"item":"a","message":"reminder","to":"agency:police:contact","tries":3}',
    ),
    (e.FollowsNewDay(("a",)), '{"items":["a"]}'),
    (e.DueDatesShifted("court", {"a": DAY}), '{"hold":"court","items":{"a":"2026-05-05"}}'),
    (
        e.DueDatesShifted("court", {"a": DAY}, {"a": DAY}),
        '{"first":{"a":"2026-05-05"},"hold":"court","items":{"a":"2026-05-05"}}',
    ),
    (
        e.DueDatesShifted("court", {"a": DAY, "b": DAY}, unknown={"a": (), "b": ("2 days after c",)}),
        '{"hold":"court","items":{"a":"2026-05-05","b":"2026-05-05"},"unknown":{"a":[],"b":["2 days after c"]}}',
    ),
    (e.NoticeSent("a", "reminder", ("role:chair",)), '{"item":"a","message":"reminder","to":["role:chair"]}'),
    (
        e.Chased("a", 0, 0, "reminder", ("role:chair",)),
        '{"item":"a","message":"reminder","passed":0,"rung":0,"to":["role:chair"]}',
    ),
    (
        e.Chased("a", 1, 1, "reminder", ("role:chair",), DAY),
        '{"item":"a","message":"reminder","on":"2026-05-05","passed":1,"rung":1,"to":["role:chair"]}',
    ),
    (
        e.PassedOver("a", 0, "reminder", ("role:chair",), DAY),
        '{"fell":"2026-05-05","item":"a","message":"reminder","rung":0,"to":["role:chair"]}',
    ),
    (
        e.ChasedByHand("a", 1, "reminder", ("role:chair",), DAY),
        '{"item":"a","message":"reminder","on":"2026-05-05","rungs":1,"to":["role:chair"]}',
    ),
    (
        e.Responded("a", "need_more_time", DAY, 1, "why", DAY, DAY),
        (
            '{"item":"a","kind":"need_more_time","note":"why","on":"2026-05-05","remind":"2026-05-05","rungs":1,'
            '"wanted":"2026-05-05"}'
        ),
    ),
    (e.Responded("a", "acknowledged", DAY, 0), '{"item":"a","kind":"acknowledged","on":"2026-05-05","rungs":0}'),
    (e.Snoozed("a", DAY, "why"), '{"item":"a","reason":"why","until":"2026-05-05"}'),
    (e.Resumed("a", "why"), '{"item":"a","reason":"why"}'),
    (
        e.DecisionDue("a", "decide", ("role:chair",), DAY),
        '{"again":"2026-05-05","item":"a","message":"decide","to":["role:chair"]}',
    ),
    (e.ReceivedInTime("a", DAY, 2), '{"done":"2026-05-05","item":"a","messages":2}'),
    (e.CaseStarted("a", "C-1", DAY), '{"done":"2026-05-05","item":"a","reference":"C-1"}'),
    (
        e.AgenciesMerged("a", "b", "why", ("s/a",), {"t": {"lead": "b"}}),
        '{"answers":{"t":{"lead":"b"}},"items":["s/a"],"new":"b","old":"a","reason":"why"}',
    ),
    (
        e.TextVouched(('a postcode in "The reason"',), "a shelf"),
        '{"reason":"a shelf","seen":["a postcode in \\"The reason\\""]}',
    ),
    (e.SignedIn(), "{}"),
    (e.CaseWithdrawn("why"), '{"reason":"why"}'),
    (e.CaseEnded("a", DAY, dropped=("b",)), '{"dropped":["b"],"ended":"2026-05-05","ending":"a"}'),
    (e.CaseEnded("a", DAY, "why"), '{"ended":"2026-05-05","ending":"a","reason":"why"}'),
    (
        e.CaseEnded("a", DAY, "why", letters_say_why=True),
        '{"ended":"2026-05-05","ending":"a","letters_say_why":true,"reason":"why"}',
    ),
    (e.CaseEnded("a", DAY, passed=DAY), '{"ended":"2026-05-05","ending":"a","passed":"2026-05-05"}'),
    (
        e.NothingCame("a", DAY, ("b",), "m", ("role:chair",)),
        '{"day":"2026-05-05","ending":"a","items":["b"],"message":"m","to":["role:chair"]}',
    ),
    (e.NothingCame("a", DAY, ("b",)), '{"day":"2026-05-05","ending":"a","items":["b"]}'),
    (e.CaseClosed(DAY), '{"closed":"2026-05-05"}'),
    (
        e.Migrated(2, "d", "why", ("a",), {"b": {"more": "yes"}}),
        '{"answers":{"b":{"more":"yes"}},"definition":"d","gone":["a"],"reason":"why","version":2}',
    ),
    (e.Migrated(2, "d", "why"), '{"definition":"d","reason":"why","version":2}'),
    (
        e.OwnerTold("a", 0, "m", ("role:chair",), DAY),
        '{"item":"a","message":"m","on":"2026-05-05","rungs":0,"to":["role:chair"]}',
    ),
    (e.RequestLeft("a", DAY), '{"item":"a","left":"2026-05-05"}'),
    (e.RequestCameBack("a"), '{"item":"a"}'),
    (
        e.AskedLate("a", "b", DAY, DAY, stands=True),
        '{"asked":"2026-05-05","due":"2026-05-05","item":"a","request":"b","stands":true}',
    ),
    (e.AskedLate("a", "b", DAY, DAY), '{"asked":"2026-05-05","due":"2026-05-05","item":"a","request":"b"}'),
    (e.ContactGiven("family", DAY), '{"contact":"family","given":"2026-05-05"}'),
    (e.ContactGiven("family", DAY, changed=True), '{"changed":true,"contact":"family","given":"2026-05-05"}'),
    (e.ContactErased("family", DAY, "why"), '{"contact":"family","erased":"2026-05-05","reason":"why"}'),
    (e.LetterPrepared("a", "m", "family"), '{"contact":"family","item":"a","message":"m"}'),
    (e.LetterReleased("a", "family", DAY), '{"contact":"family","item":"a","released":"2026-05-05"}'),
    (
        e.LetterRefused("a", "family", DAY, "why"),
        '{"contact":"family","item":"a","reason":"why","refused":"2026-05-05"}',
    ),
    (
        e.NextContactAsked("a", "mother", "father", {"comes": "no"}, "b"),
        '{"contact":"father","item":"a","said":{"comes":"no"},"step":"b","was":"mother"}',
    ),
    (
        e.NextContactAsked("a", "mother", "father", refused=True),
        '{"contact":"father","item":"a","refused":true,"was":"mother"}',
    ),
    (e.BroughtIn(DAY, "SCR 12"), '{"on":"2026-05-05","was":"SCR 12"}'),
    (e.LayBefore("a", DAY), '{"done":"2026-05-05","item":"a"}'),
    (e.RulesAdopted(2, "why"), '{"reason":"why","rules":2}'),
]


@pytest.mark.parametrize(("event", "body"), STORED, ids=repr)
def test_an_event_as_it_is_stored(event: e.Event, body: str) -> None:
    assert e.encode(event) == body
    assert e.decode(event.KIND, body) == event


def test_every_kind_of_event_is_here() -> None:
    assert {event.KIND for event, _ in STORED} == set(e.KINDS)


def test_what_another_program_wrote_is_not_read() -> None:
    with pytest.raises(KeyError):
        e.decode("Unheard", "{}")
    with pytest.raises(TypeError):
        e.decode("CaseWithdrawn", '{"reason":"why","more":1}')
