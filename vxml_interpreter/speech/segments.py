"""Prompt content to segments: VoiceXML 2.0, 4.1.1, and SSML 1.0.

Markup that shapes the voice (emphasis, prosody, voice, say-as, phoneme) contributes its text.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.speech.prompt import Audio, Segment, Text
from mirabelle.vxml_interpreter.tree import Characters, Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place


def speak_content(element: Element, place: "Place") -> "Steps[list[Segment]]":
    """What the content of an element sounds like, in document order."""
    segments: list[Segment] = []
    for child in element.children:
        if isinstance(child, Characters):
            segments.append(Text(child.text))
        else:
            segments += yield from place.speak(child)
    return segments


def speak_apart(element: Element, place: "Place") -> "Steps[list[Segment]]":
    """The same, set off from the words around it: paragraphs and sentences."""
    return [Text(" "), *(yield from speak_content(element, place)), Text(" ")]


def say_nothing(_element: Element, _place: "Place") -> "Steps[list[Segment]]":
    """What is not for the ear: descriptions, metadata, lexicons."""
    yield from ()
    return []


def joined(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Neighbouring texts as one, white space collapsed, nothing empty."""
    done: list[Segment] = []
    words: list[str] = []
    for segment in [*segments, None]:
        if isinstance(segment, Text):
            words.append(segment.text)
            continue
        text = " ".join("".join(words).split())
        done += [Text(text)] if text else []
        words = []
        if isinstance(segment, Audio):
            done.append(Audio(segment.url, joined(segment.fallback)))
        elif segment is not None:
            done.append(segment)
    return tuple(done)
