"""A document under scrutiny, and what many rules ask of it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from mirabelle.vxml_interpreter.checking.variables import declared_names
from mirabelle.vxml_interpreter.declarations import Kind
from mirabelle.vxml_interpreter.grammar.store import Grammars
from mirabelle.vxml_interpreter.tree import Element

Parse = Callable[[str], None]
"""Parses a script without running it; raises `ScriptError` or `ScriptLimit`."""

_LEAVING = frozenset({"goto", "submit", "return", "exit", "disconnect"})


class Subject:
    """A document's elements, faulty or not. What the loader could not make sense of is missing in it."""

    def __init__(self, root: Element, parse: Parse, grammars: Grammars) -> None:
        self.root = root
        self.parse = parse
        self.grammars = grammars

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every element in document order."""
        return tuple(descend(self.root))

    @cached_property
    def parents(self) -> Mapping[Element, Element]:
        """Every element's parent but the root's."""
        return {child: element for element in self.elements for child in element.elements()}

    @cached_property
    def dialogs(self) -> tuple[Element, ...]:
        """Forms and menus."""
        return tuple(self.root.of_kind(Kind.DIALOG))

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of its dialogs."""
        return frozenset(dialog.text("id") or "" for dialog in self.dialogs) - {""}

    @cached_property
    def variables(self) -> frozenset[str] | None:
        """The names of all variables that the document may declare; None: it has scripts or a root that may more."""
        return declared_names(self.root, self.elements)

    def named(self, *names: str) -> Iterator[Element]:
        """Every element of these names, in document order."""
        return (element for element in self.elements if element.name in names)

    def around(self, element: Element, *names: str) -> Element | None:
        """The nearest element of these names that encloses this one."""
        above = self.parents.get(element)
        while above is not None and above.name not in names:
            above = self.parents.get(above)
        return above

    def handler_around(self, element: Element) -> Element | None:
        """The event handler that encloses an element."""
        above = self.parents.get(element)
        while above is not None and Kind.HANDLER not in above.declaration.kinds:
            above = self.parents.get(above)
        return above


def descend(element: Element) -> Iterator[Element]:
    """An element and all below it, in document order."""
    yield element
    for child in element.elements():
        yield from descend(child)


def leaves(element: Element) -> bool:
    """Whether executing this element always ends what stands around it (a throw does, too)."""
    return element.name in _LEAVING or element.name == "throw"
