"""VoiceXML 2.0, 4.1.8 and Appendix D.1: keys, their timers, and keys typed ahead."""

import pytest

from mirabelle.core.testing.collecting import (
    answer_of,
    collect,
    listening,
    menu,
    phrases,
    press,
    pressed,
    prompt,
    typed,
)
from mirabelle.vxml_interpreter.answers import NothingHeard, NotMatched
from mirabelle.vxml_interpreter.grammar.digits import digits_grammar
from mirabelle.vxml_interpreter.grammar.matching import Mode
from mirabelle.vxml_interpreter.input.collector import Collector
from mirabelle.vxml_interpreter.input.type_ahead import TypeAhead

FOUR_DIGITS = digits_grammar(4, 4)
SOME_DIGITS = digits_grammar(1, 4)
COLOURS = phrases("red", "light blue", "light")


# ---- keys: D.1 ----


def test_nothing_is_heard_within_the_timeout() -> None:
    assert answer_of(listening(FOUR_DIGITS)) == (NothingHeard(), 5)


def test_the_timeout_is_that_of_the_last_prompt_and_begins_at_its_end() -> None:
    collector = Collector(collect(FOUR_DIGITS, prompts=[prompt(timeout=60), prompt(timeout=2)]), TypeAhead(), 0)
    assert collector.wakes_at is None
    collector.prompt_began(1, 4)
    collector.prompts_ended(9)
    assert answer_of(collector) == (NothingHeard(), 11)


def test_the_timeout_is_dead_after_the_first_key() -> None:
    collector = listening(FOUR_DIGITS, timeout=2)
    press(collector, "12", 1.5, 4)
    assert collector.answer is None
    assert answer_of(collector) == (NotMatched(Mode.DTMF, "12"), 7)


def test_input_that_can_go_on_ends_after_the_pause() -> None:
    collector = listening(SOME_DIGITS)
    press(collector, "12", 1, 2)
    assert answer_of(collector) == (pressed("12"), 5)


def test_the_terminator_ends_input_and_is_no_part_of_it() -> None:
    collector = listening(SOME_DIGITS)
    press(collector, "12#", 1, 2, 2.5)
    assert collector.answer == pressed("12")


def test_the_terminator_before_enough_keys_is_nomatch() -> None:
    collector = listening(FOUR_DIGITS)
    press(collector, "12#", 1, 2, 2.5)
    assert collector.answer == NotMatched(Mode.DTMF, "12")


def test_the_terminator_alone_is_nomatch() -> None:
    collector = listening(FOUR_DIGITS)
    press(collector, "#", 1)
    assert collector.answer == NotMatched(Mode.DTMF, "#")


def test_a_terminator_that_a_grammar_takes_is_a_key_like_others() -> None:
    collector = listening(menu("#", "1", "1#"))
    press(collector, "1#", 1, 2)
    assert collector.answer == pressed("1#")


def test_with_an_empty_terminator_no_key_terminates() -> None:
    collector = listening(SOME_DIGITS, termchar="")
    press(collector, "12#", 1, 2, 2.5)
    assert collector.answer is None
    assert answer_of(collector) == (NotMatched(Mode.DTMF, "12#"), 5.5)


def test_a_full_match_needs_no_wait() -> None:
    collector = listening(FOUR_DIGITS)
    press(collector, "1234", 1, 1, 1, 2)
    assert collector.answer == pressed("1234")


def test_a_full_match_waits_for_the_terminator_when_termtimeout_says_so() -> None:
    collector = listening(FOUR_DIGITS, termtimeout=1.5)
    press(collector, "1234", 1, 1, 1, 2)
    assert answer_of(collector) == (pressed("1234"), 3.5)


def test_termtimeout_means_nothing_without_a_terminator() -> None:
    collector = listening(FOUR_DIGITS, termtimeout=1.5, termchar="")
    press(collector, "1234", 1, 1, 1, 2)
    assert collector.answer == pressed("1234")


def test_the_terminator_within_termtimeout_is_swallowed() -> None:
    type_ahead = TypeAhead()
    collector = listening(FOUR_DIGITS, type_ahead=type_ahead, termtimeout=1.5)
    press(collector, "1234#", 1, 1, 1, 2, 3)
    assert collector.answer == pressed("1234")
    assert type_ahead.take() is None


def test_termtimeout_does_not_apply_while_more_may_follow() -> None:
    collector = listening(menu("1", "12"), termtimeout=0.5)
    press(collector, "1", 1)
    assert answer_of(collector) == (pressed("1"), 4)


def test_a_key_too_many_makes_the_input_invalid() -> None:
    collector = listening(FOUR_DIGITS, termtimeout=1.5)
    press(collector, "12345", 1, 1, 1, 2, 3)
    assert answer_of(collector) == (NotMatched(Mode.DTMF, "12345"), 6)


@pytest.mark.parametrize(("keys", "instants", "ended"), [("9", [1.0], 4), ("99", [1.0, 3.0], 6), ("19", [1.0, 2.0], 5)])
def test_a_key_that_no_grammar_allows_does_not_end_the_input(keys: str, instants: list[float], ended: float) -> None:
    collector = listening(menu("12"))
    press(collector, keys, *instants)
    assert collector.answer is None
    assert answer_of(collector) == (NotMatched(Mode.DTMF, keys), ended)


