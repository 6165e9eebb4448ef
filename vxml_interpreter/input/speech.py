"""One utterance against the active voice grammars: VoiceXML 2.0, Appendix D.2."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from mirabelle.vxml_interpreter.answers import NotMatched, Recognized, SpokeTooLong
from mirabelle.vxml_interpreter.commands import ActiveGrammar, InputTiming
from mirabelle.vxml_interpreter.grammar.matching import Match, Matching, Mode
from mirabelle.vxml_interpreter.grammar.tokens import words

Alternatives = tuple[tuple[str, float], ...]
# However much a recogniser offers, an utterance in several pieces has no more readings than this.
MOST_ALTERNATIVES = 16


@dataclass(frozen=True, slots=True)
class _Understood:
    key: int
    match: Match
    confidence: float


class SpeechInput:
    """Takes what is spoken until it is an answer. Pieces with less silence between them than the pause are one
    utterance. `deadline` is when `wake` must be called if the caller does not speak on before."""

    def __init__(self, grammars: Iterable[ActiveGrammar], timing: InputTiming) -> None:
        self._grammars = tuple(active for active in grammars if active.grammar.mode is Mode.VOICE)
        self._timing = timing
        self.forget()

    def forget(self) -> None:
        """As if nothing had been said."""
        self.began: float | None = None
        self.deadline: float | None = None
        self.answer: Recognized | NotMatched | SpokeTooLong | None = None
        self.speaking = False
        self._said: Alternatives = ()

    def begin(self, at: float) -> None:
        """The caller begins to speak, or speaks on."""
        if self.speaking:
            return
        self.began = at if self.began is None else self.began
        self.speaking = True
        self.deadline = self.began + self._timing.maxspeechtimeout

    def end(self, at: float, alternatives: Alternatives) -> None:
        """The caller has fallen silent."""
        self.speaking = False
        self._said = _joined(self._said, alternatives)
        self.deadline = at + self._pause()

    @property
    def words(self) -> str:
        """What was most likely said."""
        return self._said[0][0] if self._said else ""

    def wake(self) -> None:
        """The deadline has come."""
        self.deadline = None
        self.answer = SpokeTooLong() if self.speaking else self._judged()

    def _judged(self) -> Recognized | NotMatched:
        understood = self._understood()
        best = understood[0] if understood else None
        sure = [one for one in understood if one.confidence >= self._timing.confidencelevel]
        if best is None or not sure:
            said, confidence = (self._said or (("", 0.0),))[0]
            return NotMatched(Mode.VOICE, said, best.confidence if best else confidence)
        confidences = tuple(one.confidence for one in sure)
        return Recognized(sure[0].key, Mode.VOICE, tuple(one.match for one in sure), confidences[0], confidences)

    def _understood(self) -> list[_Understood]:
        return [one for said, confidence in self._said for one in self._readings(said, confidence)]

    def _readings(self, said: str, confidence: float) -> list[_Understood]:
        """What one alternative means to the first grammar that allows it (3.1.4)."""
        for active in self._grammars:
            matching = _after(active, words(said))
            if matching is not None and (matches := matching.results()):
                return [_Understood(active.key, match, confidence) for match in matches]
        return []

    def _pause(self) -> float:
        """The silence that ends an utterance: 6.3.2."""
        return self._timing.completetimeout if self._complete() else self._timing.incompletetimeout

    def _complete(self) -> bool:
        if not self._understood():
            return False
        said = [words(text) for text, _ in self._said]
        return not any(
            matching is not None and matching.extendable
            for active in self._grammars
            for matching in (_after(active, tokens) for tokens in said)
        )


def _after(active: ActiveGrammar, tokens: Sequence[str]) -> Matching | None:
    matching: Matching | None = active.grammar.start()
    for token in tokens:
        if matching is None:
            return None
        matching = matching.advance(token)
    return matching


def _joined(before: Alternatives, after: Alternatives) -> Alternatives:
    """The readings of an utterance in two pieces: as sure as the less sure piece, best first."""
    if not before or not after:
        return before or after
    pairs = ((f"{first} {second}", min(one, other)) for (first, one), (second, other) in product(before, after))
    return tuple(sorted(pairs, key=lambda pair: -pair[1])[:MOST_ALTERNATIVES])
