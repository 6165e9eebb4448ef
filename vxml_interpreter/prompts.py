"""Prompts: queueing (VoiceXML 2.0, 4.1.8) and selection (4.1.6)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.events import SEMANTIC, Event
from mirabelle.vxml_interpreter.speech.prompt import Prompt
from mirabelle.vxml_interpreter.speech.segments import joined
from mirabelle.vxml_interpreter.tree import Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place


class PromptQueue:
    """Prompts that wait to be played, bounded by their characters."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._prompts: list[Prompt] = []

    def add(self, prompt: Prompt) -> None:
        """Queue a prompt. Raises error.semantic when too much waits."""
        self._size += 100 + len(prompt.text)
        if self._size > self._limit:
            raise Event(SEMANTIC, f"prompts of more than {self._limit} characters wait to be played")
        self._prompts.append(prompt)

    def take(self) -> tuple[Prompt, ...]:
        """All that wait; the queue is empty then."""
        taken = tuple(self._prompts)
        self._prompts.clear()
        self._size = 0
        return taken


def select(prompts: Sequence[Element], count: int, place: "Place") -> "Steps[list[Element]]":
    """The prompts of an item for this visit: 4.1.6. `cond` filters before the correct count is sought."""
    audible: tuple[Element, ...] = ()
    for prompt in prompts:
        audible += (prompt,) if (yield from place.holds(prompt, "cond")) else ()
    reached = [number for number in map(_count, audible) if number <= count]
    correct = max(reached, default=None)
    return [prompt for prompt in audible if _count(prompt) == correct]


def _count(prompt: Element) -> int:
    return int(prompt.number("count") or 1)


def queue(element: Element, place: "Place") -> "Steps[None]":
    """Evaluate a prompt whose `cond` holds, and queue it."""
    segments = yield from place.speak(element)
    bargein = element.flag("bargein")
    timeout = element.number("timeout")
    place.session.queue.add(
        Prompt(
            joined(segments),
            bool(place.property_value("bargein")) if bargein is None else bargein,
            (element.text("bargeintype") or place.property_value("bargeintype")) == "hotword",
            place.seconds("timeout") if timeout is None else timeout,
            element.language or place.language,
        )
    )
