"""The editions of reviewflow's own rules, and what the later ones mended.

A case is run by the edition that it was opened under, so that a mended rule moves no day, chase or ending of an open
case by itself. The office sees what would move (`reviewflow recount --rules`) and has a case go on by the present
edition when it chooses to. Each function here names one mended rule; without it the case is run as it was.
"""

from __future__ import annotations

from reviewflow.case.model.state import Case

SECOND = 2
"""Chasing that starts with the work, days that follow their rules, and what was not done never shown as done."""
CURRENT = SECOND
"""The edition under which new cases are opened."""


def silence_waits_for_the_request(case: Case) -> bool:
    """Whether silence counts only after the request has left the building and did not come back."""
    return case.rules >= SECOND


def chasing_starts_with_the_work(case: Case) -> bool:
    """Whether nobody hears of an escalation before its owner was told and had a working day to do the work."""
    return case.rules >= SECOND


def rounds_stop_line_by_line(case: Case) -> bool:
    """Whether a step that repeats for each line of a list stops for each line by itself."""
    return case.rules >= SECOND


def dropped_rounds_come_again(case: Case) -> bool:
    """Whether the round that was open when a step was not needed any more comes first when it is needed after all."""
    return case.rules >= SECOND


def held_work_moves_before_it_begins(case: Case) -> bool:
    """Whether the release of a hold moves the day of held work that has not begun, as it moves that of open work."""
    return case.rules >= SECOND


def agreed_days_ahead_stay(case: Case) -> bool:
    """Whether the release of a hold leaves what falls on an agreed day that is still ahead, or counts back from it;
    it moved that by the days held, and letters named a day that nobody had agreed.
    """
    return case.rules >= SECOND


def held_work_follows_days_set_anew(case: Case) -> bool:
    """Whether what the release of a hold gave a day follows the date or the booking that it names when that is set
    anew; it stayed on the day of the hold, which letters went on naming.
    """
    return case.rules >= SECOND


def sent_back_work_has_a_new_day(case: Case) -> bool:
    """Whether work that is owed again is due by its rule counted from that day, and not on the day that has passed."""
    return case.rules >= SECOND


def late_joiners_have_a_day_of_their_own(case: Case) -> bool:
    """Whether an agency that takes part only after a day has its own, counted from then; it owed the work overdue."""
    return case.rules >= SECOND


def rounds_are_judged_by_their_answers(case: Case) -> bool:
    """Whether what follows a round goes by the answers of that round; its condition saw none, and never held."""
    return case.rules >= SECOND


def rounds_done_lead_on(case: Case) -> bool:
    """Whether what comes after the last round is owed where the open round fell after one was skipped or sent back;
    it was not needed, though rounds had been done.
    """
    return case.rules >= SECOND


def rhythms_go_on_from_the_last_round(case: Case) -> bool:
    """Whether rounds that counted from when they were done go on, under a version with a rhythm, on its next day after
    the last of them; the rhythm was counted as often from the first day as there had been rounds.
    """
    return case.rules >= SECOND


def unanswered_is_not_decided(case: Case) -> bool:
    """Whether a question that is still to be answered decides nothing: neither what is asked nor the opposite."""
    return case.rules >= SECOND


def senior_is_the_owners(case: Case) -> bool:
    """Whether `senior` is whom the owner answers to, also of work about an agency; it was that agency's senior lead."""
    return case.rules >= SECOND


def answers_come_before_the_meeting(case: Case) -> bool:
    """Whether nobody is asked whether they come once the meeting has been, nor given a day after it, or after the event
    that theirs counts back from; they were.
    """
    return case.rules >= SECOND


def moved_meetings_are_told(case: Case) -> bool:
    """Whether those who were invited hear that a meeting is moved, put off or called off; a page alone said so."""
    return case.rules >= SECOND


def moved_days_are_told(case: Case) -> bool:
    """Whether those whom a letter named a day hear that a date set anew moves it; the next letter alone said so."""
    return case.rules >= SECOND


