"""Files that somebody has spoilt: lines that are gone, doubled, moved, or say something else."""

import random

VALUES = (
    "",
    "[]",
    "{}",
    "[a, b]",
    "{a: b}",
    "0",
    "-1",
    "7",
    "99999999999999999999",
    "1e999999",
    "Some Name",
    "no",
    "all",
    "agency",
    "each",
    "each.lead",
    "removed",
    "2 of 3",
    "two thirds, police among them",
    "2024-02-30",
    "9:00",
    "on opened",
    "4000 weeks after opened",
    "99999 hours after notified",
    "1 clear working day before opened",
    "every 1 month until nothing",
    "'\\u202e'",
    "x" * 3000,
)
"""What is right somewhere else, and what is right nowhere."""


def spoilt(data: bytes, seed: int, times: int) -> bytes:
    change = random.Random(seed)
    lines = data.decode("utf-8-sig", "replace").splitlines() or [""]
    for _ in range(times):
        _spoil(lines, change)
    return "\n".join(lines).encode()


def _spoil(lines: list[str], change: random.Random) -> None:
    at, other = change.randrange(len(lines)), change.randrange(len(lines))
    key, colon, _ = lines[at].partition(": ")
    match change.randrange(6):
        case 0 if len(lines) > 1:
            del lines[at]
        case 1:
            lines[at:at] = lines[other : other + change.randrange(1, 12)]
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = f"  {lines[at]}" if change.random() < 0.5 else lines[at][1:]
        case _ if colon:
            lines[at] = f"{key}: {change.choice(VALUES)}"
