"""How a Word paper looks: A4, margins, marking, who made it, of which case, on which day, page x of y."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from reviewflow.service.documents.word_files.look import PageLook

FONT = "Arial"
DARK, GREY = RGBColor(0x1F, 0x2F, 0x46), RGBColor(0x59, 0x59, 0x59)
PROMPT = "Prompt"
SHORT, LONG = Mm(210), Mm(297)
MARGIN, NARROW = Mm(20), Mm(15)
_SIZES = {1: 18, 2: 13, 3: 11, 4: 11}


def blank() -> Any:
    """A new Word document with our styles."""
    return Document(io.BytesIO(_styled()))


@cache  # to give them takes as long as to write a short paper
def _styled() -> bytes:
    document, written = Document(), io.BytesIO()
    _styles(document)
    document.save(written)
    return written.getvalue()


def lay_out(document: Any, look: PageLook) -> None:
    """Give a new Word document its pages, header and footer."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if look.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (LONG, SHORT) if look.landscape else (SHORT, LONG)
    section.left_margin = section.right_margin = NARROW if look.landscape else MARGIN
    section.top_margin, section.bottom_margin = Mm(28), Mm(24)
    section.header_distance = section.footer_distance = Mm(10)
    across = width(document)
    _line(section.header.paragraphs[0], look.marking, across=None)
    _line(section.header.add_paragraph(), look.partnership, across=across, right=look.reference)
    _line(section.footer.paragraphs[0], f"{look.title}, {look.made}", across=across, page=True)
    _line(section.footer.add_paragraph(), look.marking, across=None)
    about = document.core_properties
    about.title, about.author, about.comments, about.language = look.title, look.partnership, "", "en-GB"


def width(document: Any) -> Length:
    """How wide the text may be."""
    section = document.sections[0]
    return Length(section.page_width - section.left_margin - section.right_margin)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _font(normal, Pt(11))
    normal.paragraph_format.space_after = Pt(6)
    language = normal.element.get_or_add_rPr()
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "en-GB")
    language.append(spoken)
    for level, size in _SIZES.items():
        heading = document.styles[f"Heading {level}"]
        _font(heading, Pt(size))
        heading.font.color.rgb, heading.font.bold, heading.font.italic = DARK, True, False
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12 if level > 1 else 0), Pt(4)
        heading.paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number"):
        document.styles[name].paragraph_format.space_after = Pt(3)
    prompt_style(document)


def prompt_style(document: Any) -> Any:
    """The style of what helps whoever fills it in; added where the document has none."""
    from docx.enum.style import WD_STYLE_TYPE

    if PROMPT in document.styles:
        return document.styles[PROMPT]
    style = document.styles.add_style(PROMPT, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size, style.font.italic, style.font.color.rgb = Pt(9.5), True, GREY
    style.paragraph_format.space_after, style.paragraph_format.keep_with_next = Pt(4), True
    return style


def _font(style: Any, size: Any) -> None:
    style.font.name, style.font.size = FONT, size
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme would win over the name
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _line(paragraph: Any, left: str, *, across: Length | None, right: str = "", page: bool = False) -> None:
    """One line of a header or footer: in the middle, or from edge to edge."""
    paragraph.paragraph_format.space_after = Pt(0)
    stops = paragraph.paragraph_format.tab_stops
    run = paragraph.add_run(left)
    run.font.size = Pt(9)
    if across is None:
        paragraph.alignment, run.bold = WD_ALIGN_PARAGRAPH.CENTER, True
        return
    paragraph.style = None  # that of a header has tabs of its own
    stops.add_tab_stop(across, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"\t{right}").font.size = Pt(9)
    if page:
        for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
            paragraph.add_run(words).font.size = Pt(9)
            _field(paragraph, field)


def _field(paragraph: Any, name: str) -> None:
    """A number that Word works out itself."""
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    run.font.size = Pt(9)
    simple.append(run._r)  # noqa: SLF001 - python-docx has no other way to a field
    paragraph._p.append(simple)  # noqa: SLF001
