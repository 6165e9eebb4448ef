"""Prompt content to segments: VoiceXML 2.0, 4.1.1, and SSML 1.0."""

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.speech.prompt import Audio, Markup, Segment, Text
from mirabelle.vxml_interpreter.tree import Characters, Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place


def speak_content(element: Element, place: "Place") -> "Steps[list[Segment]]":
    """What the content of an element sounds like, in document order."""
    segments: list[Segment] = []
    for child in element.children:
        if isinstance(child, Characters):
            segments += one(Text(child.text), place)
        else:
            segments += yield from place.speak(child)
    return segments


def speak_shaped(element: Element, place: "Place") -> "Steps[list[Segment]]":
    """The same, within the element's own markup."""
    return shaped(element, (yield from speak_content(element, place)), place)


def speak_attributed(element: Element, place: "Place") -> "Steps[list[Segment]]":
    """The same for markup that is an error without attributes (SSML 1.0, 3.2.1, 3.2.4): it shapes nothing then."""
    segments = yield from speak_content(element, place)
    return shaped(element, segments, place) if element.attributes else segments


def speak_apart(element: Element, place: "Place") -> "Steps[list[Segment]]":
    """The same, set off from the words around it: paragraphs and sentences."""
    return [Text(" "), *(yield from speak_shaped(element, place)), Text(" ")]


def say_nothing(_element: Element, _place: "Place") -> "Steps[list[Segment]]":
    """What is not for the ear: descriptions, metadata, lexicons."""
    yield from ()
    return []


def one(segment: Segment, place: "Place") -> list[Segment]:
    """A segment that was just made. Raises error.semantic when the prompt becomes too long to wait."""
    place.session.queue.grow(segment)
    return [segment]


def shaped(element: Element, segments: Sequence[Segment], place: "Place") -> list[Segment]:
    """Segments within the markup that an element stands for."""
    attributes = {name: str(value) for name, value in element.attributes.items() if value != ""}
    place.session.queue.shape(len(segments))
    return within(Markup(element.name, MappingProxyType(attributes)), segments)


def within(markup: Markup, segments: Sequence[Segment]) -> list[Segment]:
    """The segments with this markup around all that they have already."""
    done: list[Segment] = []
    for segment in segments:
        wrapped = replace(segment, within=(markup, *segment.within))
        if isinstance(wrapped, Audio) and wrapped.fallback:
            wrapped = replace(wrapped, fallback=tuple(within(markup, wrapped.fallback)))
        done.append(wrapped)
    return done
