"""The types of what elements do. An element's module gives functions of these types to its declaration."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, Union

from mirabelle.vxml_interpreter.answers import Notice, Reply
from mirabelle.vxml_interpreter.commands import Ask
from mirabelle.vxml_interpreter.events import Event
from mirabelle.vxml_interpreter.script import Value
from mirabelle.vxml_interpreter.speech.prompt import Segment

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.form import FormItem
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element
    from mirabelle.vxml_interpreter.visit import Visit

T = TypeVar("T")
Asks = Generator[Ask, Reply | Notice, T]
"""Yields asks, is sent their answers, returns a T."""
Steps = Generator[Union[Ask, "Call"], Union[Reply, Notice, "Returned"], T]
"""A piece of the dialogue: the same, and may call a subdialog."""


@dataclass(frozen=True, slots=True)
class Call:
    """Run these steps to their end before going on: `calling.flat` does. The answer is what they return."""

    steps: "Steps[Returned]"


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back from a subdialog: an event to be thrown where it was called, or else the value (5.3.10)."""

    value: Value
    event: Event | None = None


Execute = Callable[["Element", "Place"], Steps[None]]
"""Executable content (5.3) and initialisations (2.1.6.1)."""
Speak = Callable[["Element", "Place"], Steps[list[Segment]]]
"""What an element of a prompt sounds like, its expressions evaluated (4.1.8)."""
ItemMaker = Callable[["Element", int], "FormItem"]
"""Compiles a form item; the number is its place among the form's items, from 0."""
Interpret = Callable[["Visit", "Place"], Steps[None]]
"""Interprets a dialog; returns when nothing in it remains to be visited."""
