"""<if>, <elseif>, <else>: VoiceXML 2.0, 5.3.4."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.content import run
from mirabelle.vxml_interpreter.declarations import EXECUTABLE, Attribute, Declaration, Kind, some_text
from mirabelle.vxml_interpreter.tree import Characters, Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place

Branch = tuple[Element, list[Element | Characters]]


def execute(element: Element, place: "Place") -> "Steps[None]":
    """Execute the first branch whose condition holds, conditions in order."""
    for condition, content in branches(element):
        if (yield from place.holds(condition, "cond")):
            yield from run(content, place)
            return


def branches(element: Element) -> Iterator[Branch]:
    """Each condition with what stands behind it; the condition of an else always holds."""
    condition: Element = element
    content: list[Element | Characters] = []
    for child in element.children:
        if isinstance(child, Element) and child.name in ("elseif", "else"):
            yield condition, content
            condition, content = child, []
        else:
            content.append(child)
    yield condition, content


def check(element: Element) -> Iterator[tuple[Element, str]]:
    """Nothing comes after the else."""
    seen = False
    for child in element.elements("elseif", "else"):
        if seen:
            yield child, "an <else> stands before it; the <else> comes last, and once"
        seen = seen or child.name == "else"


DECLARATIONS = (
    Declaration(
        name="if",
        section="5.3.4",
        kinds=frozenset({Kind.EXECUTABLE}),
        contains=EXECUTABLE | frozenset({"elseif", "else"}),
        attributes=(Attribute("cond", some_text, required=True),),
        character_data=True,
        check=check,
        execute=execute,
    ),
    Declaration(name="elseif", section="5.3.4", attributes=(Attribute("cond", some_text, required=True),)),
    Declaration(name="else", section="5.3.4"),
)
