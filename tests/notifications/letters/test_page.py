"""A letter as a page says what its text says, and leads to the office's own pages alone."""

import re
from dataclasses import replace
from html import unescape

import pytest

from notifications.letters.letter import Letter
from notifications.letters.page import as_page

PAGES, OFFICE = "https://reviews.example.gov.uk", "Northmoor SCP"
URL, OTHER = f"{PAGES}/a/7QK4M2XWJ9T3HB6NRD5VZC8PYE", f"{PAGES}/a/M3V8TZ2KQD6YR9XCHW4PJ7N5BA"
TEXT = f"""\
2 messages from {OFFICE}, the most urgent first:
1. RR-2026-003: Summary and chronology was due on Tue 24 Nov 2026 (3 working days overdue).
2. CSPR-2026-001: Agency report was due on Wed 18 Nov 2026 (7 working days overdue).

How to answer:
- Fill in the short form on one page, without an account; opening it sends nothing:
  {URL}
- Ring the office.

{"-" * 60}
2. CSPR-2026-001: Agency report

The question: “Is it <b>this</b> & http://evil.example/a/7QK4M2XWJ9T3HB6NRD5VZC8PYE?” Answer: {OTHER}
"""
LETTER = Letter("RR-2026-003/43", "lead@police.example.org", f"[{OFFICE}] RR-2026-003: 3 working days late", TEXT)


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w/:.-]+", text)


def shown(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page.partition("<body")[2].partition(">")[2]))


def test_every_word_of_the_text_stands_on_it() -> None:
    missing = (
        set(words_of(LETTER.body.replace("-" * 60, ""))) - set(words_of(shown(as_page(LETTER, OFFICE, PAGES)))) - {"-"}
    )
    assert missing == set()


def test_there_is_a_button_for_each_thing_that_is_asked() -> None:
    page = as_page(LETTER, OFFICE, PAGES)
    assert re.findall(r'class="btn" href="([^"]+)"[^>]*>([^<]+)<', page) == [
        (URL, "Answer RR-2026-003"),
        (OTHER, "Answer CSPR-2026-001"),
    ]


def test_each_line_of_the_summary_stays_a_line() -> None:
    assert "overdue).<br>2. CSPR-2026-001" in as_page(LETTER, OFFICE, PAGES)


def test_what_somebody_typed_is_text_and_nothing_is_fetched() -> None:
    page = as_page(replace(LETTER, subject="<script>1</script>"), OFFICE, PAGES)
    assert {*re.findall(r'href="([^"]+)"', page)} == {URL, OTHER}
    assert "<b>" not in page
    assert "<script" not in page
    assert not re.search(r"src=|url\(|@import|<img|<link", page)


@pytest.mark.parametrize("pages", [None, "https://elsewhere.example.org"])
def test_without_pages_there_is_no_link(pages: str | None) -> None:
    assert "href=" not in as_page(LETTER, OFFICE, pages)


def test_a_case_in_the_contents_and_each_message_have_a_heading() -> None:
    contents = "RR-2026-003\n1. Please send us the summary.\n2. Please come."
    text = f"5 messages:\n\n{contents}\n\n{'-' * 60}\n1. Reply by Friday\n\nHello,"
    page = as_page(replace(LETTER, text=text), OFFICE, PAGES)
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", page) == ["RR-2026-003", "1. Reply by Friday"]
    assert ">1. Please send us the summary.<br>2. Please come.</p>" in page
