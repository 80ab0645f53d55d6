"""The files that are damaged: what is shipped, the examples of the docs, and made-up ones that use every key."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reviewflow.language.folder.kinds import CALENDARS
from tests.docs.pages import all_pages, blocks, named
from tests.language.definitions import BASE, OK, below, case_files
from tests.language.fuzz.damage import as_text
from tests.language.fuzz.samples import files

ROOT = Path(__file__).parents[3]
FOLDER = "definitions/"


@dataclass(frozen=True, slots=True)
class Start:
    """A file that is to be damaged, and what stands beside it."""

    name: str
    place: str
    data: bytes
    beside: Mapping[str, bytes]
    """All that it leads to: with these it passes check."""

    @property
    def near(self) -> Mapping[str, bytes]:
        """Few of them, so that many thousands are read soon: what it names itself, and a small office."""
        own = _words(self.data)
        named = {place: data for place, data in self.beside.items() if Path(place).stem in own or place == CALENDARS}
        return (
            {**BASE, **named} if self.place != "partnership.yaml" else {**named, "ladders.yaml": BASE["ladders.yaml"]}
        )


@cache
def starts() -> tuple[Start, ...]:
    return (*_shipped(), *_examples(), *_made_up())


def _shipped() -> Iterator[Start]:
    whole = below(ROOT / "definitions")
    texts = {place: data for place, data in whole.items() if place.endswith(".yaml")}
    for place in sorted(texts):
        yield Start(f"shipped/{place}", place, texts[place], _named_by(texts, place))


def _examples() -> Iterator[Start]:
    """Whole files of the docs' pages, each with the page's other files beside it."""
    shipped = {place: data for place, data in below(ROOT / "definitions").items() if place.endswith(".yaml")}
    for page in all_pages(ROOT / "docs"):
        own: dict[str, bytes] = {}
        for block in blocks(page.read_text("utf-8")):
            path, text, part = named(block) if block.kind == "yaml" else ("", "", True)
            if not part and path.startswith(FOLDER):
                own[path.removeprefix(FOLDER)] = text.encode()
        for place in sorted(own):
            yield Start(f"docs/{page.stem}/{place}", place, own[place], _named_by({**shipped, **own}, place))


def _made_up() -> Iterator[Start]:
    base = {place: data for place, data in BASE.items() if place != CALENDARS}
    for place, data in {**base, **case_files(OK / "every_key.yaml")}.items():
        yield Start(f"small/{place}", place, data, {**base, CALENDARS: _calendars()})
    for place, value in files().items():
        yield Start(f"whole/{place}", place, as_text(value).encode(), {**base, CALENDARS: _calendars()})


@cache
def _calendars() -> bytes:
    return (ROOT / "definitions" / CALENDARS).read_bytes()


ALWAYS = ("partnership.yaml", "ladders.yaml", "messages/hold_review.yaml", CALENDARS)


def _named_by(texts: Mapping[str, bytes], place: str) -> dict[str, bytes]:
    """The files that a file leads to by a name that stands in it, and those that every office has."""
    by_stem = _by_stem(tuple(texts))
    needed, seen = [place, *ALWAYS], set[str]()
    if not place.startswith("processes/"):
        needed.append("processes/case_discussion.yaml")
    while needed:
        file = needed.pop()
        if file in seen or file not in texts:
            continue
        seen.add(file)
        needed += [
            other
            for word in _words(texts[file])
            for other in by_stem.get(word, ())
            if _leads(file, other, texts, place)
        ]
    return {file: texts[file] for file in seen}


def _leads(file: str, other: str, texts: Mapping[str, bytes], place: str) -> bool:
    """Another process by its name: from the file itself and its groups; where that extends another, from all."""
    if not other.startswith("processes/"):
        return True
    by_process = file == place or (file.startswith("processes/") and b"\nextends:" in texts[place])
    return place.startswith("processes/") and (by_process or file.startswith("groups/"))


@cache
def _by_stem(places: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    stems: dict[str, tuple[str, ...]] = {}
    for place in places:
        stems[Path(place).stem] = (*stems.get(Path(place).stem, ()), place)
    return stems


@cache
def _words(data: bytes) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z][a-z0-9_]+", data.decode()))
