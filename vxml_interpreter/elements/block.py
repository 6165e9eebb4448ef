"""<block>: VoiceXML 2.0, 2.3.2."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.content import run
from mirabelle.vxml_interpreter.declarations import EXECUTABLE, FORM_ITEM, Declaration, Kind
from mirabelle.vxml_interpreter.form import FormItem

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place


class Block(FormItem):
    """Executable content that is run once, unless its variable is cleared."""

    def visit(self, place: "Place") -> "Steps[None]":
        """2.1.6.2.2: the variable is set first, then the content is run."""
        if place.visit is not None:
            place.session.script.declare(place.visit.scope, self.variable, value=True)
        yield from run(self.element.children, place.anonymous())


DECLARATIONS = (
    Declaration(
        name="block",
        section="2.3.2",
        kinds=frozenset({Kind.CONTROL_ITEM}),
        contains=EXECUTABLE,
        attributes=FORM_ITEM,
        character_data=True,
        item=Block,
    ),
)
