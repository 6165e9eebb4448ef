"""<prompt>: VoiceXML 2.0, 4.1."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import SPEECH, Attribute, Declaration, one_of, some_text
from mirabelle.vxml_interpreter.prompts import queue
from mirabelle.vxml_interpreter.speech.segments import speak_content
from mirabelle.vxml_interpreter.tree import Characters

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


_FIRST = ("lexicon", "meta", "metadata")


def check(element: "Element") -> "Iterator[tuple[Element, str]]":
    """SSML 1.0, 2.1: what is said of the prompt stands before what is said in it."""
    begun = False
    for child in element.children:
        if isinstance(child, Characters):
            begun = begun or bool(child.text.strip())
        elif child.name not in _FIRST:
            begun = True
        elif begun:
            yield child, f"{', '.join(f'<{name}>' for name in _FIRST)} stand before all else in a prompt"


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """In executable content `cond` counts and `count` means nothing: 5.3.5."""
    if (yield from place.holds(element, "cond")):
        yield from queue(element, place)


DECLARATIONS = (
    Declaration(
        name="prompt",
        section="4.1",
        contains=SPEECH | frozenset({"lexicon", "meta", "metadata", "foreach"}),
        attributes=(
            Attribute("bargein", designations.boolean),
            Attribute("bargeintype", one_of("speech", "hotword")),
            Attribute("cond", some_text),
            Attribute("count", designations.count),
            Attribute("timeout", designations.seconds),
            Attribute("version", one_of("1.0")),
            Attribute("xml:lang", designations.language),
            Attribute("xml:base"),
        ),
        character_data=True,
        check=check,
        execute=execute,
        speak=speak_content,
    ),
)
