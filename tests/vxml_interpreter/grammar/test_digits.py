import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.vxml_interpreter.grammar.digits import ImpossibleLength, digits_grammar
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Match, Matching, Mode


def after(grammar: Grammar, *tokens: str) -> Matching | None:
    matching: Matching | None = grammar.start()
    for token in tokens:
        matching = matching.advance(token) if matching else None
    return matching


@given(st.text("0123456789", max_size=8), st.integers(0, 5), st.integers(1, 8))
def test_exactly_the_strings_of_an_allowed_length_are_sentences(digits: str, low: int, high: int) -> None:
    if high < low:
        with pytest.raises(ImpossibleLength):
            digits_grammar(low, high)
        return
    matching = after(digits_grammar(low, high), *digits)
    assert (matching is None) == (len(digits) > high)
    if matching is not None:
        assert matching.extendable == (len(digits) < high)
        assert list(matching.results()) == ([Match(digits, digits)] if len(digits) >= max(low, 1) else [])


@pytest.mark.parametrize("key", ["*", "#", "A", "12", "one", "٣", ""])
def test_what_is_not_one_digit_is_no_key(key: str) -> None:
    assert digits_grammar(None, None).start().advance(key) is None


def test_without_limits_one_digit_is_enough_and_more_may_follow() -> None:
    matching = after(digits_grammar(None, None), *"1" * 100)
    assert matching is not None
    assert matching.extendable
    assert matching.results()


def test_spoken_digits_are_words_or_figures() -> None:
    matching = after(digits_grammar(None, 6, Mode.VOICE), "Four", "oh", "12", "nine")
    assert matching is not None
    assert matching.results() == (Match("Four oh 12 nine", "40129"),)
    assert matching.extendable


def test_a_spoken_number_that_is_too_long_is_refused() -> None:
    assert after(digits_grammar(None, 2, Mode.VOICE), "123") is None


def test_the_grammar_tells_its_mode() -> None:
    assert digits_grammar(None, None).mode is Mode.DTMF
    assert digits_grammar(None, None, Mode.VOICE).mode is Mode.VOICE


@pytest.mark.parametrize(("low", "high"), [(-1, None), (3, 2), (None, 0), (0, 0)])
def test_no_string_has_an_impossible_length(low: int | None, high: int | None) -> None:
    with pytest.raises(ImpossibleLength, match="minlength"):
        digits_grammar(low, high)