def days_counted_anew_are_told(case: Case) -> bool:
    """Whether those whom a letter named a day hear that a changed calendar moves it; the next letter alone said so."""
    return case.rules >= SECOND


def limits_count_in_the_nearest_calendar(case: Case) -> bool:
    """Whether a limit without a calendar of its own counts in its process's; it counted in the office's."""
    return case.rules >= SECOND


def a_start_hands_over_times(case: Case) -> bool:
    """Whether a case that this one starts is refused without the times that it asks for; they were midnight."""
    return case.rules >= SECOND


def a_revived_case_asks_anew(case: Case) -> bool:
    """Whether what was owed when a case ended, and passed meanwhile, is owed anew by a new day when it is reopened."""
    return case.rules >= SECOND


def a_revived_case_owes_what_fell(case: Case) -> bool:
    """Whether what fell with an ending that keeps work comes back when the case is reopened; it stayed away."""
    return case.rules >= SECOND


def rounds_come_after_their_days(case: Case) -> bool:
    """Whether the second round of a late joiner is not due before the day that its first round was given."""
    return case.rules >= SECOND


def limits_run_again_with_their_step(case: Case) -> bool:
    """Whether a limit that was met runs again when its optional step is opened once more."""
    return case.rules >= SECOND


def what_follows_comes_again(case: Case) -> bool:
    """Whether what hangs on an optional step alone is owed again when that is opened once more; it stayed done."""
    return case.rules >= SECOND


def endings_open_what_they_keep(case: Case) -> bool:
    """Whether an ending that keeps an optional step opens it; it ended without."""
    return case.rules >= SECOND


def passed_days_follow_their_rule(case: Case) -> bool:
    """Whether a later day that has passed is forgotten when work is owed again that counts from what is owed again
    too; it came back overdue, and letters and pages said so to whoever was asked for the first time in that round.
    """
    return case.rules >= SECOND


def limits_that_run_again_bind(case: Case) -> bool:
    """Whether work that is owed again has no day past a limit that runs again with it; only running limits did that."""
    return case.rules >= SECOND


def limits_that_were_met_stay_met(case: Case) -> bool:
    """Whether a limit that was met, and whose day is over, stays as it was when its work is owed again; it was missed
    from that moment, and letters told everybody so of a limit that had been kept.
    """
    return case.rules >= SECOND


def occasions_are_not_owed_again(case: Case) -> bool:
    """Whether an optional step whose answer sends work back is not owed again with that, and what only follows it is
    not either: it is begun anew when it happens again. It came back open, as if it had happened once more.
    """
    return case.rules >= SECOND


def earlier_days_count(case: Case) -> bool:
    """Whether the earlier of several days that becomes known later still counts after a hold, or a sending back."""
    return case.rules >= SECOND


def answers_in_time_count(case: Case) -> bool:
    """Whether an answer counts that was given in time and recorded only after silence had counted."""
    return case.rules >= SECOND


def answers_count_from_their_day(case: Case) -> bool:
    """Whether what an answer holds, releases or ends does so from the day of the answer; it did from its recording."""
    return case.rules >= SECOND


def sent_back_work_follows_its_rule(case: Case) -> bool:
    """Whether work that is owed again by a rule that counts backwards, or names a day, moves with it as before."""
    return case.rules >= SECOND


def new_days_come_before_their_event(case: Case) -> bool:
    """Whether work that is owed again, and counts back from an event that is ahead, is due by then; it came after."""
    return case.rules >= SECOND


def new_days_come_after_what_they_wait_for(case: Case) -> bool:
    """Whether work that is owed again behind other work has as long as from today from when that is due; it was due
    before it could begin, and opened overdue.
    """
    return case.rules >= SECOND


def days_follow_dates_set_anew(case: Case) -> bool:
    """Whether work that is owed again waits for the date that other work owed again sets; it had a day of its own."""
    return case.rules >= SECOND


def only_its_owner_is_asked(case: Case) -> bool:
    """Whether silence counts from a message of a ladder only if that went to whoever is to answer, in this office."""
    return case.rules >= SECOND


