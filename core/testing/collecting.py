"""Collections in tests: some grammars, somebody's input, and the answer that comes of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from mirabelle.vxml_interpreter.answers import Recognized
from mirabelle.vxml_interpreter.commands import ActiveGrammar, Collect, InputTiming
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Match, Mode
from mirabelle.vxml_interpreter.grammar.options import Option, option_grammar
from mirabelle.vxml_interpreter.input.collector import Answer, Collector
from mirabelle.vxml_interpreter.input.heard import Key, SpeechStart, Utterance
from mirabelle.vxml_interpreter.input.type_ahead import TypeAhead
from mirabelle.vxml_interpreter.speech.prompt import Prompt, Text

TIMING: Final = InputTiming(
    timeout=5,
    interdigittimeout=3,
    termtimeout=0,
    termchar="#",
    completetimeout=0.5,
    incompletetimeout=1,
    maxspeechtimeout=20,
    confidencelevel=0.5,
)


def menu(*keys: str) -> Grammar:
    """Each of these key sequences, which mean themselves."""
    return option_grammar([Option(key, key) for key in keys], Mode.DTMF)


def phrases(*words: str) -> Grammar:
    """Each of these phrases, which mean themselves."""
    return option_grammar([Option(phrase, phrase) for phrase in words], Mode.VOICE)


def prompt(*, bargein: bool = True, hotword: bool = False, timeout: float | None = None) -> Prompt:
    """Some prompt."""
    return Prompt((Text("Well?"),), bargein, hotword, timeout)


def collect(
    *grammars: Grammar, prompts: Sequence[Prompt] = (), modes: Iterable[Mode] = tuple(Mode), **timing: Any
) -> Collect:
    """A collection with `TIMING`, but for what is given otherwise; the grammars are numbered from 0."""
    active = tuple(ActiveGrammar(key, grammar) for key, grammar in enumerate(grammars))
    return Collect(tuple(prompts), active, replace(TIMING, **timing), frozenset(modes))


def listening(*grammars: Grammar, type_ahead: TypeAhead | None = None, **timing: Any) -> Collector:
    """A collector without prompts, from instant 0 on."""
    collector = Collector(collect(*grammars, **timing), TypeAhead() if type_ahead is None else type_ahead, 0)
    collector.prompts_ended(0)
    return collector


def typed(keys: str, *instants: float) -> TypeAhead:
    """A buffer with keys, each pressed at its instant."""
    type_ahead = TypeAhead()
    for key, at in zip(keys, instants, strict=True):
        type_ahead.press(key, at)
    return type_ahead


def press(collector: Collector, keys: str, *instants: float) -> None:
    """Press keys, each at its instant."""
    for key, at in zip(keys, instants, strict=True):
        collector.feed(Key(key), at)


def say(collector: Collector, began: float, ended: float, *alternatives: tuple[str, float]) -> None:
    """Speak."""
    collector.feed(SpeechStart(), began)
    collector.feed(Utterance(began, alternatives), ended)


def answer_of(collector: Collector) -> tuple[Answer | None, float | None]:
    """The answer when nothing more happens, and the last instant at which the collector woke for it."""
    woke = None
    while (wakes_at := collector.wakes_at) is not None:
        woke = wakes_at
        collector.wake(wakes_at)
    return collector.answer, woke


def pressed(keys: str, key: int = 0) -> Recognized:
    """The answer to keys that mean themselves."""
    return Recognized(key, Mode.DTMF, (Match(keys, keys),))


def spoken(words: str, confidence: float = 1.0, key: int = 0) -> Recognized:
    """The answer to words that mean themselves."""
    return Recognized(key, Mode.VOICE, (Match(words, words),), confidence, (confidence,))
