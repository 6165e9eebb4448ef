"""<grammar>: VoiceXML 2.0, 3.1.1.4. Its content, kept as it is written, is compiled by `grammars`."""

from collections.abc import Iterator

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.declarations import FETCHING, Attribute, Declaration, one_of, some_text
from mirabelle.vxml_interpreter.tree import Element


def check(element: Element) -> Iterator[tuple[Element, str]]:
    """A source or a grammar, not both (2.3.1.1), and a type for what is not SRGS's XML (3.1.1.1)."""
    external = "src" in element or "srcexpr" in element
    if external and element.markup:
        yield element, 'the attribute "src" and an inline grammar exclude each other'
    if not external and not element.markup:
        yield element, 'neither the attribute "src" nor an inline grammar is given'
    elif not external and "type" not in element and element.content().strip():
        yield element, 'an inline grammar that is not XML needs the attribute "type": its media type'


DECLARATIONS = (
    Declaration(
        name="grammar",
        section="3.1.1.4",
        attributes=(
            Attribute("version", one_of("1.0")),
            Attribute("xml:lang", designations.language),
            Attribute("xml:base"),
            Attribute("mode", one_of("voice", "dtmf")),
            Attribute("root", some_text),
            Attribute("tag-format", some_text),
            Attribute("scope", one_of("document", "dialog")),
            Attribute("src", some_text),
            Attribute("srcexpr", some_text),
            Attribute("type", some_text),
            Attribute("weight", designations.weight),
            *FETCHING,
        ),
        at_most_one=(("src", "srcexpr"),),
        opaque=True,
        check=check,
    ),
)
