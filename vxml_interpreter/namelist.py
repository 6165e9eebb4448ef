"""Variables that leave the dialogue by their names: <exit>, <disconnect>. VoiceXML 2.0, 5.3.9; VoiceXML 2.1, 8."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.script import Json
from mirabelle.vxml_interpreter.scripting import is_reference

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def exported(element: "Element", place: "Place") -> "Steps[dict[str, Json]]":
    """The values of the namelist by the names in it. Raises error.semantic for what is not declared."""
    values: dict[str, Json] = {}
    script = place.session.script
    for name in element.names("namelist") or ():
        if not is_reference(name):
            raise place.fault(element, f'"{name}" in the namelist is neither a variable nor a property of one')
        value = yield from place.script(element, script.evaluate(name, place.scope))
        values[name] = yield from place.script(element, script.export(value))
    return values
