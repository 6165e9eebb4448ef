"""<enumerate>: VoiceXML 2.0, 2.2.4."""

from typing import TYPE_CHECKING, Final

from mirabelle.vxml_interpreter.declarations import SPEECH, Declaration, Kind
from mirabelle.vxml_interpreter.script import UNDEFINED
from mirabelle.vxml_interpreter.speech.prompt import Segment, Text
from mirabelle.vxml_interpreter.speech.segments import one, speak_content
from mirabelle.vxml_interpreter.tree import Characters

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.form import Choice
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element

_PROMPT: Final = "_prompt"


def speak(element: "Element", place: "Place") -> "Steps[list[Segment]]":
    """The content once for each choice or option; without content, all of them in a row.

    Anywhere but in a menu or in a field with options, and inside another, it is error.semantic.
    """
    choices = place.item.choices if place.item is not None else ()
    if not choices:
        raise place.fault(element, "there are no choices and no options here that could be enumerated")
    if place.session.script.declared(place.scope, _PROMPT):
        raise place.fault(element, "an <enumerate> must not stand inside another")
    if not any(not isinstance(child, Characters) or child.text.strip() for child in element.children):
        return one(Text("; ".join(choice.prompt for choice in choices if choice.prompt) + "."), place)
    segments: list[Segment] = []
    for choice in choices:
        segments += yield from speak_content(element, _about(choice, place))
    return segments


def _about(choice: "Choice", place: "Place") -> "Place":
    here = place.anonymous()
    script = place.session.script
    script.declare(here.scope, _PROMPT, choice.prompt)
    script.declare(here.scope, "_dtmf", UNDEFINED if choice.keys is None else choice.keys)
    return here


DECLARATIONS = (
    Declaration(
        name="enumerate",
        section="2.2.4",
        kinds=frozenset({Kind.AUDIBLE}),
        contains=SPEECH,
        character_data=True,
        speak=speak,
    ),
)
