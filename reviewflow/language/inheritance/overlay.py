"""One tree laid over another: what an officer writes changes what is taken over, and nothing else."""

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
"""A condition is one phrase: the new one stands in the place of the old one, and is not mixed with it."""
SECTIONS = {"steps": "step", "limits": "time limit", "holds": "hold", "dates": "date", "endings": "ending"}


def laid_over(own: Entries, below: Entries) -> Entries:
    """Names with values merge, lists and texts take the place of what is below; `removed` takes it out."""
    written = {key.value: (key, value) for key, value in own.pairs}
    kept: list[tuple[Text, Node]] = []
    for key, value in below.pairs:
        own_key, own_value = written.pop(key.value, (key, None))
        if own_value is None:
            kept.append((key, value))
        elif not _removes(own_value):
            kept.append((own_key, _over(own_value, value, key.value)))
    kept += [(key, _over(value, None, key.value)) for key, value in written.values() if not _removes(value)]
    return Entries(tuple(kept), own.mark)


def _over(own: Node, below: Node | None, key: str) -> Node:
    if not isinstance(own, Entries) or key in WHOLE:
        return own
    return laid_over(own, below if isinstance(below, Entries) else Entries((), own.mark))


def _removes(node: Node) -> bool:
    return isinstance(node, Text) and node.value == REMOVED and not node.block


def needless_removals(source: Source, own: Entries, below: Entries) -> Iterator[Problem]:
    """What is taken out without being there: most often misspelt."""
    known = below.names
    for key, value in own.pairs:
        if _removes(value) and key.value not in known:
            message = f'There is no "{key.value}" here that could be taken out.{suggestion(key.value, known)}'
            yield source.problem(key.mark, "PD102", f"{message}\nTaken over: {listing(known, none='nothing')}.")
        elif isinstance(value, Entries) and key.value not in WHOLE:
            yield from needless_removals(source, value, entries_of(below.get(key.value)))


def still_waited_for(source: Source, own: Entries, below: Entries, whole: Entries) -> Iterator[Problem]:
    """Steps that are taken out while others, which are taken over, wait for them: told where they are taken out."""
    gone = {key.value: key.mark for key, value in entries_of(own.get("steps")).pairs if _removes(value)}
    for key, step in entries_of(whole.get("steps")).pairs:
        for text in texts_of(entries_of(step).get("after") or Items((), key.mark)):
            if text.value in gone and text.mark.file:
                before = entries_of(entries_of(below.get("steps")).get(text.value)).get("after")
                instead = listing([each.value for each in texts_of(before)] if before else [], none=REMOVED)
                message = (
                    f'"{text.value}" is taken out here, but "{key.value}" waits for it ({text.mark.file}, line '
                    f"{text.mark.line}).\nTake that out too, or write for it what it waits for instead, "
                    f"such as after: {instead}"
                )
                yield replace(source.problem(gone[text.value], "PD104", message), elsewhere=text.mark)


def misspelt_entries(source: Source, own: Entries, below: Entries) -> Iterator[Problem]:
    """A new step that is not complete but is called nearly like one that is taken over: that one is meant."""
    for section, noun in SECTIONS.items():
        known = entries_of(below.get(section)).names
        for key, value in entries_of(own.get(section)).pairs:
            if key.value in known or not isinstance(value, Entries) or not suggestion(key.value, known):
                continue
            missing = [name for name in _needed((section, key.value)) if name not in value.names]
            if missing:
                message = (
                    f'"{key.value}" is no {noun} that is taken over.{suggestion(key.value, known)}\n'
                    f"As a new {noun} it must be complete; missing: {listing(missing)}."
                )
                yield source.problem(key.mark, "PD103", message)


def _needed(path: Path) -> list[str]:
    model = model_at(Process, path)
    return [each.alias or name for name, each in model.model_fields.items() if each.is_required()] if model else []
