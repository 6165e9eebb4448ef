"""VoiceXML 2.0, 4.1.5 and Appendix D.2: barge-in and speech."""

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
    say,
    spoken,
)
from mirabelle.vxml_interpreter.answers import NothingHeard, NotMatched, Recognized, SpokeTooLong
from mirabelle.vxml_interpreter.grammar.digits import digits_grammar
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Match, Mode
from mirabelle.vxml_interpreter.input.collector import Answer, Collector
from mirabelle.vxml_interpreter.input.heard import SpeechStart, Utterance
from mirabelle.vxml_interpreter.input.type_ahead import TypeAhead

FOUR_DIGITS = digits_grammar(4, 4)
COLOURS = phrases("red", "light blue", "light")


# ---- barge-in: 4.1.5 ----


def test_any_key_interrupts_a_prompt_of_type_speech() -> None:
    collector = Collector(collect(FOUR_DIGITS, prompts=[prompt()]), TypeAhead(), 0)
    press(collector, "9", 1)
    assert collector.interrupts
    assert collector.answer is None


def test_speech_interrupts_when_it_begins() -> None:
    collector = Collector(collect(FOUR_DIGITS, prompts=[prompt()]), TypeAhead(), 0)
    collector.feed(SpeechStart(), 1)
    assert collector.interrupts


def test_input_during_a_prompt_that_cannot_be_interrupted_is_lost() -> None:
    collector = Collector(collect(menu("1"), COLOURS, prompts=[prompt(bargein=False)]), TypeAhead(), 0)
    press(collector, "1", 1)
    say(collector, 1.5, 2, ("red", 1.0))
    assert not collector.interrupts
    collector.prompts_ended(4)
    assert answer_of(collector) == (NothingHeard(), 9)


def test_speech_that_began_during_such_a_prompt_is_lost_whole() -> None:
    collector = Collector(collect(COLOURS, prompts=[prompt(bargein=False)]), TypeAhead(), 0)
    collector.feed(SpeechStart(), 1)
    collector.prompts_ended(1.5)
    collector.feed(Utterance(1, (("red", 1.0),)), 2)
    assert answer_of(collector) == (NothingHeard(), 6.5)


def test_speech_is_heard_that_begins_as_such_a_prompt_ends() -> None:
    collector = Collector(collect(COLOURS, prompts=[prompt(bargein=False)]), TypeAhead(), 0)
    collector.prompts_ended(1.5)
    collector.feed(SpeechStart(), 1.5)
    collector.feed(Utterance(1.4999999, (("red", 1.0),)), 2)
    assert answer_of(collector) == (spoken("red"), 2.5)


def test_each_prompt_has_its_own_bargein() -> None:
    collector = Collector(collect(menu("1"), prompts=[prompt(bargein=False), prompt()]), TypeAhead(), 0)
    press(collector, "1", 1)
    collector.prompt_began(1, 2)
    assert collector.answer is None
    press(collector, "1", 3)
    assert collector.answer == pressed("1")


def hotword(*grammars: Grammar) -> Collector:
    return Collector(collect(*grammars, prompts=[prompt(hotword=True)]), TypeAhead(), 0)


def test_a_hot_word_interrupts_once_it_matches() -> None:
    collector = hotword(menu("12"), COLOURS)
    interrupted = []
    for key, at in ("1", 1), ("2", 2):
        press(collector, key, at)
        interrupted.append(collector.interrupts)
    assert interrupted == [False, True]
    assert collector.answer == pressed("12")


def test_what_is_no_hot_word_is_ignored_also_within_the_timeout() -> None:
    collector = hotword(menu("12"), COLOURS)
    press(collector, "9#", 1, 1)
    say(collector, 2, 3, ("pink", 1.0))
    collector.wake(4)
    collector.prompts_ended(5)
    say(collector, 6, 7, ("pink", 1.0))
    collector.wake(8)
    press(collector, "8", 8.5)
    assert answer_of(collector) == (NothingHeard(), 11.5)


def test_a_hot_word_may_follow_what_was_ignored() -> None:
    collector = hotword(COLOURS)
    say(collector, 1, 2, ("pink", 1.0))
    collector.wake(3)
    say(collector, 4, 5, ("red", 1.0))
    assert answer_of(collector)[0] == spoken("red")


# ---- speech: D.2 ----


def test_a_complete_phrase_needs_the_complete_timeout() -> None:
    collector = listening(COLOURS)
    say(collector, 1, 2, ("red", 1.0))
    assert answer_of(collector) == (spoken("red"), 2.5)


@pytest.mark.parametrize(
    ("said", "answer"), [("light", spoken("light")), ("pink", NotMatched(Mode.VOICE, "pink", 1.0))]
)
def test_a_phrase_that_can_go_on_and_one_that_is_none_need_the_incomplete_timeout(said: str, answer: Answer) -> None:
    collector = listening(COLOURS)
    say(collector, 1, 2, (said, 1.0))
    assert answer_of(collector) == (answer, 3)


def test_a_caller_may_draw_breath() -> None:
    collector = listening(COLOURS)
    say(collector, 1, 2, ("light", 1.0))
    say(collector, 2.8, 3, ("blue", 0.7))
    assert answer_of(collector) == (spoken("light blue", 0.7), 3.5)


def test_the_timeout_is_dead_while_the_caller_speaks() -> None:
    collector = listening(COLOURS)
    say(collector, 4, 8, ("red", 1.0))
    assert answer_of(collector) == (spoken("red"), 8.5)


def test_who_never_falls_silent_speaks_too_long() -> None:
    collector = listening(COLOURS, maxspeechtimeout=10)
    collector.feed(SpeechStart(), 1)
    assert answer_of(collector) == (SpokeTooLong(), 11)


def test_speech_from_before_the_collection_is_not_input_to_it() -> None:
    collector = Collector(collect(COLOURS), TypeAhead(), 10)
    collector.prompts_ended(10)
    collector.feed(Utterance(9, (("red", 1.0),)), 11)
    assert answer_of(collector) == (NothingHeard(), 15)


def test_who_is_not_surely_understood_is_not_understood() -> None:
    collector = listening(COLOURS)
    say(collector, 1, 2, ("red", 0.49))
    assert answer_of(collector)[0] == NotMatched(Mode.VOICE, "red", 0.49)


def test_alternatives_are_kept_with_their_confidences() -> None:
    collector = listening(phrases("boston"), phrases("austin", "houston"))
    say(collector, 1, 2, ("bossing", 0.9), ("austin", 0.8), ("boston", 0.7), ("houston", 0.2))
    matches = (Match("austin", "austin"), Match("boston", "boston"))
    assert answer_of(collector)[0] == Recognized(1, Mode.VOICE, matches, 0.8, (0.8, 0.7))


def test_sound_without_words_is_nomatch() -> None:
    collector = listening(COLOURS)
    say(collector, 1, 2)
    assert answer_of(collector)[0] == NotMatched(Mode.VOICE, "", 0.0)


def test_speech_is_nothing_where_only_keys_are_input() -> None:
    collector = listening(menu("1"), COLOURS, modes=[Mode.DTMF])
    say(collector, 1, 2, ("red", 1.0))
    assert not collector.interrupts
    assert answer_of(collector) == (NothingHeard(), 5)


def test_who_comes_first_wins() -> None:
    collector = listening(menu("1"), COLOURS)
    collector.feed(SpeechStart(), 1)
    press(collector, "1", 1.5)
    assert collector.answer == pressed("1")
