"""The compiled tree of a document: immutable, and shared by all dialogues. It does not know its address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from mirabelle.vxml_interpreter.declarations import AttributeValue, Declaration, Kind

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Characters:
    """Text between elements, as it is written."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, eq=False)
class Catch:
    """An event handler: 5.2.2. `events` holds names split at their dots; an empty name catches everything."""

    element: "Element"
    events: tuple[tuple[str, ...], ...]
    count: int
    cond: bool


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element whose attributes are parsed and whose children are checked.

    `catches` and `properties` are what its own children declare; of a property set twice the last holds (6.3).
    `faults` are the invalid property values among them. `base` is the xml:base in effect, relative to the document's
    address, "" when none is; `language` the xml:lang in effect; `markup` the source of opaque content, "" for none.
    """

    declaration: Declaration = field(repr=False)
    line: int
    attributes: Mapping[str, AttributeValue]
    children: tuple["Element | Characters", ...] = ()
    catches: tuple[Catch, ...] = ()
    properties: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    faults: tuple[str, ...] = ()
    base: str = ""
    language: str | None = None
    markup: str = ""

    @property
    def name(self) -> str:
        """The element's name."""
        return self.declaration.name

    def elements(self, *names: str) -> Iterator["Element"]:
        """Its child elements of these names; without names, all."""
        return (child for child in self.children if isinstance(child, Element) and (not names or child.name in names))

    def of_kind(self, *kinds: Kind) -> Iterator["Element"]:
        """Its child elements of any of these kinds."""
        return (child for child in self.elements() if not child.declaration.kinds.isdisjoint(kinds))

    def __contains__(self, attribute: str) -> bool:
        return attribute in self.attributes

    def text(self, attribute: str) -> str | None:
        """The value of an attribute that is text."""
        value = self.attributes.get(attribute)
        return None if value is None else str(value)

    def flag(self, attribute: str) -> bool | None:
        """The value of an attribute that is true or false."""
        value = self.attributes.get(attribute)
        return None if value is None else bool(value)

    def number(self, attribute: str) -> float | None:
        """The value of an attribute that is a number or a time in seconds."""
        value = self.attributes.get(attribute)
        return value if isinstance(value, int | float) else None

    def names(self, attribute: str) -> tuple[str, ...] | None:
        """The value of an attribute that is a list of names."""
        value = self.attributes.get(attribute)
        return value if isinstance(value, tuple) else None

    def content(self) -> str:
        """Its own character data, joined."""
        return "".join(child.text for child in self.children if isinstance(child, Characters))
