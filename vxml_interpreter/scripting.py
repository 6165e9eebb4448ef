"""Driving the script engine from the dialogue: what scripts throw becomes events (VoiceXML 2.0, 5.1, 5.2.6)."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from mirabelle.vxml_interpreter.commands import Breathe
from mirabelle.vxml_interpreter.events import Event
from mirabelle.vxml_interpreter.script import ScriptError, ScriptLimit, Work

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps

T = TypeVar("T")

_IDENTIFIER = re.compile(r"[^\W\d][\w$]*|\$[\w$]+")
_REFERENCE = re.compile(r"[\w$]+(?:\s*\.\s*[\w$]+|\s*\[\s*(?:\d+|[\w$.]+|'[^'\\]*'|\"[^\"\\]*\")\s*\])*")
_WORDS = (
    "break case catch class const continue debugger default delete do else enum export extends false finally for"
    " function if import in instanceof new null return super switch this throw true try typeof var void while with"
)
_RESERVED = frozenset(_WORDS.split())
SCOPES: Final = frozenset({"session", "application", "document", "dialog"})
"""The scopes that have names: 5.1.2."""


def scripted(work: Work[T], blame: Callable[[str], Event], sliced: Callable[[], None]) -> "Steps[T]":
    """Run script work, breathing whenever its slice is used up, which `sliced` hears of. `blame` makes the event of a
    failure.

    What it is told names the line of a script that has several: the first is that of the element itself.
    """
    try:
        while True:
            next(work)
            yield Breathe()
            sliced()
    except StopIteration as stop:
        result: T = stop.value
        return result
    except ScriptError as error:
        raise blame(_told(error)) from error
    except ScriptLimit as error:
        raise blame(str(error)) from error


def _told(error: ScriptError) -> str:
    return str(error) if error.line is None or error.line == 1 else f"line {error.line} of the script: {error}"


def name_fault(name: str) -> str | None:
    """Why a variable of VoiceXML cannot be called that (5.1); None when it can."""
    if "." in name:
        return f'"{name}" has a dot: a declaration names no scope and no property'
    if not _IDENTIFIER.fullmatch(name):
        return f'"{name}" is not an ECMAScript identifier'
    if name in _RESERVED:
        return f'"{name}" is a reserved word of ECMAScript'
    if name.startswith("_") or name.endswith("$"):
        return f'"{name}" is reserved: names that begin with "_" or end with "$" belong to the interpreter'
    return None


def is_reference(name: str) -> bool:
    """Whether a namelist may hold it: a variable or a property of one."""
    return _REFERENCE.fullmatch(name) is not None