def set_days_land_as_planned(case: Case) -> bool:
    """Whether a date that a step sets is moved onto a working day where the date says so, as it is when planned."""
    return case.rules >= SECOND


def an_ending_comes_before_openings(case: Case) -> bool:
    """Whether an ending by what will not be asked any more comes before what it drops is owed and asked for."""
    return case.rules >= SECOND


def kept_work_outlives_what_it_follows(case: Case) -> bool:
    """Whether what an ending keeps is owed also where it comes after work that falls with the ending; it fell too."""
    return case.rules >= SECOND


def endings_by_hand_keep(case: Case) -> bool:
    """Whether an ending that somebody takes by hand keeps what its file says; everything fell."""
    return case.rules >= SECOND


def endings_outlive_their_kept_work(case: Case) -> bool:
    """Whether a case goes on ending, from the same day, while what its ending keeps is done again; it ended anew."""
    return case.rules >= SECOND


def links_are_looked_at_again(case: Case) -> bool:
    """Whether the office hears on its day that a link is to be looked at again, where no hold reminds of it."""
    return case.rules >= SECOND


def hours_after_a_day_begin_at_its_end(case: Case) -> bool:
    """Whether a rung in hours after a whole day, such as one that was granted, waits until that day is over."""
    return case.rules >= SECOND


def answers_send_back_in_time(case: Case) -> bool:
    """Whether no answer sends back what may not be reopened any more by its day; only reopening by hand was refused."""
    return case.rules >= SECOND


def rounds_do_not_pass_while_stopped(case: Case) -> bool:
    """Whether a round whose day passed while a step was not needed is not owed when it is needed again; it was."""
    return case.rules >= SECOND


def more_time_says_it_arrived(case: Case) -> bool:
    """Whether an owner who was granted more time is not asked any more whether the request has arrived; it was."""
    return case.rules >= SECOND


def what_comes_no_more_is_told(case: Case) -> bool:
    """Whether those whom a letter told what comes hear, when the case ends, that it does not; they prepared on."""
    return case.rules >= SECOND


def early_ends_are_told(case: Case) -> bool:
    """Whether those who heard of a case hear that it was withdrawn, or ended; partners kept days free for it."""
    return case.rules >= SECOND


def earlier_rounds_are_told(case: Case) -> bool:
    """Whether whoever was written to in a round before this one, and has not answered, hears that it is over too."""
    return case.rules >= SECOND


def what_is_asked_no_more_is_told(case: Case) -> bool:
    """Whether an agency hears that what it was asked for is not needed any more; its reminders only ceased."""
    return case.rules >= SECOND


def held_rounds_wait(case: Case) -> bool:
    """Whether what happens by itself after each round waits while it is held; only the first round did."""
    return case.rules >= SECOND


def what_is_due_on_the_opening_is_due_when_begun(case: Case) -> bool:
    """Whether an optional step that is due on the opening is due when it is begun; it had the next working day."""
    return case.rules >= SECOND


def endings_by_time_count_from_their_day(case: Case) -> bool:
    """Whether a case that time alone ends has ended when that time was over; it ended when a sweep came to it."""
    return case.rules >= SECOND


def rounds_begin_again_with_what_they_follow(case: Case) -> bool:
    """Whether rounds that were over come again only when what they follow is done again, counted from then, and what
    followed a round is not owed again for it; both were owed at once, for rounds of long ago.
    """
    return case.rules >= SECOND


def rounds_are_over_on_the_day_of_their_end(case: Case) -> bool:
    """Whether rounds are over on the day of what ended them; they were when that was recorded, or a sweep found it."""
    return case.rules >= SECOND


def endings_taken_back_owe_what_fell(case: Case) -> bool:
    """Whether what fell with an ending is owed again where it is taken back while what it keeps is owed."""
    return case.rules >= SECOND


def rounds_that_are_held_stay_owed(case: Case) -> bool:
    """Whether what was owed after a round, and is held, stays owed for it whatever the next round finds; it fell."""
    return case.rules >= SECOND
