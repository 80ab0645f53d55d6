"""Every kind of fact there is."""

from __future__ import annotations

import typing
from collections.abc import Mapping

from reviewflow.case.model.events.cases import (
    AgenciesMerged,
    AgencyJoined,
    AgencyLeft,
    CaseClosed,
    CaseEnded,
    CaseJoined,
    CaseLinked,
    CaseStarted,
    CaseUnlinked,
    CaseWithdrawn,
    Migrated,
    Opened,
)
from reviewflow.case.model.events.chasing import (
    Chased,
    ChasedByHand,
    DecisionDue,
    Delayed,
    PassedOver,
    Responded,
    Resumed,
    Snoozed,
    Told,
    Undelivered,
    WentAfterAll,
)
from reviewflow.case.model.events.days import (
    BreachExplained,
    DateCorrected,
    DateSet,
    DueMoved,
    Extended,
    HoldPlaced,
    HoldReleased,
    HoldReviewDue,
    HoldReviewed,
    LateForeseen,
    LeftNoTime,
    LimitBreached,
    LimitMet,
    StoodStill,
    WellAgain,
)
from reviewflow.case.model.events.keeping import KeptUntil, LegalHoldLifted, LegalHoldPlaced
from reviewflow.case.model.events.work import (
    AgreedBySilence,
    CameInTime,
    Completed,
    Dissented,
    DocumentAsked,
    EntriesGone,
    ItemsHeldUp,
    ItemsOpened,
    MessageSent,
    NotNeeded,
    RoundOpened,
    RoundsEnded,
    RunAsked,
    SentBack,
    Skipped,
    StepOpened,
)

Event = (
    Opened
    | ItemsOpened
    | ItemsHeldUp
    | NotNeeded
    | EntriesGone
    | Completed
    | Dissented
    | AgreedBySilence
    | Skipped
    | RoundOpened
    | RoundsEnded
    | StepOpened
    | LimitMet
    | LateForeseen
    | WellAgain
    | LimitBreached
    | BreachExplained
    | SentBack
    | Told
    | DueMoved
    | DateCorrected
    | DateSet
    | LeftNoTime
    | CaseLinked
    | CaseJoined
    | CaseUnlinked
    | Extended
    | HoldPlaced
    | HoldReviewed
    | HoldReviewDue
    | HoldReleased
    | StoodStill
    | AgencyJoined
    | AgencyLeft
    | AgenciesMerged
    | MessageSent
    | DocumentAsked
    | RunAsked
    | Chased
    | Undelivered
    | Delayed
    | WentAfterAll
    | PassedOver
    | ChasedByHand
    | Responded
    | Snoozed
    | Resumed
    | DecisionDue
    | CameInTime
    | CaseStarted
    | CaseWithdrawn
    | CaseEnded
    | CaseClosed
    | LegalHoldPlaced
    | LegalHoldLifted
    | KeptUntil
    | Migrated
)

KINDS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in typing.get_args(Event)}
