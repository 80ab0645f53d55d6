"""One thing to be done, by a person or automatically."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from reviewflow.calendar import Landing
from reviewflow.language.conditions import Condition
from reviewflow.language.model.forms import FormFields
from reviewflow.language.model.processes.asking import Asks, SilenceRule
from reviewflow.language.model.processes.endings import Start
from reviewflow.language.model.processes.holds import Placing
from reviewflow.language.model.processes.limits import Extensions, Reopenings
from reviewflow.language.model.processes.spellings import DayOf, Deployment, Meant, Optional, Owner, TextOrRoles
from reviewflow.language.model.values import (
    DueRule,
    HowMany,
    HowOften,
    Line,
    Model,
    Name,
    Names,
    Number,
    OnAWorkingDay,
    Prose,
    SentTo,
    TextOr,
    YesNo,
)
from reviewflow.language.phrases import AtMost


class Record(StrEnum):
    """What a step tells the partnership's registers, besides its own case."""

    ACTION_SAID = "action_said"
    ACTION_DONE = "action_done"
    ACTION_PROGRESS = "action_progress"
    ACTION_MILESTONE = "action_milestone"
    ACTION_VERIFIED = "action_verified"
    VERIFIED_FOR_PLAN = "verified_for_plan"
    PUBLICATION = "publication"
    DEPOSIT = "deposit"
    TAKEN_DOWN = "taken_down"


class AfterRound(StrEnum):
    """After which round of a step that comes again something follows."""

    EACH = "each"
    LAST = "last"


class Reopen(Model):
    """Work is sent back: the named step and what depends on it become open again."""

    noun: ClassVar[str] = "a reopening"

    when: Condition = Field(description="Which answers of this step's own form send the work back: {enough: no}")
    times: Annotated[Number, Field(ge=1)] | None = Field(
        default=None,
        description="How often at most it may be sent back; after that the answer stands, and the work goes on",
    )
    for_each: Name | None = Field(
        default=None,
        description="Beside times: a choice of this step's own form that says why. Then times counts for each of its "
        "answers by itself: once for being incomplete, and once for something else",
    )
    send: Name | None = Field(default=None, description="The message that tells the owner so")
    due: DueRule | None = Field(default=None, description="When the reopened work is due; its own rule unless given")
    on_a_working_day: OnAWorkingDay = Landing.AS_IT_FALLS


class EndsRounds(Model):
    """An answer ends the rounds of a step that comes again: its open round falls, and no other comes."""

    noun: ClassVar[str] = "an end of rounds"

    when: Condition = Field(description="Which answers of this step's own form end them: {home: yes}")


