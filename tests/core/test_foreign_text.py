from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.foreign_text import printable, storable

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()))


@given(ANYTHING)
def test_what_is_storable_is_utf_8(text: str) -> None:
    assert storable(text).encode("utf-8").decode("utf-8") == storable(text)


@given(ANYTHING)
def test_what_is_printable_has_no_power_over_a_terminal(text: str) -> None:
    assert printable(text).isprintable()


def test_escapes_and_line_ends_are_spelt_out_and_the_rest_stays() -> None:
    assert printable("a\x1b[2Jb\nc\x9b") == r"a\x1b[2Jb\nc\x9b"
    assert printable("naïve — 12 €") == "naïve — 12 €"
    assert storable("half \ud800") == "half ?"
