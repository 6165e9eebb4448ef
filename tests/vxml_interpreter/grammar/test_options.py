import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.vxml_interpreter.grammar.matching import Grammar, Match, Matching, Mode
from mirabelle.vxml_interpreter.grammar.options import Option, option_grammar


def after(grammar: Grammar, said: str) -> Matching | None:
    matching: Matching | None = grammar.start()
    for token in said.split():
        matching = matching.advance(token) if matching else None
    return matching


def results(grammar: Grammar, said: str) -> list[Match]:
    matching = after(grammar, said)
    return list(matching.results()) if matching else []


COURSES = option_grammar(
    [Option(" swordfish ", "fish"), Option("Roast Beef,", "beef"), Option("frog legs", "chicken")], Mode.VOICE
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("swordfish", [Match("swordfish", "fish")]),
        ("ROAST beef", [Match("Roast Beef", "beef")]),
        ("roast", []),
        ("roast beef please", []),
        ("beef", []),
    ],
)
def test_a_phrase_is_said_whole(said: str, expected: list[Match]) -> None:
    assert results(COURSES, said) == expected


def test_words_are_compared_in_one_normal_form() -> None:
    assert results(option_grammar([Option("Straße café", 1)], Mode.VOICE), "STRASSE cafe\u0301")


def test_keys_need_no_white_space() -> None:
    grammar = option_grammar([Option("123#", "a"), Option("1 2", "b"), Option("", "never")], Mode.DTMF)
    assert results(grammar, "1 2 3 #") == [Match("123#", "a")]
    assert results(grammar, "1 2") == [Match("12", "b")]
    matching = after(grammar, "1 2")
    assert matching is not None
    assert matching.extendable


def test_nothing_can_follow_the_longest_option() -> None:
    matching = after(option_grammar([Option("1", 1), Option("2 2", 2)], Mode.DTMF), "1")
    assert matching is not None
    assert not matching.extendable


def test_a_character_that_is_no_key_is_named() -> None:
    with pytest.raises(ValueError, match="'x' is not a key"):
        option_grammar([Option("1x", 1)], Mode.DTMF)


NEWS = option_grammar(
    [
        Option("Stargazer Astrophysics News", "astro", approximate=True),
        Option("Physics Weekly", "weekly"),
        Option("News", "news"),
    ],
    Mode.VOICE,
)


@pytest.mark.parametrize("said", ["stargazer", "astrophysics", "stargazer news", "Astrophysics NEWS"])
def test_an_approximate_option_takes_any_of_its_words_in_order(said: str) -> None:
    assert [match.interpretation for match in results(NEWS, said)] == ["astro"]


@pytest.mark.parametrize("said", ["news stargazer", "physics", "weekly"])
def test_not_out_of_order_and_not_for_exact_options(said: str) -> None:
    assert results(NEWS, said) == []


def test_what_is_said_whole_precedes_what_is_said_in_part() -> None:
    assert [match.interpretation for match in results(NEWS, "news")] == ["news", "astro"]


def test_equal_options_are_in_document_order() -> None:
    grammar = option_grammar([Option("1", "first"), Option("1", "second")], Mode.DTMF)
    assert [match.interpretation for match in results(grammar, "1")] == ["first", "second"]


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_approximate_means_subsequence(phrase: list[str], said: list[str]) -> None:
    remaining = iter(phrase)
    subsequence = bool(said) and all(word in remaining for word in said)
    grammar = option_grammar([Option(" ".join(phrase), 1, approximate=True)], Mode.VOICE)
    assert bool(results(grammar, " ".join(said))) == subsequence
