"""A process with all it refers to, as one value with a content hash: what a case is pinned to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property

from pydantic import Field

from reviewflow.language.folder.guidance_editions import edition_on, must_count
from reviewflow.language.folder.library import Library
from reviewflow.language.folder.uses import documents_of, forms_of, ladders_of, messages_of, tables_of
from reviewflow.language.model import (
    DecisionTable,
    Document,
    FormFields,
    Ladder,
    Message,
    Model,
    NationalLimit,
    Partnership,
    Process,
    Step,
    Target,
)
from reviewflow.language.phrases import Quorum
from reviewflow.language.structure.lists import growing, source_of, with_more
from reviewflow.language.structure.standing_groups import (
    Membership,
    ask_for_members,
    kinds_asked,
    memberships,
    with_members,
)
from reviewflow.language.structure.tables import questions_of, recorded_of


class Definition(Model):
    """All that a case needs to run, whatever happens to the files afterwards."""

    process: Process
    forms: dict[str, FormFields] = Field(default={})
    ladders: dict[str, Ladder] = Field(default={})
    messages: dict[str, Message] = Field(default={})
    national: dict[str, NationalLimit] = Field(default={})
    tables: dict[str, DecisionTable] = Field(default={})
    documents: dict[str, Document] = Field(default={})
    guidance_title: str = ""
    targets: Mapping[str, Target] | None = Field(default=None, exclude=True)
    """Over all cases, as the files say today: they pin no case, so they are not kept with one. None: not known."""

    groups: Mapping[str, Membership] = Field(default={}, exclude=True)
    """The groups that meet, as partnership.yaml has them today: they pin no case, so they are not kept with one."""

    opened: Mapping[str, str] = Field(default={}, exclude=True)
    """The title of each process that it opens, as the files say today: not kept with a case."""

    @cached_property
    def body(self) -> str:
        """The same definition always gives the same text; steps keep the order in which the file has them."""
        data = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256(self.body.encode()).hexdigest()

    @cached_property
    def step_forms(self) -> Mapping[str, FormFields]:
        """The questions of each step: a decision table's, a shared form's or its own; with the members of groups.

        Where a table grows, also whether more lines are to come.
        """
        forms = ((name, self._form(step)) for name, step in self.process.steps.items())
        return {name: with_more(with_members(form, self.groups)) for name, form in forms}

    def needs_a_line(self, step: str) -> tuple[str, ...]:
        """The tables of a step that grow, and that may not be closed without a line."""
        form = self._form(self.process.steps[step])
        return tuple(name for name in growing(form) if form[name].always_required)

    def on_the_day(self, partnership: Callable[[], Partnership]) -> Definition:
        """The same with the groups as they are today, where a form or a quorum asks for members of one."""
        steps = self.process.steps.values()
        if not any(ask_for_members(self._form(step)) or (step.quorum and step.quorum.kinds) for step in steps):
            return self
        return self.model_copy(update={"groups": memberships(partnership())})

    def quorum(self, step: str) -> Quorum | None:
        """How many of several must agree, with the members of each kind as they are today; None where none is said."""
        asked = self.process.steps[step]
        if asked.quorum is None or not asked.quorum.kinds:
            return asked.quorum
        source, field = source_of(asked) or ("", "")
        listed = self._form(self.process.steps[source]).get(field) if source in self.process.steps else None
        return asked.quorum.of_members(kinds_asked(self.groups, listed.members_of if listed else None))

    def _form(self, step: Step) -> FormFields:
        if step.choose is not None:
            return questions_of(self.tables[step.choose])
        return self.forms[step.form] if isinstance(step.form, str) else step.form or {}

    def recorded(self, step: str) -> FormFields:
        """What is kept when a step is done: its questions and, where it chooses, what was recommended."""
        table = self.process.steps[step].choose
        return recorded_of(self.tables[table]) if table is not None else self.step_forms[step]

    def columns(self, step: str) -> FormFields:
        """The columns of the table for whose lines a step is owed; none for other steps."""
        source = source_of(self.process.steps[step]) if step in self.process.steps else None
        listed = self.step_forms[source[0]].get(source[1]) if source and source[0] in self.process.steps else None
        return listed.columns if listed is not None else {}

    def gathers_more(self, step: str) -> str:
        """The step that gathers the table for whose lines a step is done, where that grows; '' elsewhere."""
        source, field = source_of(self.process.steps[step]) or ("", "")
        return source if source in self.process.steps and field in growing(self.step_forms[source]) else ""

    def comes_after(self, step: str) -> tuple[str, ...]:
        """What stands before a step in a picture: what it waits for, and what gathers the lines for which it opens."""
        after, gathers = self.process.steps[step].after, self.gathers_more(step)
        return (*after, gathers) if gathers and gathers not in after else after

    def limit_title(self, name: str) -> str:
        limit = self.process.limits[name]
        if limit.title or limit.national is None:
            return limit.title or name.replace("_", " ").capitalize()
        return self.national[limit.national].title

    def title(self, name: str) -> str:
        """The title of a step, an ending or a limit."""
        known = self.process.steps.get(name) or self.process.endings.get(name)
        return known.title if known else self.limit_title(name)


def standing_alone(process: Process) -> Process:
    """What a case is pinned to: the process without the names of what it inherits, which stands in it, and targets."""
    return process.model_copy(update={"extends": None, "groups": {}, "targets": None})


def define(library: Library, process: str, dates: Mapping[str, date] | None = None) -> Definition:
    """The whole definition of a process of a library that has passed `check`, for a case that opens with these dates.

    Raises KeyError for a process that the library does not have, and DefinitionError when the edition of the guidance
    that was in force on its first date lacks a limit of the process, or is stricter than the process.
    """
    own = standing_alone(library.processes[process].model)
    ladders = ladders_of(library, own)
    guidance = edition_on(library, own, dates)
    must_count(library.processes[process], guidance)
    used = {limit.national for limit in own.limits.values() if limit.national}
    return Definition(
        process=own,
        forms={name: library.forms[name].model.fields for name in forms_of(own)},
        ladders={name: ladder for name, ladder in ladders.items() if ladder},
        messages={name: library.messages[name].model for name in sorted(messages_of(library, own))},
        tables={name: library.tables[name].model for name in sorted(tables_of(own))},
        documents={name: library.documents[name].model for name in sorted(documents_of(own))},
        national={name: guidance.limits[name] for name in sorted(used)} if guidance else {},
        guidance_title=guidance.title if guidance else "",
        targets=library.processes[process].model.targets or {},
        groups=memberships(library.partnership.model) if library.partnership else {},
        opened=dict(_opened(library, own)),
    )


def _opened(library: Library, process: Process) -> Iterator[tuple[str, str]]:
    """What its steps and its ways out open, each with its title."""
    starts = (*(step.start for step in process.steps.values()), *(way.start for way in process.endings.values()))
    for start in starts:
        if start and start.process in library.processes:
            yield start.process, library.processes[start.process].model.title
