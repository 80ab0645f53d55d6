"""What a flowchart says, whatever form it is drawn in: boxes, arrows and what holds for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewflow.diagram.shapes import OPENING, Arrow, Box, Chart, Flag, Shape, Way, ending
from reviewflow.diagram.words import Words, headed, spaced
from reviewflow.language.conditions import Test, leaves
from reviewflow.language.definition import Definition
from reviewflow.language.model import ORIGIN, OUTSIDE, AfterRound, Ending, Hold, Partnership, Step
from reviewflow.language.structure.authority import has_a_national_number
from reviewflow.language.structure.contacts import contacts_written_to
from reviewflow.language.structure.silence import counts_after_due, silence_meaning
from reviewflow.language.structure.stages import numbering, stage_title, stages_of
from reviewflow.text import listing

OPENS = "Opens by itself: "
"""Before the process that a step opens."""
HELD = "May be held: "
"""Before the signs of the holds that stop a step."""
LONG = 110
"""Characters; a longer condition is not written into the box that sends work back."""


def chart(definition: Definition, partnership: Partnership) -> Chart:
    """The flowchart of a definition that has passed `check`, without any places or sizes."""
    return _Drawing(definition, Words(definition, partnership, numbering(definition.process))).chart()


def limit_flags(definition: Definition, partnership: Partnership) -> Iterator[Flag]:
    """The time limits of a process, for a page on which its steps have no numbers."""
    drawing = _Drawing(definition, Words(definition, partnership))
    return (flag for name in definition.process.steps for flag in drawing.flags(name))


def asked_by(test: Test | None) -> frozenset[str]:
    """The steps whose answers a condition asks for."""
    return frozenset(leaf.step for leaf in leaves(test)) if test else frozenset()


@dataclass(frozen=True, slots=True)
class _Drawing:
    definition: Definition
    words: Words

    def chart(self) -> Chart:
        boxes = [self._opening(), *self._steps(), *self._endings()]
        return Chart(
            self.definition.process.title,
            tuple(self._particulars()),
            {box.name: box for box in boxes},
            tuple(self._arrows()),
            tuple(self._notes()),
        )

    def _particulars(self) -> Iterator[str]:
        process = self.definition.process
        yield f"Version {process.version}"
        if self.definition.guidance_title:
            yield self.definition.guidance_title
        yield f"Cases are numbered {process.reference.format(year='YEAR', number='NUMBER')}"
        yield from self._stages()
        if not process.verified:
            yield "Not yet checked against its sources"

    def _stages(self) -> Iterator[str]:
        """Which numbers each stage has: the steps of a stage are numbered one after the other."""
        number = numbering(self.definition.process)
        titled = [stage for stage in stages_of(self.definition.process) if stage.title]
        spans = [(stage.title, number[stage.steps[0]], number[stage.steps[-1]]) for stage in titled]
        if spans:
            yield "Stages: " + ", ".join(
                f"{title} ({first if first == last else f'{first} to {last}'})" for title, first, last in spans
            )

    def _opening(self) -> Box:
        opening = self.definition.process.opening
        asked = [spaced(date_name) for date_name in opening.dates]
        needed = opening.agencies
        named = needed.named(self.words.role) if needed else ""
        agencies = (f"Agencies: at least {needed.number}{named}",) if needed else ()
        title = f"The {self.definition.process.own_word} is opened"
        return Box(OPENING, Shape.OPENING, title, f"Day of: {', '.join(asked)}", due=agencies)

    def _steps(self) -> Iterator[Box]:
        process = self.definition.process
        deciding = frozenset().union(
            *(asked_by(step.when) for step in process.steps.values()),
            *(asked_by(way_out.when) for way_out in process.endings.values()),
        )
        number = numbering(process)
        for name, step in process.steps.items():
            near = {*step.after}
            yield Box(
                name,
                _shape(step, decides=name in deciding or bool(step.reopens)),
                step.title,
                self.words.owner(step) if step.owner else "",
                number=number[name],
                stage=stage_title(process, name),
                due=tuple(self._due(step)),
                only_if=f"Only if {self.words.condition(step.when, near, name)}" if step.when else "",
                marks=tuple(self._marks(name, step)),
                sent_back=tuple(self._sent_back(name, step)),
                flags=tuple(self.flags(name)),
                many=step.for_each is not None,
                optional=step.optional,
            )

    def _due(self, step: Step) -> Iterator[str]:
        if step.owner is None:
            yield self._act(step)
        if step.due:
            yield f"{'Expected' if step.waits_for else 'Due'} {self.words.due(step.due)}"
        if step.not_before:
            yield f"Not before {self.words.due(step.not_before)}"

    def _act(self, step: Step) -> str:
        """What an automatic step does by itself."""
        suffix = ", for each agency" if step.for_each == "agency" else ", for each" if step.for_each else ""
        if contacts := contacts_written_to(step):
            by = listing(map(self.words.role, step.released_by or ()), last="or", none="somebody")
            return f"Letter to {', then '.join(map(self.words.contact, contacts))}, when {by} releases it"
        if step.send:
            return f"Sent by itself{suffix}"
        if step.start:
            return f"{OPENS}{self.words.process(step.start.process)}{suffix}"
        if step.wait:
            return f"Waits until {self.words.due(step.wait)}"
        if step.make:
            return f"Made by itself: {self.words.paper(step.make)}{suffix}"
        if step.run:
            return f"Runs by itself: {step.run}{suffix}"
        days = [f"{spaced(name)} = {self.words.due(rule)}" for name, rule in step.set.items()]
        return f"Sets by itself: {'; '.join(days)}"

    def _written_to(self, step: Step) -> Iterator[str]:
        """When the body outside is written to, where the ladder does that."""
        ladder = self.words.definition.ladders.get(step.ladder or "")
        asked = [str(rung.when) for rung in ladder.rungs if OUTSIDE in rung.to] if ladder is not None else []
        if asked:
            yield f"Written to: {', '.join(asked)}"

    def _marks(self, name: str, step: Step) -> Iterator[str]:
        if step.optional:
            often = f", {step.begun}" if step.begun_at_most else ""
            yield f"Optional: done only when somebody opens it{often}"
        if step.together is not None:
            yield "Once for all cases that are treated together"
        for names in (step.after_in_linked or {}).values():
            titles = listing(f"“{self.definition.process.steps[other].title}”" for other in names)
            yield f"Waits for {titles} in all linked cases"
        if step.without is not None:
            yield f"Without those named as {spaced(step.without.partition('.')[2])}"
        if step.repeats:
            yield f"Again {spaced(str(step.repeats))}"
        if step.after_round is not None:
            yield {AfterRound.EACH: "After each round", AfterRound.LAST: "After the last round"}[step.after_round]
        if quorum := self.words.definition.quorum(name):
            yield f"{headed(quorum.how_many)} must agree{quorum.named(self.words.role)}"
        if step.not_by:
            yield f"Not by who did: {', '.join(map(spaced, step.not_by))}"
        if step.asks:
            yield f"Asked in order, {step.asks.within} each"
        if step.waits_for:
            yield f"Waits for: {self.words.waited_for(step)}"
            yield from self._written_to(step)
        if bodies := self.words.bodies_that_extend(name):
            yield f"More time only from: {bodies}"
        if step.silence:
            counts = counts_after_due(step)
            yield f"Silence counts as {silence_meaning(step)}{f', {counts} after that' if counts else ''}"
        if step.choose:
            yield f"Recommended by the table “{self.definition.tables[step.choose].title}”"
        holds = [sign for sign, hold in self._holds() if name in hold.stops]
        if holds:
            yield f"{HELD}{', '.join(holds)}"

    def _holds(self) -> Iterator[tuple[str, Hold]]:
        """Each hold with the sign that boxes and notes know it by: H1, H2."""
        for number, hold in enumerate(self.definition.process.holds.values(), start=1):
            yield f"H{number}", hold

    def _sent_back(self, name: str, step: Step) -> Iterator[str]:
        for again, ends in (step.ends_rounds or {}).items():
            title = self.definition.process.steps[again].title
            words = self.words.condition(ends.when, {name}, name)
            yield f"Ends the rounds of “{title}” if {words if len(words) < LONG else 'its answers say so'}"
        for other, reopen in step.reopens.items():
            title = self.definition.process.steps[other].title
            words = self.words.condition(reopen.when, {name}, name)
            yield f"Back to “{title}” if {words if len(words) < LONG else 'its answers say so'}"

    def flags(self, name: str) -> Iterator[Flag]:
        for limit_name, limit in self.definition.process.limits.items():
            if name not in limit.steps:
                continue
            only = f", only if {self.words.condition(limit.when, {name})}" if limit.when else ""
            is_national = has_a_national_number(limit, self.definition.national.get(limit.national or ""))
            kind = "National limit" if is_national else "Limit"
            bodies = "" if limit.national is not None else self.words.bodies_that_extend(limit_name)
            more = f", more time only from {bodies}" if bodies else ""
            others = [self.definition.process.steps[other].title for other in limit.steps if other != name]
            here = "met here by the first round" if name in limit.by_first_round else "met here"
            either = f"; {here}, or by {listing(f'“{other}”' for other in others)}" if others else ""
            either = f"; {here}" if name in limit.by_first_round and not others else either
            yield Flag(f"{kind}: {self._clock(limit_name)}{only}{either}{more}", national=is_national)

    def _clock(self, name: str) -> str:
        """How long a limit is, and from when."""
        limit = self.definition.process.limits[name]
        if limit.national is None:
            return self.words.due(limit.due) if limit.due else headed(name)
        national = self.definition.national[limit.national]
        start = self.words.moment(limit.counts_from) if limit.counts_from else "its date"
        span = limit.within or national.within
        if span is None:
            return f"{national.kind}, from {start}"
        return f"{span} {'before' if national.before else 'after'} {start}"

    def _endings(self) -> Iterator[Box]:
        process = self.definition.process
        by_answers = {name: way_out for name, way_out in process.endings.items() if way_out.when}
        for number, (name, way_out) in enumerate(by_answers.items(), start=len(process.steps) + 1):
            if way_out.when:
                only_if = self.words.condition(way_out.when, asked_by(way_out.when))
                yield Box(
                    ending(name),
                    Shape.ENDING,
                    f"Ends: {way_out.title}",
                    self._goes_on(way_out),
                    number=number,
                    only_if=f"Only if {only_if}",
                )

    def _arrows(self) -> Iterator[Arrow]:
        steps = self.definition.process.steps
        for name, step in steps.items():
            words = self.words.condition(step.when, {*step.after}, name) if step.when else ""
            for before in self.definition.comes_after(name) or (OPENING,):
                if before not in {OPENING, *step.after}:
                    yield Arrow(before, name, words="each line as it comes")
                    continue
                yield Arrow(before, name, words=words if step.when and _answers(step.when, before, step) else "")
            for other, reopen in step.reopens.items():
                yield Arrow(name, other, Way.BACK, self.words.condition(reopen.when, {name}, name))
        for name, way_out in self.definition.process.endings.items():
            for before in sorted(asked_by(way_out.when), key=list(steps).index):
                words = self.words.condition(way_out.when, asked_by(way_out.when)) if way_out.when else ""
                yield Arrow(before, ending(name), words=words)

    def _notes(self) -> Iterator[str]:
        process = self.definition.process
        for way_out in process.endings.values():
            if way_out.after is not None:
                awaited = listing((process.steps[step].title for step in way_out.unless), last="or")
                day = self.words.due(way_out.after)
                ends = f"{way_out.title}{self._goes_on(way_out, ' ({})')}"
                yield f"Ends by itself {day}, when that day is over, unless this came ({awaited}): {ends}"
            elif way_out.with_the_end_of:
                which = way_out.with_the_end_of
                other = "from which it came" if which == ORIGIN else f"opened by {self.definition.title(which)}"
                yield f"Ends with the case {other}: {way_out.title}{self._goes_on(way_out, ' ({})')}"
            elif way_out.when is None:
                yield f"May be ended at any time: {way_out.title}{self._goes_on(way_out, ' ({})')}"
        for still in (process.stands_still or {}).values():
            titles = (
                self.definition.limit_title(name) if name in process.limits else self.definition.title(name)
                for name in still.clocks
            )
            since, until = (f"“{self.definition.title(step)}”" for step in (still.since, still.until))
            then = "begins again" if still.begins_again else "goes on"
            yield f"Stands still from {since}, {then} with {until}: {listing(titles)} ({still.title})"
        for sign, hold in self._holds():
            review = f", looked at again every {hold.review}" if hold.review else ""
            longest = f", for {hold.at_most} at most" if hold.at_most else ""
            yield f"{sign}: {hold.title}{review}{longest}"
        for name, planned in process.dates.items():
            plan = f", planned {self.words.due(planned.planned)}" if planned.planned else ""
            named = "" if planned.title == headed(name) else f"{headed(name)}: "
            yield f"{named}{planned.title}{plan}"

    def _goes_on(self, way_out: Ending, form: str = "{}") -> str:
        return form.format(f"Goes on as {self.words.process(way_out.start.process)}") if way_out.start else ""


def _answers(test: Test, before: str, step: Step) -> bool:
    """Whether an arrow is a branch: its step is asked, or (when none of those before is) all arrows are."""
    asked = asked_by(test)
    return before in asked or asked.isdisjoint(step.after)


def _shape(step: Step, *, decides: bool) -> Shape:
    if step.start:
        return Shape.PROCESS
    if step.owner is None:
        return Shape.AUTOMATIC
    return Shape.DECISION if decides else Shape.PERSON
