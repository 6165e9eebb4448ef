"""<object>: VoiceXML 2.0, 2.3.5."""

from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter.answers import Invoked, InvokeFailed
from mirabelle.vxml_interpreter.commands import Invoke, Parameter
from mirabelle.vxml_interpreter.declarations import (
    FETCHING,
    FORM_ITEM,
    Attribute,
    Declaration,
    Kind,
    tokens,
)
from mirabelle.vxml_interpreter.form import InputItem
from mirabelle.vxml_interpreter.results import Filling
from mirabelle.vxml_interpreter.script import Json

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element


class Object(InputItem):
    """Runs something that the platform offers. Its variable is what that returned."""

    def visit(self, place: "Place") -> "Steps[Filling]":
        """Run it. The caller is not waited for: it may also be run once he is gone."""
        element = self.element
        parameters = yield from _parameters(element, place)
        base = place.url(element.text("codebase") or "", element)
        archives = element.names("archive") or ()
        reply = yield Invoke(
            place.session.queue.take(),
            _resolved(base, element.text("classid"), element, place),
            parameters,
            codebase=base,
            codetype=element.text("codetype") or element.text("type") or "",
            data=_resolved(base, element.text("data"), element, place),
            type=element.text("type") or "",
            archive=" ".join(_resolved(base, each, element, place) for each in archives),
        )
        if isinstance(reply, InvokeFailed):
            raise place.fault(element, reply.message, reply.event)
        if not isinstance(reply, Invoked):
            raise TypeError(f"an Invoke is not answered by {reply!r}")
        return Filling(self, reply.value)


def _resolved(base: str, reference: str | None, element: "Element", place: "Place") -> str:
    return place.resolved(base, reference, element) if reference else ""


def _parameters(element: "Element", place: "Place") -> "Steps[tuple[Parameter, ...]]":
    """The `<param>`s in document order (6.4). Undefined is null, which is as near as data comes."""
    parameters: list[Parameter] = []
    for param in element.elements("param"):
        ref = param.text("valuetype") == "ref"
        value = yield from _value(param, place)
        if ref and isinstance(value, str):
            value = place.url(value, param)
        parameters.append(Parameter(param.text("name") or "", value, ref, param.text("type") or ""))
    return tuple(parameters)


def _value(param: "Element", place: "Place") -> "Steps[Json]":
    if "value" in param:
        return param.text("value")
    value = yield from place.evaluate(param)
    return (yield from place.script(param, place.session.script.export(value)))


DECLARATIONS = (
    Declaration(
        name="object",
        section="2.3.5",
        kinds=frozenset({Kind.INPUT_ITEM}),
        contains=frozenset({Kind.AUDIBLE, Kind.HANDLER, "filled", "param", "prompt", "property"}),
        attributes=(
            *FORM_ITEM,
            Attribute("classid"),
            Attribute("codebase"),
            Attribute("codetype"),
            Attribute("data"),
            Attribute("type"),
            Attribute("archive", tokens),
            *FETCHING,
        ),
        character_data=True,
        item=Object,
    ),
)
