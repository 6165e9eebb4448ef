"""<subdialog>: VoiceXML 2.0, 2.3.4."""

from dataclasses import replace
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.application import Target, anew
from mirabelle.vxml_interpreter.behaviour import Call, Returned
from mirabelle.vxml_interpreter.declarations import (
    FETCHING_DOCUMENTS,
    FORM_ITEM,
    SUBMITTING,
    Attribute,
    Declaration,
    Kind,
    some_text,
)
from mirabelle.vxml_interpreter.dialogue import call
from mirabelle.vxml_interpreter.elements.submit import submission, submitted
from mirabelle.vxml_interpreter.fetching import audio_meanwhile
from mirabelle.vxml_interpreter.form import Dialog, InputItem
from mirabelle.vxml_interpreter.navigation import find_dialog, obtain
from mirabelle.vxml_interpreter.results import Filling
from mirabelle.vxml_interpreter.script import Value
from mirabelle.vxml_interpreter.tree import Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place


class Subdialog(InputItem):
    """Calls another dialog, which returns its value."""

    def visit(self, place: "Place") -> "Steps[Filling]":
        """Call the dialog. What is queued is not played before it, but when that next listens (2.1.6.2.2)."""
        depth, limit = place.context.depth + 1, place.session.settings.limits.subdialogs
        if depth > limit:
            raise place.fault(self.element, f"{limit} subdialogs are open within one another, and no more may be")
        parameters = yield from _parameters(self.element, place)
        target = yield from _target(self.element, place)
        target = replace(target, parameters=_given(parameters, target.dialog, place))
        place.trace("call", self.element, "the subdialog {}", target.dialog.id or "")
        returned = yield Call(call(place.session, target, depth))
        if not isinstance(returned, Returned):
            raise TypeError(f"a Call is not answered by {returned!r}")
        place.trace("return", self.element, "to {}", self.variable)
        if returned.event is not None:
            raise returned.event
        return Filling(self, returned.value)


def _target(element: Element, place: "Place") -> "Steps[Target]":
    """The dialog that is called. A mere fragment without a namelist needs no fetch: the document is made once more."""
    reference = ((yield from place.either(element, "src", "srcexpr")) or "").strip()
    address, _, fragment = reference.partition("#")
    context = place.context
    sent = (yield from submitted(element, place)) if element.names("namelist") else ()
    if not address and not sent:
        return anew(context, find_dialog(context.active.document, fragment, context.active.source.url))
    asked = submission(address, sent, element, place)
    meanwhile = yield from audio_meanwhile(element, place)
    return (yield from obtain(place.session, asked, fragment, None, meanwhile))


def _parameters(element: Element, place: "Place") -> "Steps[dict[str, tuple[Element, Value]]]":
    """The values of the `<param>`s, evaluated here (6.4)."""
    values: dict[str, tuple[Element, Value]] = {}
    for param in element.elements("param"):
        value: Value = param.text("value") if "value" in param else (yield from place.evaluate(param))
        values[param.text("name") or ""] = param, value
    return values


def _given(parameters: dict[str, tuple[Element, Value]], dialog: Dialog, place: "Place") -> dict[Element, Value]:
    """The variables of the dialog that are given a value. A parameter without a variable is error.semantic."""
    variables = [part for part in dialog.initial if isinstance(part, Element) and part.name == "var"]
    names = {variable.text("name") for variable in variables}
    for name, (param, _) in parameters.items():
        if name not in names:
            raise place.fault(param, f'the dialog that is called declares no <var name="{name}">')
    return {
        variable: parameters[name][1] for variable in variables if (name := variable.text("name") or "") in parameters
    }


DECLARATIONS = (
    Declaration(
        name="subdialog",
        section="2.3.4",
        kinds=frozenset({Kind.INPUT_ITEM}),
        contains=frozenset({Kind.AUDIBLE, Kind.HANDLER, "filled", "param", "prompt", "property"}),
        attributes=(
            *FORM_ITEM,
            Attribute("src"),
            Attribute("srcexpr", some_text),
            *SUBMITTING,
            *FETCHING_DOCUMENTS,
        ),
        exactly_one=(("src", "srcexpr"),),
        character_data=True,
        item=Subdialog,
    ),
)
