"""How wide text is, also where the face does not have a letter of it."""

from reviewflow.diagram.drawing.glyph_widths import Face, width


def test_a_text_is_as_wide_as_its_letters() -> None:
    assert width("", 10, Face.REGULAR) == 0
    assert width("due", 10, Face.BOLD) == sum(width(letter, 1, Face.BOLD) for letter in "due") * 10


def test_a_letter_that_the_face_does_not_have_is_as_wide_as_another() -> None:
    assert width("漢", 10, Face.REGULAR) == width("x", 10, Face.REGULAR)
    assert width("a漢b", 10, Face.ITALIC) == width("axb", 10, Face.ITALIC)
