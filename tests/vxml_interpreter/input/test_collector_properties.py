"""Whatever callers do, a collection ends, and no key is lost or counted twice."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.testing.collecting import TIMING, answer_of, collect, listening, menu, phrases, prompt
from mirabelle.vxml_interpreter.answers import NothingHeard, NotMatched, Recognized
from mirabelle.vxml_interpreter.grammar.digits import digits_grammar
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Match, Mode
from mirabelle.vxml_interpreter.input.collector import Answer, Collector
from mirabelle.vxml_interpreter.input.heard import Heard, Key, SpeechStart, Utterance
from mirabelle.vxml_interpreter.input.type_ahead import TypeAhead
from mirabelle.vxml_interpreter.speech.prompt import Prompt

# Spans around the timers of TIMING, never exactly on one.
GAPS = st.sampled_from([0.1, 0.9, 2.9, 3.1, 4.9, 5.1])
KEYS = st.lists(st.tuples(st.sampled_from("12#*"), GAPS), max_size=8)
GRAMMARS = st.lists(
    st.sampled_from([digits_grammar(1, 2), digits_grammar(3, None), menu("1", "12#"), menu("#"), phrases("yes")]),
    max_size=3,
)


@dataclass(frozen=True)
class Expected:
    """What becomes of one sequence of keys and pauses, worked out from Appendix D.1 read as prose."""

    answer: Answer
    used: int


def reckoned(keys: list[tuple[str, float]], low: int, high: int) -> Expected:
    """For the grammar of `low` to `high` digits, termtimeout 0 and no prompts."""
    string = ""
    for number, (key, gap) in enumerate(keys):
        if gap > (TIMING.interdigittimeout if string else TIMING.timeout):
            return Expected(verdict(string, low, high), number)
        if key == "#":
            return Expected(verdict(string, low, high) if string else NotMatched(Mode.DTMF, "#"), number + 1)
        string += key
        if len(string) == high and string.isdigit():
            return Expected(verdict(string, low, high), number + 1)
    return Expected(verdict(string, low, high), len(keys))


def verdict(string: str, low: int, high: int) -> Answer:
    if not string:
        return NothingHeard()
    if string.isdigit() and low <= len(string) <= high:
        return Recognized(0, Mode.DTMF, (Match(string, string),))
    return NotMatched(Mode.DTMF, string)


@given(KEYS, st.integers(1, 4), st.integers(0, 3))
def test_keys_are_judged_as_the_appendix_says(keys: list[tuple[str, float]], low: int, more: int) -> None:
    type_ahead, at = TypeAhead(), 0.0
    collector = listening(digits_grammar(low, low + more), type_ahead=type_ahead)
    for key, gap in keys:
        at += gap
        collector.feed(Key(key), at)
    expected = reckoned(keys, low, low + more)
    assert answer_of(collector)[0] == expected.answer
    assert left(type_ahead) == [key for key, _ in rest_after(keys, expected, low + more)]


def rest_after(keys: list[tuple[str, float]], expected: Expected, high: int) -> list[tuple[str, float]]:
    """What the next collection gets: all but the late terminator of a string that could not go on."""
    used, rest = keys[: expected.used], keys[expected.used :]
    full = isinstance(expected.answer, Recognized) and len(used) == high and used[-1][0] != "#"
    late = full and bool(rest) and rest[0][0] == "#" and rest[0][1] <= TIMING.interdigittimeout
    return rest[1:] if late else rest


def left(type_ahead: TypeAhead) -> list[str]:
    kept = []
    while (key := type_ahead.take()) is not None:
        kept.append(key[0])
    return kept


EVENTS = st.lists(
    st.tuples(
        GAPS,
        st.sampled_from(["1", "2", "#", "begin", "yes", "no", "prompt", "quiet"]),
    ),
    max_size=12,
)
PROMPTS = st.lists(
    st.builds(lambda bargein, hotword: prompt(bargein=bargein, hotword=hotword), st.booleans(), st.booleans()),
    max_size=3,
)


@given(EVENTS, PROMPTS, GRAMMARS, st.sampled_from(["#", ""]), st.sampled_from([0.0, 1.0]))
def test_every_collection_ends_once_the_prompts_are_over(
    events: list[tuple[float, str]], prompts: list[Prompt], grammars: list[Grammar], termchar: str, termtimeout: float
) -> None:
    ask = collect(*grammars, prompts=prompts, termchar=termchar, termtimeout=termtimeout)
    collector, at, playing = Collector(ask, TypeAhead(), 0), 0.0, 0
    spoke_from = 0.0
    for gap, event in events:
        at += gap
        woken = collector.wakes_at
        if woken is not None and woken <= at:
            collector.wake(at)
        if event == "prompt" and playing + 1 < len(prompts) and not collector.interrupts:
            playing += 1
            collector.prompt_began(playing, at)
        elif event in ("begin", "yes", "no", "1", "2", "#"):
            spoke_from = at if event == "begin" else spoke_from
            collector.feed(heard(event, spoke_from), at)
    at += 1
    collector.prompts_ended(at)
    answer, ended = answer_of(collector)
    assert answer is not None
    assert collector.wakes_at is None
    assert ended is None or ended <= at + TIMING.maxspeechtimeout
    if ask.prompts and all(one.hotword for one in ask.prompts):
        assert isinstance(answer, Recognized | NothingHeard)


def heard(event: str, spoke_from: float) -> Heard:
    if event == "begin":
        return SpeechStart()
    return Utterance(spoke_from, ((event, 1.0),)) if event in ("yes", "no") else Key(event)
