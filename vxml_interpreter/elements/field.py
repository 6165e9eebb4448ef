"""<field>: VoiceXML 2.0, 2.3.1."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.activation import activate
from mirabelle.vxml_interpreter.builtin_types import Builtin, builtin, builtin_fault
from mirabelle.vxml_interpreter.declarations import FORM_ITEM, Attribute, Declaration, Kind, some_text, token
from mirabelle.vxml_interpreter.elements.option import pressed, spoken
from mirabelle.vxml_interpreter.events import UNSUPPORTED
from mirabelle.vxml_interpreter.form import InputItem
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Mode
from mirabelle.vxml_interpreter.grammar.options import option_grammar
from mirabelle.vxml_interpreter.results import Utterance
from mirabelle.vxml_interpreter.waiting import hear

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


class Field(InputItem):
    """Asks for one value."""

    @property
    def modal(self) -> bool:
        """Whether only its own grammars listen."""
        return self.element.flag("modal") or False

    @cached_property
    def type(self) -> Builtin | None:
        """Its builtin type, None when it has none or it is not offered."""
        return builtin(self.element.text("type") or "")

    @cached_property
    def grammars(self) -> tuple[Grammar, ...]:
        """Those of its type and of its options; made once for all dialogues."""
        options = tuple(self.element.elements("option"))
        keyed = [pressed(option) for option in options if option.text("dtmf")]
        said = [spoken(option) for option in options if option.content().strip()]
        return (
            *(self.type.grammars() if self.type else ()),
            *([option_grammar(keyed, Mode.DTMF)] if keyed else ()),
            *([option_grammar(said, Mode.VOICE)] if said else ()),
        )

    def visit(self, place: "Place") -> "Steps[Utterance]":
        """Wait for the caller: 2.1.6.2.2."""
        if self.element.text("type") is not None and self.type is None:
            cause = f'the builtin type "{self.element.text("type")}" is not offered'
            raise place.fault(self.element, cause, f"{UNSUPPORTED}.builtin")
        active = activate(self.grammars, place, modal=self.modal)
        heard = yield from hear(active, place)
        first = heard.matches[0]
        confidence = heard.confidences[0] if heard.confidences else heard.confidence
        return Utterance(self, first.utterance, heard.mode, confidence, first.interpretation)


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
