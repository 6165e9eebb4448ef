"""<initial>: VoiceXML 2.0, 2.3.3."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.declarations import FORM_ITEM, Declaration, Kind
from mirabelle.vxml_interpreter.form import FormItem
from mirabelle.vxml_interpreter.waiting import listen

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.hearing import Answer
    from mirabelle.vxml_interpreter.place import Place


class Initial(FormItem):
    """Listens for the whole form before its items are asked for one by one."""

    prompted = True
    initial = True

    def visit(self, place: "Place") -> "Steps[Answer]":
        """Wait for the caller with the grammars of the form and those around it: 2.1.6.2.2."""
        return (yield from listen(place, modal=False))


DECLARATIONS = (
    Declaration(
        name="initial",
        section="2.3.3",
        kinds=frozenset({Kind.CONTROL_ITEM}),
        contains=frozenset({Kind.AUDIBLE, Kind.HANDLER, "link", "prompt", "property"}),
        attributes=FORM_ITEM,
        character_data=True,
        item=Initial,
    ),
)
