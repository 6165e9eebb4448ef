"""<foreach>: VoiceXML 2.1, 6."""

from typing import TYPE_CHECKING, Final

from mirabelle.vxml_interpreter.content import run
from mirabelle.vxml_interpreter.declarations import EXECUTABLE, SPEECH, Attribute, Declaration, Kind, some_text
from mirabelle.vxml_interpreter.script import Scope, Value
from mirabelle.vxml_interpreter.scripting import name_fault
from mirabelle.vxml_interpreter.speech.prompt import Segment
from mirabelle.vxml_interpreter.speech.segments import speak_content

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element

_COPY: Final = "array instanceof Array ? (copy = array.slice()).length : -1"


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """Execute the content for each item."""
    copy, length = yield from _copied(element, place)
    for index in range(length):
        yield from _set(index, copy, element, place)
        yield from run(element.children, place)


def speak(element: "Element", place: "Place") -> "Steps[list[Segment]]":
    """What the content sounds like for each item, one after the other, at the time of queueing."""
    segments: list[Segment] = []
    copy, length = yield from _copied(element, place)
    for index in range(length):
        yield from _set(index, copy, element, place)
        segments += yield from speak_content(element, place)
    return segments


def _copied(element: "Element", place: "Place") -> "Steps[tuple[Scope, int]]":
    """A scope of our own with a shallow copy of the array, which the content may change meanwhile; its length."""
    fault = name_fault(element.text("item") or "")
    if fault is not None:
        raise place.fault(element, fault)
    script = place.session.script
    scope = script.scope(None)
    script.declare(scope, "array", (yield from place.evaluate(element, "array")))
    script.declare(scope, "copy")
    length: Value = yield from place.script(element, script.evaluate(_COPY, scope))
    if not isinstance(length, int) or length < 0:
        raise place.fault(element, f'"{element.text("array")}" is not an array')
    return scope, length


def _set(index: int, copy: Scope, element: "Element", place: "Place") -> "Steps[None]":
    """Like `<var>`, the item belongs to the scope around the element, which has no scope of its own."""
    place.session.guard.iteration()
    script = place.session.script
    script.declare(copy, "index", index)
    value = yield from place.script(element, script.evaluate("copy[index]", copy))
    script.declare(place.scope, element.text("item") or "", value)


_ATTRIBUTES = (Attribute("array", some_text, required=True), Attribute("item", some_text, required=True))

_IN_PROMPTS: Final = Declaration(
    name="foreach",
    section="2.1: 6",
    contains=SPEECH | frozenset({"foreach"}),
    attributes=_ATTRIBUTES,
    character_data=True,
    speak=speak,
)


def within(parent: Declaration) -> Declaration:
    """In prompts it has the content of prompts, everywhere else executable content."""
    return IN_CONTENT if Kind.EXECUTABLE in parent.contains else _IN_PROMPTS


IN_CONTENT: Final = Declaration(
    name="foreach",
    section="2.1: 6",
    kinds=frozenset({Kind.EXECUTABLE}),
    contains=EXECUTABLE,
    attributes=_ATTRIBUTES,
    character_data=True,
    execute=execute,
    within=within,
)

DECLARATIONS = (IN_CONTENT,)
