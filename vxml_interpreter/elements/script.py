"""<script>: VoiceXML 2.0, 5.3.12, and VoiceXML 2.1, 3."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import FETCHING, Attribute, Declaration, Kind, some_text
from mirabelle.vxml_interpreter.fetching import fetch_script

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


def execute(element: "Element", place: "Place") -> "Steps[None]":
    """Run the script in the scope of the element around it; it has none of its own."""
    reference = yield from place.either(element, "src", "srcexpr")
    source = element.content() if reference is None else (yield from fetch_script(reference, element, place))
    yield from place.script(element, place.session.script.evaluate(source, place.scope))


def check(element: "Element") -> Iterator[tuple["Element", str]]:
    """A source, or a script, not both."""
    external = "src" in element or "srcexpr" in element
    if external == bool(element.content().strip()):
        yield element, 'either the attribute "src" or an inline script must be given, and not both'


DECLARATIONS = (
    Declaration(
        name="script",
        section="5.3.12",
        kinds=frozenset({Kind.INITIALIZER, Kind.EXECUTABLE}),
        attributes=(
            Attribute("src", some_text),
            Attribute("srcexpr", some_text),
            Attribute("charset", some_text),
            *FETCHING,
        ),
        at_most_one=(("src", "srcexpr"),),
        character_data=True,
        check=check,
        execute=execute,
    ),
)
