"""One tree over another: what an officer writes changes what is inherited, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reviewflow.language.model import Process
from reviewflow.language.problem import Problem
from reviewflow.language.reading.shapes import model_at
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Entries, Items, Node, Path, Text, entries_of, texts_of
from reviewflow.language.suggestions import suggestion
from reviewflow.text import listing

REMOVED = "removed"
WHOLE = {"when", "dissent"}
"""A condition is one phrase: the new one takes the place of the old one, and is not merged with it."""
SECTIONS = {
    "steps": "step",
    "limits": "time limit",
    "holds": "hold",
    "dates": "date",
    "endings": "ending",
    "stands_still": "standstill",
    "outside": "body outside",
    "targets": "target",
}


def overlay(own: Entries, base: Entries) -> Entries:
    """Names with values merge, lists and texts replace what the base has; `removed` takes it out."""
    own_pairs = {key.value: (key, value) for key, value in own.pairs}
    merged: list[tuple[Text, Node]] = []
    for key, value in base.pairs:
        own_key, own_value = own_pairs.pop(key.value, (key, None))
        if own_value is None:
            merged.append((key, value))
        elif not _removes(own_value):
            merged.append((own_key, _overlay_value(own_value, value, key.value)))
    new = [(key, _overlay_value(value, None, key.value)) for key, value in own_pairs.values() if not _removes(value)]
    return Entries((*merged, *new), own.mark)


def _overlay_value(own: Node, base: Node | None, key: str) -> Node:
    if not isinstance(own, Entries) or key in WHOLE:
        return own
    return overlay(own, base if isinstance(base, Entries) else Entries((), own.mark))


def _removes(node: Node) -> bool:
    return isinstance(node, Text) and node.value == REMOVED and not node.block


def needless_removals(source: Source, own: Entries, base: Entries) -> Iterator[Problem]:
    """PD102: what is removed without being in the base, most often because it is misspelt."""
    known = base.names
    for key, value in own.pairs:
        if _removes(value) and key.value not in known:
            message = f'There is no "{key.value}" here that could be taken out.{suggestion(key.value, known)}'
            yield source.problem(key.mark, "PD102", f"{message}\nTaken over: {listing(known, none='nothing')}.")
        elif isinstance(value, Entries) and key.value not in WHOLE:
            yield from needless_removals(source, value, entries_of(base.get(key.value)))


def removed_predecessors(source: Source, own: Entries, base: Entries, merged: Entries) -> Iterator[Problem]:
    """PD104: steps that are removed while inherited steps wait for them, at the line that removes them."""
    removed = {key.value: key.mark for key, value in entries_of(own.get("steps")).pairs if _removes(value)}
    for key, step in entries_of(merged.get("steps")).pairs:
        for text in texts_of(entries_of(step).get("after") or Items((), key.mark)):
            if text.value in removed and text.mark.file:
                before = entries_of(entries_of(base.get("steps")).get(text.value)).get("after")
                instead = listing([name.value for name in texts_of(before)] if before else [], none=REMOVED)
                message = (
                    f'"{text.value}" is taken out here, but "{key.value}" waits for it ({text.mark.file}, line '
                    f"{text.mark.line}).\nTake that out too, or write for it what it waits for instead, "
                    f"such as after: {instead}"
                )
                yield replace(source.problem(removed[text.value], "PD104", message), elsewhere=text.mark)


def misspelt_entries(source: Source, own: Entries, base: Entries) -> Iterator[Problem]:
    """PD103: a new entry that is not complete, with a name nearly like an inherited one, which it probably changes."""
    for section, noun in SECTIONS.items():
        known = entries_of(base.get(section)).names
        for key, value in entries_of(own.get(section)).pairs:
            if key.value in known or not isinstance(value, Entries):
                continue
            missing = [name for name in _required_keys((section, key.value)) if name not in value.names]
            if missing and (near := suggestion(key.value, known)):
                message = (
                    f'"{key.value}" is no {noun} that is taken over.{near}\n'
                    f"As a new {noun} it must be complete; missing: {listing(missing)}."
                )
                yield source.problem(key.mark, "PD103", message)


def _required_keys(path: Path) -> list[str]:
    model = model_at(Process, path)
    return [field.alias or name for name, field in model.model_fields.items() if field.is_required()] if model else []