def test_the_terminator_ends_invalid_input() -> None:
    collector = listening(menu("12"))
    press(collector, "9#", 1, 2)
    assert collector.answer == NotMatched(Mode.DTMF, "9")


def test_keys_are_input_even_where_only_speech_is_expected() -> None:
    collector = listening(COLOURS)
    press(collector, "1", 1)
    assert answer_of(collector) == (NotMatched(Mode.DTMF, "1"), 4)


def test_the_earlier_grammar_wins() -> None:
    collector = listening(menu("1"), SOME_DIGITS, menu("1"))
    press(collector, "1#", 1, 1)
    assert collector.answer == pressed("1", key=0)


def test_a_grammar_that_can_go_on_keeps_the_others_waiting() -> None:
    collector = listening(menu("1"), SOME_DIGITS)
    press(collector, "12#", 1, 1, 1)
    assert collector.answer == pressed("12", key=1)


def test_a_key_at_the_very_instant_of_the_timeout_counts() -> None:
    collector = listening(menu("1"))
    press(collector, "1", 5)
    assert collector.answer == pressed("1")


def test_a_key_after_the_timeout_is_for_the_next_collection() -> None:
    type_ahead = TypeAhead()
    collector = listening(menu("1"), type_ahead=type_ahead)
    press(collector, "1", 5.1)
    assert collector.answer == NothingHeard()
    assert type_ahead.take() == ("1", 5.1)


# ---- type-ahead: 4.1.8 ----


def test_keys_typed_ahead_answer_at_once_and_no_prompt_is_played() -> None:
    collector = Collector(collect(menu("1"), prompts=[prompt()]), typed("12", 1, 2), 10)
    assert collector.answer == pressed("1")
    assert collector.interrupts


def test_the_rest_answers_the_next_collection() -> None:
    type_ahead = typed("12", 1, 2)
    Collector(collect(menu("1")), type_ahead, 10)
    assert Collector(collect(menu("2")), type_ahead, 11).answer == pressed("2")


def test_a_prompt_that_cannot_be_interrupted_deletes_them() -> None:
    collector = Collector(collect(menu("1"), prompts=[prompt(bargein=False)]), typed("1", 1), 10)
    collector.prompt_began(0, 10)
    collector.prompts_ended(12)
    assert answer_of(collector) == (NothingHeard(), 17)


def test_they_interrupt_before_a_later_prompt_could_delete_them() -> None:
    prompts = [prompt(), prompt(bargein=False)]
    assert Collector(collect(menu("1"), prompts=prompts), typed("1", 1), 10).answer == pressed("1")


def test_pauses_between_them_count_as_they_were() -> None:
    type_ahead = typed("123", 1, 2, 8)
    assert Collector(collect(SOME_DIGITS), type_ahead, 10).answer == pressed("12")
    assert type_ahead.take() == ("3", 8)


def test_the_last_of_them_may_be_followed_by_live_keys() -> None:
    collector = Collector(collect(SOME_DIGITS), typed("12", 1, 2), 10)
    collector.prompts_ended(10)
    press(collector, "3", 12.5)
    assert answer_of(collector) == (pressed("123"), 15.5)


def test_they_are_dropped_where_keys_are_no_input() -> None:
    type_ahead = typed("1", 1)
    collector = Collector(collect(menu("1"), modes=[Mode.VOICE]), type_ahead, 10)
    collector.prompts_ended(10)
    assert answer_of(collector) == (NothingHeard(), 15)
    assert type_ahead.take() is None


def test_a_late_terminator_does_not_answer_the_next_field() -> None:
    type_ahead = TypeAhead()
    press(listening(FOUR_DIGITS, type_ahead=type_ahead), "1234", 1, 1, 1, 2)
    following = Collector(collect(menu("#", "5")), type_ahead, 2)
    following.prompts_ended(2)
    press(following, "#", 5)
    assert following.answer is None
    press(following, "#", 5.1)
    assert following.answer == pressed("#")


def test_a_terminator_after_the_pause_is_input() -> None:
    type_ahead = TypeAhead()
    press(listening(FOUR_DIGITS, type_ahead=type_ahead), "1234", 1, 1, 1, 2)
    following = Collector(collect(menu("#")), type_ahead, 2)
    following.prompts_ended(2)
    press(following, "#", 5.1)
    assert following.answer == pressed("#")


def test_only_the_very_next_key_can_be_the_late_terminator() -> None:
    type_ahead = TypeAhead()
    press(listening(FOUR_DIGITS, type_ahead=type_ahead), "1234", 1, 1, 1, 2)
    following = Collector(collect(SOME_DIGITS), type_ahead, 2)
    press(following, "7#", 2.5, 2.6)
    assert following.answer == pressed("7")


def test_a_late_terminator_among_keys_typed_ahead_is_dropped_too() -> None:
    type_ahead = typed("1234#5678", *[1] * 9)
    assert Collector(collect(FOUR_DIGITS), type_ahead, 10).answer == pressed("1234")
    assert Collector(collect(FOUR_DIGITS), type_ahead, 10).answer == pressed("5678")
