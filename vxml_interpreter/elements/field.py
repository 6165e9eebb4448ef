"""<field>: VoiceXML 2.0, 2.3.1."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.builtin_types import Builtin, builtin, builtin_fault
from mirabelle.vxml_interpreter.declarations import FORM_ITEM, Attribute, Declaration, Kind, some_text, token
from mirabelle.vxml_interpreter.elements.option import choice_of, pressed, spoken
from mirabelle.vxml_interpreter.events import UNSUPPORTED
from mirabelle.vxml_interpreter.form import InputItem
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Mode
from mirabelle.vxml_interpreter.grammar.options import option_grammar
from mirabelle.vxml_interpreter.waiting import listen

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.hearing import Answer
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


class Field(InputItem):
    """Asks for one value. `type` is its builtin type, None when it has none or it is not offered."""

    def __init__(self, element: "Element", number: int) -> None:
        super().__init__(element, number)
        self.type = builtin(element.text("type") or "")
        self.sources = tuple(_sources(element, self.type))
        self.choices = tuple(choice_of(option) for option in element.elements("option"))

    @property
    def modal(self) -> bool:
        """Whether only its own grammars listen."""
        return self.element.flag("modal") or False

    def visit(self, place: "Place") -> "Steps[Answer]":
        """Wait for the caller: 2.1.6.2.2."""
        if self.element.text("type") is not None and self.type is None:
            cause = f'the builtin type "{self.element.text("type")}" is not offered'
            raise place.fault(self.element, cause, f"{UNSUPPORTED}.builtin")
        return (yield from listen(place, modal=self.modal))


def _sources(element: "Element", offered: Builtin | None) -> "Iterator[Grammar | Element]":
    """The grammars of the type, then what is written, in document order; the options are one list."""
    yield from offered.grammars() if offered else ()
    options = tuple(element.elements("option"))
    for child in element.elements("grammar", "link", "option"):
        if child.name != "option":
            yield child
        elif child is options[0]:
            yield from _option_lists(options)


def _option_lists(options: "tuple[Element, ...]") -> Iterator[Grammar]:
    keyed = [pressed(option) for option in options if option.text("dtmf")]
    said = [spoken(option) for option in options if option.content().strip()]
    if keyed:
        yield option_grammar(keyed, Mode.DTMF)
    if said:
        yield option_grammar(said, Mode.VOICE)


def check(element: "Element") -> Iterator[tuple["Element", str]]:
    """The parameters of a builtin type must not contradict each other: Appendix P."""
    fault = builtin_fault(element.text("type") or "")
    if fault is not None:
        yield element, f'attribute "type": {fault}'


DECLARATIONS = (
    Declaration(
        name="field",
        section="2.3.1",
        kinds=frozenset({Kind.INPUT_ITEM}),
        contains=frozenset({Kind.AUDIBLE, Kind.HANDLER, "filled", "grammar", "link", "option", "prompt", "property"}),
        attributes=(
            *FORM_ITEM,
            Attribute("type", some_text),
            Attribute("slot", token),
            Attribute("modal", designations.boolean),
        ),
        character_data=True,
        check=check,
        item=Field,
    ),
)
