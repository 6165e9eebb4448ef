import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.vxml_interpreter.grammar.tokens import fold, keys, words


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("abcß "))
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text)


def test_words_are_cut_at_white_space() -> None:
    assert words("  Frog\t\n LEGS ") == ("frog", "legs")


def test_composed_and_decomposed_letters_are_one() -> None:
    assert words("caf\u00e9") == words("CAFE\u0301")


def test_keys_may_be_spaced() -> None:
    assert keys("1 2\n3#") == ("1", "2", "3", "#")


@pytest.mark.parametrize("text", ["1x", "é", "1,2", "a"])
def test_what_is_on_no_keypad_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a key"):
        keys(text)
