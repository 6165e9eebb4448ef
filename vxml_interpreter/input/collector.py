"""The collector of one `Collect`: keys and utterances against grammars and timers, VoiceXML 2.0, 4.1.5 and Appendix D.

Sans I/O: whoever drives it says what is heard and when, calls `wake` at `wakes_at`, lets the prompts fall silent once
`interrupts` is true, and is done when there is an `answer`.
"""

from math import inf
from typing import Final

from mirabelle.vxml_interpreter.answers import NothingHeard, NotMatched, Recognized, SpokeTooLong
from mirabelle.vxml_interpreter.commands import Collect
from mirabelle.vxml_interpreter.grammar.matching import Mode
from mirabelle.vxml_interpreter.input.heard import Heard, Key, SpeechStart, Utterance
from mirabelle.vxml_interpreter.input.keys import KeyInput
from mirabelle.vxml_interpreter.input.speech import SpeechInput
from mirabelle.vxml_interpreter.input.type_ahead import TypeAhead

# Legs measure when speech begins and when prompts end: closer than this is the same instant.
SAME_INSTANT: Final = 0.001

Answer = Recognized | NotMatched | NothingHeard | SpokeTooLong


class Collector:
    """Collects one input from `at` on; keys of the type-ahead buffer come first.

    All instants are seconds of one clock. What is fed with an instant after `wakes_at` comes after that waking; what is
    fed once there is an answer goes to the type-ahead buffer, if it is a key.
    """

    def __init__(self, collect: Collect, type_ahead: TypeAhead, at: float) -> None:
        self.answer: Answer | None = None
        self.interrupts = False
        self._collect = collect
        self._timing = collect.timing
        self._type_ahead = type_ahead
        self._keys = KeyInput(collect.grammars, collect.timing)
        self._speech = SpeechInput(collect.grammars, collect.timing)
        self._playing: int | None = None
        # What began before these instants is not input to this collection: 4.1.8 for speech, 4.1.5 for both.
        self._hears_speech_from = at
        self._hears_keys_from = -inf
        self._silent_at: float | None = None
        self._last_key_at = at
        if collect.prompts:
            self.prompt_began(0, at)
        self._take_what_was_typed_ahead(at)

    def prompt_began(self, index: int, at: float) -> None:
        """The prompt of that index begins to be heard."""
        self._catch_up(at)
        prompt = self._collect.prompts[index]
        self._playing = index
        self._type_ahead.prompt_began(prompt)
        if prompt.bargein:
            self._hear_from(at)
        else:
            self._hears_speech_from = self._hears_keys_from = inf
            self._keys.forget()
            self._speech.forget()

    def prompts_ended(self, at: float) -> None:
        """All prompts are over, heard to their end or interrupted: the timeout begins."""
        self._catch_up(at)
        self._playing = None
        self._type_ahead.prompts_ended()
        self._hear_from(at)
        self._silent_at = at

    def feed(self, heard: Heard, at: float) -> None:
        """Take what the caller put in; it may be nothing to this collection."""
        self._catch_up(at)
        if self.answer is not None:
            if isinstance(heard, Key):
                self._type_ahead.press(heard.key, at)
            return
        match heard:
            case Key(key) if self._type_ahead.admits(key, at):
                self._key(key, at)
            case SpeechStart() if self._listens(Mode.VOICE, at):
                self._speech.begin(at)
                self._began()
            case Utterance(began, alternatives) if self._speech.speaking or self._listens(Mode.VOICE, began):
                self._speech.begin(began)
                self._speech.end(at, alternatives)
                self._began()
            case _:
                pass

    @property
    def value(self) -> str:
        """What the caller put in, as far as it counts: keys, or the words as they were spoken."""
        spoken = self._speech.words
        return spoken if self._speech.answer is not None or not self._keys.pressed else self._keys.pressed

    @property
    def wakes_at(self) -> float | None:
        """When `wake` is to be called if nothing is fed before; None: not by itself."""
        if self.answer is not None:
            return None
        instants = (self._keys.deadline, self._speech.deadline, self._noinput_at)
        return min((instant for instant in instants if instant is not None), default=None)

    def wake(self, at: float) -> None:
        """That instant has come. Does nothing before `wakes_at`."""
        while self.wakes_at is not None and self.wakes_at <= at:
            self._wake(self.wakes_at)

    def line_ended(self) -> None:
        """The caller has gone: what was put in to its end is not waited for any longer. Anything less than a match is
        no answer; what can be told is that he has hung up."""
        if self.answer is None and self._keys.deadline is not None:
            self._keys.finish()
        elif self.answer is None and self._speech.deadline is not None and not self._speech.speaking:
            self._speech.wake()
        found = self._keys.answer or self._speech.answer
        self.answer = self.answer or (found if isinstance(found, Recognized) else None)

    def _wake(self, at: float) -> None:
        if self._keys.deadline == at:
            self._keys.finish()
        elif self._speech.deadline == at:
            self._speech.wake()
        else:
            self.answer = NothingHeard()
        self._judge()

    @property
    def _noinput_at(self) -> float | None:
        """The timeout is dead once there is input; after input that was ignored it lives on."""
        if self._silent_at is None or self._keys.pressed or self._speech.began is not None:
            return None
        return self._silent_at + self._timeout

    @property
    def _timeout(self) -> float:
        last = self._collect.prompts[-1].timeout if self._collect.prompts else None
        return self._timing.timeout if last is None else last

    @property
    def _hotword(self) -> bool:
        """4.1.5.1: the prompt that plays decides, and after the prompts the last one."""
        if not self._collect.prompts:
            return False
        return self._collect.prompts[-1 if self._playing is None else self._playing].hotword

    def _catch_up(self, at: float) -> None:
        """What was due before `at` comes first; at the very instant input wins."""
        while self.wakes_at is not None and self.wakes_at < at:
            self._wake(self.wakes_at)

    def _take_what_was_typed_ahead(self, at: float) -> None:
        while self.answer is None and (kept := self._type_ahead.take()) is not None:
            self._typed(*kept)
        self._keys.wait_from(at)

    def _typed(self, key: str, at: float) -> None:
        self._catch_up(at)
        if self.answer is not None:
            self._type_ahead.give_back(key, at)
        elif Mode.DTMF in self._collect.modes:
            self._press(key, at)

    def _hear_from(self, at: float) -> None:
        self._hears_speech_from = min(self._hears_speech_from, at)
        self._hears_keys_from = min(self._hears_keys_from, at)

    def _listens(self, mode: Mode, began: float) -> bool:
        hears_from = self._hears_keys_from if mode is Mode.DTMF else self._hears_speech_from
        return mode in self._collect.modes and began >= hears_from - SAME_INSTANT

    def _key(self, key: str, at: float) -> None:
        if self._listens(Mode.DTMF, at):
            self._press(key, at)

    def _press(self, key: str, at: float) -> None:
        self._keys.press(key, at)
        self._last_key_at = at
        self._began()

    def _began(self) -> None:
        """4.1.5.1: any input interrupts, unless it must be a hot word."""
        self.interrupts = self.interrupts or not self._hotword
        self._judge()

    def _judge(self) -> None:
        found = self._keys.answer or self._speech.answer
        if self._hotword and found is not None and not isinstance(found, Recognized):
            (self._keys if found is self._keys.answer else self._speech).forget()
            return
        self.answer = self.answer or found
        self.interrupts = self.interrupts or self.answer is not None
        if self._keys.answer is not None and self._keys.full and not self._keys.terminated:
            # docs/decisions/0131: callers press the terminator out of habit.
            self._type_ahead.expect_late(self._timing.termchar, self._last_key_at + self._timing.interdigittimeout)
