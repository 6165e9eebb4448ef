"""What an element's module declares about it: source of the loader's errors, of `check` and of the documentation."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.designations import Misdesignated
from mirabelle.vxml_interpreter.nodes import NAMESPACE, attribute_key

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Execute, Interpret, ItemMaker, Speak
    from mirabelle.vxml_interpreter.tree import Element

# Whoever reads a list reads it again and again.
_MOST_NAMES = 500
_EVENT = re.compile(r"[\w.:-]+")

AttributeValue = str | bool | int | float | tuple[str, ...]
Parse = Callable[[str], AttributeValue]


class Kind(StrEnum):
    """What an element can be to the element around it."""

    DIALOG = "dialog"
    INPUT_ITEM = "input item"
    CONTROL_ITEM = "control item"
    HANDLER = "event handler"
    INITIALIZER = "initializer"
    EXECUTABLE = "executable content"
    AUDIBLE = "prompt content outside of prompt"
    SENTENCE = "speech markup"
    STRUCTURE = "paragraph or sentence"


FORM_ITEMS = frozenset({Kind.INPUT_ITEM, Kind.CONTROL_ITEM})
EXECUTABLE = frozenset({Kind.EXECUTABLE, Kind.AUDIBLE, "prompt"})
SPEECH = frozenset({Kind.AUDIBLE, Kind.SENTENCE, Kind.STRUCTURE})


def text(value: str) -> str:
    """Any text: names, expressions and URIs are judged where they are used."""
    return value


def some_text(value: str) -> str:
    """Text that must not be empty."""
    if not value.strip():
        raise Misdesignated("is empty")
    return value.strip()


def token(value: str) -> str:
    """One name without white space."""
    if len(value.split()) != 1:
        raise Misdesignated(f'"{value}" is not one name')
    return value.strip()


def tokens(value: str) -> tuple[str, ...]:
    """Names with white space between them."""
    names = tuple(value.split())
    if len(names) > _MOST_NAMES:
        raise Misdesignated(f"has {len(names)} names; at most {_MOST_NAMES} are read")
    return names


def some_tokens(value: str) -> tuple[str, ...]:
    """One name at least."""
    names = tokens(value)
    if not names:
        raise Misdesignated("names nothing")
    return names


def event(value: str) -> str:
    """The name of an event (5.2): letters, digits and dots, hyphens, underscores, colons."""
    name = token(value)
    if not _EVENT.fullmatch(name):
        raise Misdesignated(f'"{name[:100]}" is not the name of an event')
    return name


def events(value: str) -> tuple[str, ...]:
    """Names of events, one at least."""
    return tuple(event(name) for name in some_tokens(value))


def one_of(*choices: str) -> Parse:
    """One of the words that the standard lists."""

    def parse(value: str) -> str:
        if value not in choices:
            raise Misdesignated(f'"{value}" is none of {", ".join(choices)}')
        return value

    return parse


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute: its name, how its text becomes a value, whether it must be there."""

    name: str
    parse: Parse = text
    required: bool = False

    @property
    def key(self) -> str:
        """How the parsed XML names it."""
        return attribute_key(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """An element: where the standard defines it, what it may hold, and what it does.

    `contains` holds kinds and element names; `exactly_one` and `at_most_one` are groups of attributes. `opaque`
    content belongs to another language and is kept as it is written. The functions are what the element does in each
    part that it can play; a part that it should play and has no function for is `error.unsupported.NAME` when reached.
    `check` yields what else is wrong, each with the element at fault. `namespace` is another than VoiceXML's for an
    element of a plugin (F.2), which stands wherever its kinds may.
    """

    name: str
    section: str
    kinds: frozenset[Kind] = frozenset()
    contains: frozenset[str] = frozenset()
    attributes: tuple[Attribute, ...] = ()
    exactly_one: tuple[tuple[str, ...], ...] = ()
    at_most_one: tuple[tuple[str, ...], ...] = ()
    character_data: bool = False
    opaque: bool = False
    within: "Callable[[Declaration], Declaration] | None" = None
    check: Callable[["Element"], Iterable[tuple["Element", str]]] | None = None
    events: tuple[str, ...] | None = None
    execute: "Execute | None" = None
    item: "ItemMaker | None" = None
    interpret: "Interpret | None" = None
    speak: "Speak | None" = None
    namespace: str = NAMESPACE

    def accepts(self, child: "Declaration") -> bool:
        """Whether `child` may stand directly inside this element. Names mean VoiceXML's elements, and its own kin."""
        named = child.name in self.contains and child.namespace in (NAMESPACE, self.namespace)
        return named or not self.contains.isdisjoint(child.kinds)

    @property
    def spoken(self) -> bool:
        """Whether bare text inside is a prompt (4.1.2, 5.3.5)."""
        return self.character_data and Kind.AUDIBLE in self.contains and "prompt" in self.contains

    def attribute(self, name: str) -> Attribute | None:
        """Its attribute of that name."""
        return next((attribute for attribute in self.attributes if attribute.name == name), None)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The elements that documents may use: VoiceXML's by name, those of other namespaces by namespace and name.

    `attributes` are the names of all attributes that VoiceXML's elements have.
    """

    elements: Mapping[str, Declaration] = field(default_factory=lambda: MappingProxyType({}))
    foreign: Mapping[tuple[str, str], Declaration] = field(default_factory=lambda: MappingProxyType({}))
    attributes: frozenset[str] = frozenset()

    def get(self, name: str, namespace: str = NAMESPACE) -> Declaration | None:
        """The declaration of an element, None for what nobody defines."""
        return self.elements.get(name) if namespace == NAMESPACE else self.foreign.get((namespace, name))


FETCHING = (
    Attribute("fetchhint", one_of("prefetch", "safe")),
    Attribute("fetchtimeout", designations.seconds),
    Attribute("maxage", designations.age),
    Attribute("maxstale", designations.age),
)
FETCHING_DOCUMENTS = (*FETCHING, Attribute("fetchaudio", some_text))
FORM_ITEM = (Attribute("name", token), Attribute("expr", some_text), Attribute("cond", some_text))
THROWING = (
    Attribute("event", event),
    Attribute("eventexpr", some_text),
    Attribute("message"),
    Attribute("messageexpr", some_text),
)
SUBMITTING = (
    Attribute("namelist", tokens),
    Attribute("method", one_of("get", "post")),
    Attribute("enctype", some_text),
)
