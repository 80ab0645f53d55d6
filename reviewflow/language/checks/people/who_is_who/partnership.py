"""The partnership's file: its posts, its agencies, and what it says of processes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import OUTSIDE, Agency, Partnership
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.structure.seniority import posts_above
from reviewflow.language.suggestions import unknown, unknown_role
from reviewflow.text import listing

NO_SECOND = "nobody"
"""Where one person is enough for what otherwise takes two."""


def check_library(library: Library) -> Iterator[Problem]:
    """An agency's partner and designated professional are roles; its mailboxes are at its own mail domains (PD036)."""
    loaded = library.partnership
    if loaded is None:
        yield from _no_partnership(library)
        return
    for name, agency in loaded.model.agencies.items():
        path: Path = ("agencies", name)
        for key, role in (("partner", agency.partner), ("designated", agency.designated)):
            if role is not None and role not in loaded.model.roles:
                message = unknown_role(role, loaded.model.roles)
                yield loaded.source.value_problem((*path, key), "PD030", message)
        yield from _domains(loaded, agency, path)
    yield from _outside(loaded)
    yield from _answers_to(loaded)
    yield from _second_person(loaded)
    yield from _linked_cases(library, loaded)


def _linked_cases(library: Library, loaded: Loaded[Partnership]) -> Iterator[Problem]:
    """What is shown of linked cases is said of processes that there are (PD030)."""
    for process in loaded.model.linked_cases.processes:
        if process not in library.processes and not library.could_be("process", process):
            message = unknown("a process", process, library.processes, "Processes")
            yield loaded.source.value_problem(("linked_cases", "processes", process), "PD030", message)


def _answers_to(loaded: Loaded[Partnership]) -> Iterator[Problem]:
    """Each post answers to another that there is (PD030), and not to itself in the end (PD506)."""
    roles = loaded.model.roles
    for name, role in roles.items():
        path: Path = ("roles", name, "answers_to")
        if role.answers_to is not None and role.answers_to not in roles:
            yield loaded.source.value_problem(path, "PD030", unknown_role(role.answers_to, roles))
        elif name in posts_above(roles, name):
            message = (
                f'"{name}" would answer to itself: {listing(posts_above(roles, name))}. Leave out the last of them.'
            )
            yield loaded.source.value_problem(path, "PD506", message)


def _second_person(loaded: Loaded[Partnership]) -> Iterator[Problem]:
    """Who confirms is a post with a mailbox, or nobody, alone (PD440)."""
    posts = loaded.model.second_person or ()
    if posts == (NO_SECOND,):
        return
    for position, post in enumerate(posts):
        if post not in loaded.model.roles:
            message = f"{unknown_role(post, loaded.model.roles)} Write posts, or {NO_SECOND} alone."
            yield loaded.source.value_problem(("second_person", position), "PD440", message)


def _no_partnership(library: Library) -> Iterator[Problem]:
    """PD033: there is no partnership file; reported once, at the first process."""
    if library.could_be("partnership", ""):
        return
    for loaded in itertools.islice(library.processes.values(), 1):
        message = "There is no partnership.yaml beside the processes, so nobody can own a step or be told. Write one."
        yield loaded.source.value_problem(("process",), "PD033", message)


def _outside(loaded: Loaded[Partnership]) -> Iterator[Problem]:
    """A body outside is none of our own (PD425), and its mailbox is at its own mail domains (PD036)."""
    partnership = loaded.model
    if OUTSIDE in partnership.roles:
        message = f'"{OUTSIDE}" means the body outside that a step waits for, so no post can be called so. Rename it.'
        yield loaded.source.key_problem(("roles", OUTSIDE), "PD425", message)
    for name, body in partnership.outside.items():
        path: Path = ("outside", name)
        if name in partnership.roles or name in partnership.agencies:
            message = f'"{name}" is a post or an agency here too. What is outside has a name of its own: rename it.'
            yield loaded.source.key_problem(path, "PD425", message)
        if not body.owns_address(body.email):
            message = f'"{body.email}" is not at a mail domain of {body.title}: {listing(body.domains or ())}.\n'
            message += "Correct the address, or add the domain to the body."
            yield loaded.source.value_problem((*path, "email"), "PD036", message)


def _domains(loaded: Loaded[Partnership], agency: Agency, path: Path) -> Iterator[Problem]:
    for key in ("contact", "deputy", "senior"):
        address = getattr(agency, key)
        if address and not agency.owns_address(address):
            message = (
                f'"{address}" is not at a mail domain of {agency.title}: {listing(agency.domains)}.\n'
                "Correct the address, or add the domain to the agency."
            )
            yield loaded.source.value_problem((*path, key), "PD036", message)
