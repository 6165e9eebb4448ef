"""Where something runs: the variables it sees, the elements that enclose it, the address it speaks from."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urljoin

from mirabelle.vxml_interpreter.application import Context
from mirabelle.vxml_interpreter.commands import Breathe, Traced
from mirabelle.vxml_interpreter.events import BADFETCH, SEMANTIC, UNSUPPORTED, Event
from mirabelle.vxml_interpreter.form import FormItem
from mirabelle.vxml_interpreter.properties import Properties, PropertyValue
from mirabelle.vxml_interpreter.script import UNDEFINED, Scope, Value, Work
from mirabelle.vxml_interpreter.scripting import scripted
from mirabelle.vxml_interpreter.session import Session
from mirabelle.vxml_interpreter.speech.prompt import Segment
from mirabelle.vxml_interpreter.tree import Element
from mirabelle.vxml_interpreter.visit import Visit

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps

T = TypeVar("T")
_LONGEST_URL: Final = 8_192
# Things that are looked at in the time of a step.
_LOOKS: Final = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Events, properties and references are resolved from here outwards (5.2: "as if by copy").

    `source` is the address of the document whose text runs, which a root's handler has of its own.
    """

    session: Session
    context: Context
    scope: Scope
    source: str
    visit: Visit | None = None
    item: FormItem | None = None

    def at(self, item: FormItem) -> "Place":
        """The same, inside a form item."""
        return Place(self.session, self.context, self.scope, self.source, self.visit, item)

    def anonymous(self) -> "Place":
        """The same, in a new anonymous scope: 5.1.2."""
        return self.handling(self.session.script.scope(self.scope), self.source)

    def handling(self, scope: Scope, source: str) -> "Place":
        """The same, for an event handler that stands in the document at `source`."""
        return Place(self.session, self.context, scope, source, self.visit, self.item)

    def levels(self) -> Iterator[tuple[Element, str]]:
        """The enclosing elements with the address of their document, innermost first."""
        here = self.context.active.source.url
        if self.item is not None:
            yield self.item.element, here
        if self.visit is not None:
            yield self.visit.dialog.element, here
        for loaded in self.context.documents:
            yield loaded.document.element, loaded.source.url

    # ---- properties and references ----

    def properties(self) -> Properties:
        """The properties in effect here: 6.3. For who reads several."""
        return Properties([element.properties for element, _ in self.levels()], self.session.settings.properties)

    def property_value(self, name: str) -> PropertyValue:
        """The value of a property here: 6.3."""
        return self.properties().value(name)

    def seconds(self, name: str) -> float:
        """The value of a property that is a time or a number."""
        return self.properties().number(name)

    @property
    def language(self) -> str:
        """The language of the active document."""
        return self.context.active.document.element.language or self.session.settings.language

    def url(self, reference: str, element: Element) -> str:
        """The absolute URI of a reference. Raises error.badfetch when it is none."""
        return self.resolved(self._base(element), reference, element)

    def resolved(self, base: str, reference: str, element: Element) -> str:
        """The same against another base."""
        try:
            url = urljoin(base, reference.strip()) if len(reference) <= _LONGEST_URL else reference
        except ValueError as error:
            raise self.fault(element, f'"{reference}" is not a URI: {error}', BADFETCH) from error
        if len(url) > _LONGEST_URL:
            raise self.fault(element, f"the URI has more than {_LONGEST_URL} characters: {url[:100]}...", BADFETCH)
        return url

    def _base(self, element: Element) -> str:
        """5.2: a handler's references are the active document's; what a prompt itself says about its base, it keeps."""
        active = self.context.active.source
        if self.source == active.url:
            return urljoin(active.url, element.base) if element.base else active.base
        own = next((each.document.element for each in self.context.documents if each.source.url == self.source), None)
        return active.base if own is None or element.base == own.base else urljoin(active.base, element.base)

    # ---- events ----

    def fault(self, element: Element, cause: str, name: str = SEMANTIC) -> Event:
        """An error event whose message names document, line, element and cause."""
        return Event(name, f"{self.source}, line {element.line}, <{element.name}>: {cause}")

    def unsupported(self, element: Element, cause: str = "this interpreter does not offer the element") -> Event:
        """error.unsupported.NAME (5.2.6)."""
        return self.fault(element, cause, f"{UNSUPPORTED}.{element.name}")

    # ---- the trace ----

    def trace(self, step: str, element: Element, text: str, *details: object) -> None:
        """Tell those who follow the algorithm of a step; `details` fill the braces of `text`. Free unless asked for."""
        if self.session.settings.trace:
            self.session.tell(Traced(step, text.format(*details), self.source, element.line))

    def trace_value(self, step: str, element: Element, scope: Scope, name: str) -> None:
        """The same, of the value that a variable of exactly this scope has now."""
        if self.session.settings.trace:
            value = self.session.script.snapshot(scope).get(name)
            shown = "undefined" if value is None else json.dumps(value, ensure_ascii=False)
            self.trace(step, element, "{} = {}", name, shown)

    # ---- scripts ----

    def step(self, count: int = 1) -> "Steps[None]":
        """What is going to be done takes so many steps. Raises error.semantic for too many without the caller."""
        if self.session.guard.steps(count):
            yield Breathe()

    def looks(self, count: int) -> "Steps[None]":
        """The same where so many things are merely looked at, one after the other."""
        return self.step(count // _LOOKS)

    def script(self, element: Element, work: Work[T]) -> "Steps[T]":
        """Run script work; what goes wrong is error.semantic."""
        yield from self.step()
        return (yield from scripted(work, partial(self.fault, element), self.session.guard.slice))

    def evaluate(self, element: Element, attribute: str = "expr") -> "Steps[Value]":
        """The value of an expression, undefined when the attribute is absent."""
        source = element.text(attribute)
        if source is None:
            return UNDEFINED
        return (yield from self.script(element, self.session.script.evaluate(source, self.scope)))

    def text(self, element: Element, attribute: str = "expr") -> "Steps[str]":
        """The value of an expression as text: 4.1.4."""
        value = yield from self.evaluate(element, attribute)
        return (yield from self.script(element, self.session.script.text(value)))

    def either(self, element: Element, attribute: str, expression: str) -> "Steps[str | None]":
        """The value of an attribute or of its twin that is an expression; None when there is neither.

        An expression without a value is error.semantic: its text would be taken for an address or a name.
        """
        if expression not in element:
            return element.text(attribute)
        value = yield from self.evaluate(element, expression)
        if value is UNDEFINED or value is None:
            raise self.fault(element, f'"{expression}" has no value: it is {"null" if value is None else "undefined"}')
        return (yield from self.script(element, self.session.script.text(value)))

    def holds(self, element: Element, attribute: str) -> "Steps[bool]":
        """Whether a condition holds; an absent one does."""
        if attribute not in element:
            return True
        return self.session.script.truth((yield from self.evaluate(element, attribute)))

    # ---- prompts ----

    def speak(self, element: Element) -> "Steps[list[Segment]]":
        """What an element sounds like."""
        speak = element.declaration.speak
        if speak is None:
            raise self.unsupported(element)
        yield from self.step()
        return (yield from speak(element, self))
