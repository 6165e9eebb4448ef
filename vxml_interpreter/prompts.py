"""Prompts: queueing (VoiceXML 2.0, 4.1.8) and selection (4.1.6)."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.events import SEMANTIC, UNSUPPORTED, Event
from mirabelle.vxml_interpreter.speech.joining import joined
from mirabelle.vxml_interpreter.speech.prompt import Audio, Lexicon, Mark, Prompt, Segment, Text
from mirabelle.vxml_interpreter.tree import Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place

# What a prompt and a segment count for beside their characters.
_PROMPT = 100
_SEGMENT = 10


class PromptQueue:
    """Prompts that wait to be played, bounded by their characters, and by those of the one that is being made."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._growing = 0
        self._prompts: list[Prompt] = []

    def begin(self) -> None:
        """A prompt is going to be made."""
        self._growing = _PROMPT

    def grow(self, segment: Segment) -> None:
        """The prompt that is being made has another segment. Raises error.semantic when it could not be queued."""
        self.shape(_size(segment))

    def shape(self, size: int) -> None:
        """The same for work that is not heard: so many segments get another markup around them."""
        self._growing += size
        self._check(self._growing)

    def add(self, prompt: Prompt) -> None:
        """Queue a prompt. Raises error.semantic when too much waits."""
        size = _PROMPT + sum(map(_whole_size, prompt.segments))
        self._check(size)
        self._size += size
        self._growing = 0
        self._prompts.append(prompt)

    def take(self) -> tuple[Prompt, ...]:
        """All that wait; the queue is empty then."""
        taken = tuple(self._prompts)
        self._prompts.clear()
        self._size = self._growing = 0
        return taken

    def _check(self, more: int) -> None:
        if self._size + more > self._limit:
            raise Event(SEMANTIC, f"prompts of more than {self._limit} characters wait to be played")


def _whole_size(segment: Segment) -> int:
    return _size(segment) + (sum(map(_whole_size, segment.fallback)) if isinstance(segment, Audio) else 0)


def _size(segment: Segment) -> int:
    match segment:
        case Text(text) | Audio(text) | Mark(text):
            return _SEGMENT + len(text)
        case _:
            return _SEGMENT


def select(prompts: Sequence[Element], count: int, place: "Place") -> "Steps[list[Element]]":
    """The prompts of an item for this visit: 4.1.6. `cond` filters before the correct count is sought."""
    yield from place.looks(len(prompts))
    audible: list[Element] = []
    for prompt in prompts:
        audible += [prompt] if (yield from place.holds(prompt, "cond")) else []
    reached = [number for number in map(_count, audible) if number <= count]
    correct = max(reached, default=None)
    return [prompt for prompt in audible if _count(prompt) == correct]


def _count(prompt: Element) -> int:
    return int(prompt.number("count") or 1)


def queue(element: Element, place: "Place") -> "Steps[None]":
    """Evaluate a prompt whose `cond` holds, and queue it."""
    waiting = place.session.queue
    waiting.begin()
    segments = yield from place.speak(element)
    properties = place.properties()
    bargein = element.flag("bargein")
    timeout = element.number("timeout")
    prompt = Prompt(
        joined(segments),
        bool(properties.value("bargein")) if bargein is None else bargein,
        (element.text("bargeintype") or properties.value("bargeintype")) == "hotword",
        properties.number("timeout") if timeout is None else timeout,
        element.language or place.language,
        tuple(_lexicons(element, place)),
    )
    _check_languages(element, prompt, place)
    waiting.add(prompt)
    place.trace("queue", element, "{}", prompt.text or "a prompt without words")


def _lexicons(element: Element, place: "Place") -> Iterable[Lexicon]:
    for lexicon in element.elements("lexicon"):
        yield Lexicon(place.url(lexicon.text("uri") or "", lexicon), lexicon.text("type") or "")


def _check_languages(element: Element, prompt: Prompt, place: "Place") -> None:
    """4.1.1: error.unsupported.language, whose message names the language."""
    spoken = place.session.settings.languages
    if spoken is None:
        return
    known = {language.partition("-")[0].lower() for language in spoken}
    for language in _languages(prompt):
        if language.partition("-")[0].lower() not in known:
            cause = f'the language "{language}" is not spoken here, but {", ".join(sorted(spoken))}'
            raise place.fault(element, cause, f"{UNSUPPORTED}.language")


def _languages(prompt: Prompt) -> Iterable[str]:
    if prompt.language:
        yield prompt.language
    yield from _languages_of(prompt.segments)


def _languages_of(segments: Iterable[Segment]) -> Iterable[str]:
    for segment in segments:
        yield from (markup.attributes["xml:lang"] for markup in segment.within if "xml:lang" in markup.attributes)
        if isinstance(segment, Audio):
            yield from _languages_of(segment.fallback)
