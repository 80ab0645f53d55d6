"""A letter as a page of HTML, drawn from its plain text, which stays the complete letter.

Nothing in it is fetched from anywhere, and only the office's own answer pages become links: a text may hold what
somebody typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import pairwise

from notifications.letters.letter import Letter

_RULE = re.compile(r"-{20,}")
_ITEM = re.compile(r"(?m)^- ")
_NUMBERED = re.compile(r"[0-9]+\. ")
_REFERENCE = re.compile(r"\b[A-Z]+-[0-9]{4}-[0-9]{3,}\b")
_HEADING = re.compile(rf"(?:[0-9]+\. [^\n]+|{_REFERENCE.pattern}|All cases)")
"""The line of a case above its part of the contents, or that of a message where it begins."""
_WRAPPED = 70
"""Characters from which a line was broken because it was full; a shorter one ends where it was meant to."""
_PARAGRAPH = "margin:0 0 18px;font-size:17px;line-height:1.45"
_SECOND = "margin:0 0 8px;font-size:18px;line-height:1.3;font-weight:700"
_SMALL = "margin:0 0 18px;font-size:15px;line-height:1.4"
_BUTTON = (
    "display:inline-block;padding:13px 22px;background:#1a5a94;border-radius:4px;font-size:18px;line-height:1.2;"
    "font-weight:700;color:#ffffff;text-decoration:none"
)
_PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
<style>a{{overflow-wrap:anywhere}}
@media (prefers-color-scheme:dark){{body,.bg{{background:#15191b!important;color:#e7eaea!important}}
.soft{{color:#b0babd!important}}a{{color:#8ec3ee!important}}a.btn{{color:#fff!important}}}}
@media print{{body,.bg{{background:#fff!important;color:#000!important}}a.btn{{border:1px solid #000}}}}</style></head>
<body class="bg" style="margin:0;padding:0;background:#ffffff;color:#14191b;font-family:Arial,Helvetica,sans-serif">
<table role="presentation" class="bg" style="width:100%;border-collapse:collapse;background:#ffffff"><tr>
<td style="padding:20px 16px 32px"><div role="main" style="max-width:560px;margin:0 auto;overflow-wrap:anywhere">
<p class="soft" style="margin:0 0 14px;font-size:16px;line-height:1.4;color:#4a5358">{sender}</p>
<h1 style="margin:0 0 18px;font-size:21px;line-height:1.3;font-weight:700">{title}</h1>
{body}
</div></td></tr></table></body></html>
"""


def as_page(letter: Letter, sender: str, pages: str | None) -> str:
    """The letter as HTML; `pages` is the address below which it is answered, None where there is none."""
    title = letter.subject.strip().removeprefix(f"[{sender}] ")
    address = re.compile(rf"{re.escape(pages)}/a/[0-9A-Z]{{26}}\b") if pages else re.compile(r"(?!)")
    return _PAGE.format(title=escape(title), sender=escape(sender), body="\n".join(_blocks(letter.body, address)))


def _blocks(text: str, address: re.Pattern[str]) -> Iterator[str]:
    about = ""
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        about = next(iter(_REFERENCE.findall(block)), about)
        for lines in _parts(block):
            yield from _block(lines, address, about)


def _parts(block: str) -> Iterator[str]:
    """A block without the lines that only divide, at which it falls apart."""
    part: list[str] = []
    for line in block.split("\n"):
        if _RULE.fullmatch(line):
            yield from filter(None, ("\n".join(part),))
            yield ""
            part = []
        else:
            part.append(line)
    yield from filter(None, ("\n".join(part),))


def _block(lines: str, address: re.Pattern[str], about: str) -> Iterator[str]:
    if not lines:
        yield '<hr style="margin:24px 0;border:0;border-top:1px solid #8a9498">'
        return
    heading, _, rest = lines.partition("\n")
    if _HEADING.fullmatch(heading) and (not rest or not _NUMBERED.match(heading)):
        yield f'<h2 style="{_SECOND}">{_words(heading, address)}</h2>'
        if not rest:
            return
        lines = rest
    found = list(dict.fromkeys(address.findall(lines)))
    alone = re.compile(rf"(?m)^[ \t]*{address.pattern}[ \t]*\n?")
    is_list = bool(_ITEM.search(lines))
    lead, *items = _ITEM.split(lines if is_list or not found else alone.sub("", lines))
    if lead.strip():
        yield f'<p style="{_PARAGRAPH}">{_words(lead, address)}</p>'
    if items:
        listed = "".join(f'<li style="margin:0 0 6px">{_words(item, address)}</li>' for item in items)
        yield f'<ul style="{_PARAGRAPH};padding-left:22px">{listed}</ul>'
    words = lead + "".join(items)
    yield from (_button(url, about, is_shown=url in words) for url in found)


def _words(text: str, address: re.Pattern[str]) -> str:
    """Lines put together again where they were broken for being full, with the office's own pages as links."""
    lines = [line.strip() for line in text.strip("\n").split("\n")]
    ends = [" " if len(line) >= _WRAPPED and not _NUMBERED.match(after) else "<br>" for line, after in pairwise(lines)]
    return "".join(f"{_linked(line, address)}{end}" for line, end in zip(lines, [*ends, ""], strict=True))


def _linked(line: str, address: re.Pattern[str]) -> str:
    safe, at = "", 0
    for match in address.finditer(line):
        safe += f"{escape(line[at : match.start()])}{_link(match[0])}"
        at = match.end()
    return f"{safe}{escape(line[at:])}"


def _link(url: str) -> str:
    return f'<a href="{escape(url)}" style="color:#1a5a94">{escape(url)}</a>'


def _button(url: str, about: str, *, is_shown: bool) -> str:
    below = "18px" if is_shown else "8px"
    button = (
        f'<p style="margin:0 0 {below}"><a class="btn" href="{escape(url)}" style="{_BUTTON}">'
        f"{escape(f'Answer {about}'.strip())}</a></p>"
    )
    copy = f'<p class="soft" style="{_SMALL};color:#4a5358">Or copy this address:<br>{_link(url)}</p>'
    return button if is_shown else f"{button}\n{copy}"
