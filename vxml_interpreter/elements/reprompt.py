"""<reprompt>: VoiceXML 2.0, 5.3.6."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import Declaration, Kind

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def execute(_element: "Element", place: "Place") -> "Steps[None]":
    """The next iteration selects prompts as usual, which only a handler would keep it from."""
    yield from ()
    if place.visit is not None:
        place.visit.suppressed = False


DECLARATIONS = (Declaration(name="reprompt", section="5.3.6", kinds=frozenset({Kind.EXECUTABLE}), execute=execute),)