class Step(Model):
    """One thing to be done, by a person (`owner`) or automatically (`send`, `start`, `set`, `make`, `wait`, `run`)."""

    noun: ClassVar[str] = "a step"

    title: Line = Field(description="What is to be done, as everybody reads it")
    help: Prose | None = Field(default=None, description="What the person doing it should know")
    stage: Name | None = Field(default=None, description="The stage of the process that it belongs to: gather")
    after: Names = Field(default=(), description="The step or steps that must be settled first; none: at the opening")
    after_round: Annotated[AfterRound | None, Field(strict=False)] = Field(
        default=None,
        description="After a step that comes again: each (owed again after each round) or last (once, when its rounds "
        "are over)",
    )
    when: Condition | None = Field(default=None, description="Only when these answers were given; otherwise not needed")
    begun: Optional = Field(
        default=False,
        alias="optional",
        description="Done only when somebody opens it; nothing waits until then. yes: as often as it happens; or how "
        "often: at most once, at most 2 times",
    )
    for_each: TextOrRoles | None = Field(
        default=None,
        description="agency: each agency of the case owes it; a list of roles, each for itself; or a list that a form "
        "gathered: plan.sessions; meeting.attendees, with owner: each, for agencies or roles that were chosen there",
    )
    without: DayOf | None = Field(
        default=None,
        description="With for_each: the question of an earlier step that names who takes no part, such as whoever "
        "declared an interest: interests.declared. They are not asked, and no quorum or share counts them",
    )
    owner: Owner | None = Field(
        default=None,
        description="Who does it: a role, or agency / each with for_each, or a column of the list: each.lead; "
        "agency police: that agency; the agency in referral.referrer: whom the answer names; the agency's senior, with "
        "for_each: agency",
    )
    not_by: Names | None = Field(
        default=None, description="The steps that whoever does this one must not have done: draft_report"
    )
    invites_to: Name | None = Field(
        default=None,
        description="The step of the meeting to which those who owe this one are invited: {meets} in its letters is "
        "the day of that step, as is their calendar entry, and what they chose stands on the page of the case",
    )
    together: Literal["joint_with", "parallel"] | None = Field(
        default=None,
        description="By which link cases are treated together: joint_with. The step is done once for all of them, in "
        "the case that the others are linked with, and what is answered there is recorded in each of them",
    )
    after_in_linked: dict[Name, Names] | None = Field(
        default=None,
        description="What must be settled in other cases too, by the kind of link: {joint_with: hearing} waits until "
        "hearing is done in each case of this office that is linked so, with this one or with the one that leads",
    )
    confirm: Literal["by code"] | None = Field(
        default=None,
        description="by code: an answer on the page that a letter leads to counts only with six figures, which go to "
        "the same mailbox",
    )
    asks: Asks | None = Field(
        default=None, description="With owner: next in order: who is asked one after the other, until one accepts"
    )
    quorum: HowMany | None = Field(
        default=None,
        description="Where several answer, each for itself: how many must agree, all (unless given), 2 of 3, or a "
        "share of them: two thirds; more than half, police among them",
    )
    dissent: Condition | None = Field(
        default=None,
        description="Which answers of its own form count as dissent: recorded, and not counted as agreeing",
    )
    due: DueRule | None = Field(
        default=None, description="When it is due: 7 working days after notified; on each.due for a column of a list"
    )
    on_a_working_day: OnAWorkingDay = Landing.AS_IT_FALLS
    repeats: HowOften | None = Field(
        default=None,
        description="It comes again after it was done: every 1 month until publish; also how often: every 1 month "
        "until publish, at least 2 times, at most 6 times; or counted anew each time: 6 weeks after it was done until "
        "publish; or in another way at first: 3 months, then every 6 months until publish",
    )
    waits_for: Line | None = Field(
        default=None,
        description="Who outside is to answer, in words, or a body of `outside`: panel. The due day is then an "
        "expectation, and the owner records the answer",
    )
    silence: SilenceRule | None = Field(
        default=None,
        description="counts as agreed, counts as declined: when nothing has come by the due day, the step closes by "
        "itself with this meaning; with counts_as and answers below it, silence answers questions too",
    )
    late_answers: Literal["count"] | None = Field(
        default=None,
        description="count: an answer that comes after enough had agreed, or after silence had counted, counts like "
        "any other; unless given it is kept and shown, and undoes nothing",
    )
    source: Line | None = Field(default=None, description="Where its day comes from, and how sure that is")
    calendar: Name | None = Field(default=None, description="Whose days are counted; the office's unless given")
    extensions: Extensions | None = Field(
        default=None, description="Who may extend its day, how often and until when; as the process says unless given"
    )
    reopenings: Reopenings | None = Field(
        default=None, description="How often it may be reopened by hand: {times: 1}; as the process says unless given"
    )
    not_before: DueRule | None = Field(default=None, description="The first day on which it may be done")
    form: TextOr[FormFields] | None = Field(
        default=None, description="What is asked: the name of a shared form, or the fields themselves"
    )
    ladder: Name | None = Field(default=None, description="Who is reminded and when; none: nobody, and that is meant")
    safety: YesNo | None = Field(
        default=None,
        description="yes: somebody's safety depends on it, so its escalations do not wait until its owner has been "
        "told and has had a working day",
    )
    records: Annotated[Record, Field(strict=False)] | None = Field(
        default=None,
        description="What it tells the registers of the partnership: action_done, action_progress or action_verified "
        "of the actions it is done for; publication, deposit or taken_down of a report",
    )
    choose: Name | None = Field(
        default=None, description="The decision table whose questions are asked, and which recommends"
    )
    reopens: dict[Name, Reopen] = Field(default={}, description="Earlier steps that an answer may send back")
    ends_rounds: dict[Name, EndsRounds] | None = Field(
        default=None, description="Steps that come again whose rounds an answer ends: {visit: {when: {home: yes}}}"
    )
    places: dict[Name, Placing] = Field(default={}, description="Holds that an answer places")
    lifts: dict[Name, Placing] = Field(default={}, description="Holds that an answer lifts")
    send: Name | None = Field(default=None, description="Automatic: the message that is sent")
    to: SentTo = Field(
        default=(),
        description="For send: who receives it; the agency's contact unless given. contact family: a contact of the "
        "case, whose letter waits until a named person releases it; agency police: that agency; the agency in "
        "referral.referrer: whom the answer names, whoever accepted find: who took it, and everybody asked in serve: "
        "to whom that step wrote, or who owes or owed it; nobody is written to where none was",
    )
    reply: Name | None = Field(
        default=None,
        description="For send to a contact of the case: the step after it that they may answer themselves, on a page "
        "which opens only from the released letter: their_wishes",
    )
    until: Condition | None = Field(
        default=None,
        description="For send to several contacts of the case, with reply: they are written to one after the other, "
        "each when the one before has not accepted, until the step of reply was answered so: {will_you: yes}",
    )
    released_by: Names | None = Field(
        default=None,
        description="For send to a contact of the case: the roles that may release its letter or refuse it, and hear "
        "that it waits: head_of_legal; any named person unless given",
    )
    about: Name | None = Field(
        default=None, description="For send: the step whose title and due day the message tells; this one unless given"
    )
    start: Start | None = Field(default=None, description="Automatic: a linked case that is opened")
    set: dict[Name, DueRule] = Field(
        default={}, description="Automatic: dates of the case that are set: {publication: 6 months after decision}"
    )
    make: Name | None = Field(default=None, description="Automatic: the document or calendar entry that is made")
    wait: DueRule | None = Field(default=None, description="Automatic: it is done when this day has come")
    meant: Meant | None = Field(
        default=None,
        description="Answers to warnings about it, by code, with the reason: {PD058: They ring each other}",
    )
    run: Deployment | None = Field(
        default=None, description="Automatic: the Prefect deployment that is run with the case's reference: flow/name"
    )
    offers: Names | None = Field(
        default=None,
        description="Papers that need no case and that its answer page offers as they are now: referral_guidance, "
        "referral_form",
    )

    @property
    def optional(self) -> bool:
        """Whether it is done only when somebody opens it."""
        return self.begun is not False

    @property
    def begun_at_most(self) -> int | None:
        """How often somebody may open it; as often as it happens where None."""
        return self.begun.times if isinstance(self.begun, AtMost) else None
