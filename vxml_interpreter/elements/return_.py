"""<return>: VoiceXML 2.0, 5.3.10."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.behaviour import Returned
from mirabelle.vxml_interpreter.declarations import THROWING, Attribute, Declaration, Kind, tokens
from mirabelle.vxml_interpreter.leaving import Returning
from mirabelle.vxml_interpreter.script import UNDEFINED, Json, Value
from mirabelle.vxml_interpreter.scripting import SCOPES, is_reference
from mirabelle.vxml_interpreter.throwing import thrown

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """End the subdialog and hand its caller an event to be thrown there, or an object of the variables named."""
    if not place.context.depth:
        raise place.fault(element, "there is no subdialog to return from")
    if "event" in element or "eventexpr" in element:
        raise Returning(Returned(UNDEFINED, (yield from thrown(element, place))))
    raise Returning(Returned((yield from _result(element, place))))


def _result(element: "Element", place: "Place") -> "Steps[Value]":
    """An object in which the variables are named as in the namelist, without the scopes that this names."""
    script = place.session.script
    names = element.names("namelist") or ()
    paths = [_path(name) for name in names]
    apart = script.scope(None)
    script.declare(apart, "result", _nested(paths))
    for name, path in zip(names, paths, strict=True):
        if not is_reference(name):
            raise place.fault(element, f'"{name}" in the namelist is neither a variable nor a property of one')
        value = yield from place.script(element, script.evaluate(name, place.scope))
        reference = "result" + "".join(f"[{json.dumps(part)}]" for part in path)
        yield from place.script(element, script.assign(reference, value, apart))
    return script.value(apart, "result")


def _path(name: str) -> list[str]:
    parts = name.split(".")
    return parts[1:] if len(parts) > 1 and parts[0] in SCOPES else parts


def _nested(paths: Iterable[list[str]]) -> dict[str, Json]:
    """Objects for the properties to be put in."""
    whole: dict[str, Json] = {}
    for path in paths:
        inner = whole
        for part in path[:-1]:
            within = inner.setdefault(part, {})
            if isinstance(within, dict):
                inner = within
    return whole


DECLARATIONS = (
    Declaration(
        name="return",
        section="5.3.10",
        kinds=frozenset({Kind.EXECUTABLE}),
        attributes=(Attribute("namelist", tokens), *THROWING),
        at_most_one=(("event", "eventexpr", "namelist"), ("message", "messageexpr")),
        execute=execute,
    ),
)
