"""<return>: VoiceXML 2.0, 5.3.10."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import THROWING, Attribute, Declaration, Kind, tokens

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """Outside of a subdialog there is nothing to return to."""
    yield from ()
    raise place.fault(element, "there is no subdialog to return from")


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
