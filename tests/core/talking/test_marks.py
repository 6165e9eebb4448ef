"""Where in the prompts the caller was: VoiceXML 2.1, 4."""

from collections.abc import Sequence

import pytest

from mirabelle.core.simulation.leg import CAPABILITIES
from mirabelle.core.simulation.people import Action, Press, Say
from mirabelle.core.talking.means import Means
from mirabelle.core.talking.options import RecordOptions, ScriptOptions
from mirabelle.core.talking.recordings import CallRecordings
from mirabelle.core.testing.collecting import TIMING, collect, menu, phrases
from mirabelle.core.testing.recordings import RecordingsInMemory
from mirabelle.core.testing.talking import Script, slowly, talk
from mirabelle.vxml_interpreter.answers import MarkPassed, NotMatched, Recognized, Recorded, Reply
from mirabelle.vxml_interpreter.commands import ActiveGrammar, Ended, EndReason, Fetch, FetchRequest, Play, Record
from mirabelle.vxml_interpreter.grammar.any_key import ANY_KEY
from mirabelle.vxml_interpreter.grammar.matching import Mode
from mirabelle.vxml_interpreter.speech.prompt import Break, Mark, Prompt

END = (Ended(EndReason.END),)
ADVERTISEMENT = Prompt((Break(1), Mark("begin"), Break(3), Mark("end"), Break(4)))


def passed(answer: object) -> MarkPassed | None:
    """The mark of an answer, its span to the millisecond."""
    assert isinstance(answer, Recognized | NotMatched | Recorded)
    return None if answer.mark is None else MarkPassed(answer.mark.name, round(answer.mark.ago, 3))


def answered(*turns: Sequence[Action], prompts: Sequence[Prompt] = (ADVERTISEMENT,), before: object = None) -> object:
    """The answer to a Collect, for a caller with these turns."""
    answers: list[object] = []

    def script() -> Script:
        if before is not None:
            yield (before,)  # type: ignore[misc]
        answers.append((yield (collect(menu("1"), phrases("red"), prompts=prompts),)))
        yield END

    talk(script, *turns, fetch=slowly(20))
    return answers[-1]


@pytest.mark.parametrize(
    ("at", "expected"),
    [(0.5, None), (1.5, MarkPassed("begin", 0.5)), (5, MarkPassed("end", 1.0)), (9, MarkPassed("end", 4.0))],
    ids=["before the first", "after the first", "after the second", "after the prompt: until it was over"],
)
def test_keys(at: float, expected: MarkPassed | None) -> None:
    assert passed(answered([Press("1", at)])) == expected


def test_words_count_from_where_they_began() -> None:
    assert passed(answered([Say("red", 2.5, lasts=3)])) == MarkPassed("begin", 1.5)


def test_what_no_grammar_allows_counts_too() -> None:
    answer = answered([Press("9", 2)])
    assert isinstance(answer, NotMatched)
    assert passed(answer) == MarkPassed("begin", 1.0)


def test_a_hot_word_counts_where_it_was_understood() -> None:
    hotword = Prompt(ADVERTISEMENT.segments, hotword=True)
    answer = answered([Say("red", 1.5, lasts=0.5)], prompts=[hotword])
    # The complete match is sure when the completetimeout of 0.5 s is over.
    assert passed(answer) == MarkPassed("begin", 1.5)


def test_the_last_mark_of_all_prompts_counts() -> None:
    answer = answered([Press("1", 9.5)], prompts=[ADVERTISEMENT, Prompt((Break(1), Mark("later"), Break(2)))])
    assert passed(answer) == MarkPassed("later", 0.5)


@pytest.mark.parametrize(
    "before",
    [Play((ADVERTISEMENT,)), Fetch(FetchRequest("http://app/next"), (ADVERTISEMENT,))],
    ids=["played without listening", "heard during a fetch"],
)
def test_what_was_heard_before_the_dialogue_listened_does_not_count(before: object) -> None:
    assert passed(answered([Press("1")], prompts=[Prompt((Break(1),))], before=before)) is None


def test_the_marks_of_one_collection_are_not_those_of_the_next() -> None:
    answers: list[Reply] = []

    def script() -> Script:
        for prompts in ([ADVERTISEMENT], [Prompt((Break(1),))]):
            reply = yield (collect(menu("1"), prompts=prompts),)
            answers.append(reply)  # type: ignore[arg-type]
        yield END

    talk(script, [Press("11", 2)])
    assert [passed(answer) for answer in answers] == [MarkPassed("begin", 1.0), None]


def test_of_a_recording_the_prompts_count_and_not_the_beep() -> None:
    answers: list[object] = []
    grammars = (ActiveGrammar(0, ANY_KEY),)
    keys = frozenset({Mode.DTMF})
    ask = Record((ADVERTISEMENT,), grammars, TIMING, keys, beep=True, maxtime=None, finalsilence=None)

    def script() -> Script:
        answers.append((yield (ask,)))
        yield END

    options = RecordOptions()
    recordings = CallRecordings(RecordingsInMemory(), 7, options.largest_call)
    means = Means(CAPABILITIES, ScriptOptions(recordings=options), recordings=recordings)
    talk(script, [Say("hello", 2.5, lasts=3), Press("1", 6)], means=means)
    (recorded,) = answers
    assert isinstance(recorded, Recorded)
    assert passed(recorded) == passed(recorded.matched) == MarkPassed("begin", 1.5)
