"""One sequence of keys against the active DTMF grammars: VoiceXML 2.0, Appendix D.1."""

from collections.abc import Iterable

from mirabelle.vxml_interpreter.answers import NotMatched, Recognized
from mirabelle.vxml_interpreter.commands import ActiveGrammar, InputTiming
from mirabelle.vxml_interpreter.grammar.matching import Matching, Mode

_Reading = tuple[ActiveGrammar, Matching]


class KeyInput:
    """Takes keys until they are an answer. `deadline` is when `wake` must be called if no key comes before."""

    def __init__(self, grammars: Iterable[ActiveGrammar], timing: InputTiming) -> None:
        self._grammars = tuple(active for active in grammars if active.grammar.mode is Mode.DTMF)
        self._timing = timing
        self.forget()

    def forget(self) -> None:
        """As if no key had been pressed."""
        self.pressed = ""
        self.deadline: float | None = None
        self.answer: Recognized | NotMatched | None = None
        self.terminated = False
        self._readings: list[_Reading] = [(active, active.grammar.start()) for active in self._grammars]

    def press(self, key: str, at: float) -> None:
        """Take one key."""
        further = _advanced(self._readings, key)
        if key == self._timing.termchar and not further:
            # Appendix D.1: the terminator is no part of the value, unless a grammar takes it.
            self.terminated = True
            self.pressed = self.pressed or key
            self.finish()
            return
        self.pressed += key
        self._readings = further
        if self.full and (not self._timing.termchar or not self._timing.termtimeout):
            self.finish()
            return
        # Keys that no grammar allows do not end the input: more are collected until the terminator or the pause.
        self.deadline = at + (self._timing.termtimeout if self.full else self._timing.interdigittimeout)

    @property
    def full(self) -> bool:
        """Whether what was pressed is a sentence and no grammar allows a further key."""
        return not any(matching.extendable for _, matching in self._readings) and self._recognized() is not None

    def wait_from(self, at: float) -> None:
        """Let the pause after the last key begin no earlier than this."""
        if self.deadline is not None:
            pause = self._timing.termtimeout if self.full else self._timing.interdigittimeout
            self.deadline = max(self.deadline, at + pause)

    def finish(self) -> None:
        """No further key: answer with what was pressed."""
        self.deadline = None
        self.answer = self._recognized() or NotMatched(Mode.DTMF, self.pressed)

    def _recognized(self) -> Recognized | None:
        for active, matching in self._readings:
            if matches := tuple(matching.results()):
                return Recognized(active.key, Mode.DTMF, matches)
        return None


def _advanced(readings: Iterable[_Reading], key: str) -> list[_Reading]:
    """What is still possible after one more key, in the order of precedence (3.1.4)."""
    return [(active, further) for active, matching in readings if (further := matching.advance(key)) is not None]
