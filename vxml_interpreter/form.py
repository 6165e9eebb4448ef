"""Forms, compiled: form items and `<filled>` actions. VoiceXML 2.0, 2.1 and 2.4."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from mirabelle.vxml_interpreter.declarations import FORM_ITEMS, Kind
from mirabelle.vxml_interpreter.grammar.matching import Grammar
from mirabelle.vxml_interpreter.tree import Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.hearing import Answer
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.results import Filling


class FormItem:
    """A form item's definition, shared by all dialogues; what changes lives in the visit of its form (2.3)."""

    prompted: ClassVar[bool] = False
    """Whether its prompts are selected and its prompt counter steps (4.1.6)."""
    fillable: ClassVar[bool] = False
    """Whether it is an input item (2.1.2.1)."""
    initial: ClassVar[bool] = False
    """Whether it is set as soon as any input item is (2.3.3)."""

    choices: tuple["Choice", ...] = ()
    """What `<enumerate>` enumerates: the choices of a menu, the options of a field (2.2.4)."""

    def __init__(self, element: Element, number: int) -> None:
        self.element = element
        self.named = element.text("name")
        self.variable = self.named or f"_{element.name}{number + 1}"
        self.prompts = tuple(element.elements("prompt"))
        self.sources: tuple[Grammar | Element, ...] = tuple(element.elements("link"))
        """What listens while it is visited, in document order: grammars, `<grammar>` and `<link>` elements (3.1.4)."""

    def visit(self, place: "Place") -> "Steps[Answer | Filling | None]":
        """Execute the item: Appendix C, collect phase. Returns what came of it; events are raised."""
        raise NotImplementedError


class InputItem(FormItem):
    """An item that input fills: field, record, transfer, object, subdialog."""

    prompted = True
    fillable = True

    def __init__(self, element: Element, number: int) -> None:
        super().__init__(element, number)
        self.slot = element.text("slot") or self.variable
        self.sources = tuple(element.elements("grammar", "link"))


class UnbuiltItem(FormItem):
    """A form item of VoiceXML that this interpreter does not offer: `error.unsupported.NAME` when visited."""

    def __init__(self, element: Element, number: int) -> None:
        super().__init__(element, number)
        self.fillable: bool = Kind.INPUT_ITEM in element.declaration.kinds  # type: ignore[misc]

    def visit(self, place: "Place") -> "Steps[None]":
        """Raise the event."""
        yield from ()
        raise place.unsupported(self.element)


@dataclass(frozen=True, slots=True)
class Filled:
    """A `<filled>` action: 2.4. `item` None: it stands in the form; `items` are those that it watches.

    `watched` are the same, to be looked up.
    """

    element: Element
    item: FormItem | None
    items: tuple[FormItem, ...]
    watched: frozenset[FormItem]
    every: bool


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A choice of a menu and what it listens to (2.2.2). `prompt` and `keys` are what `<enumerate>` says of it."""

    element: Element
    sources: tuple[Grammar | Element, ...]
    prompt: str
    keys: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Dialog:
    """A form or a menu. `initial` is what the initialisation phase does, in document order (2.1.6.1)."""

    element: Element
    id: str | None
    items: tuple[FormItem, ...]
    initial: tuple[Element | FormItem, ...]
    filled: tuple[Filled, ...]
    choices: tuple[Choice, ...] = ()
    named: Mapping[str, FormItem] = field(init=False)

    def __post_init__(self) -> None:
        # The first of a name counts.
        named = {item.named: item for item in reversed(self.items) if item.named is not None}
        object.__setattr__(self, "named", MappingProxyType(named))

    def item(self, name: str) -> FormItem | None:
        """The form item of that name."""
        return self.named.get(name)


def compile_dialog(element: Element) -> Dialog:
    """The dialog that an element defines. A menu is a form with one item, which is the menu itself (2.2.6)."""
    if element.declaration.item is not None:
        only = element.declaration.item(element, 0)
        return Dialog(element, element.text("id"), (only,), (only,), (), only.choices)
    initial: list[Element | FormItem] = []
    made: dict[Element, FormItem] = {}
    for child in element.elements():
        kinds = child.declaration.kinds
        if not kinds.isdisjoint(FORM_ITEMS):
            maker = child.declaration.item or UnbuiltItem
            made[child] = maker(child, len(made))
            initial.append(made[child])
        elif Kind.INITIALIZER in kinds:
            initial.append(child)
    items = tuple(made.values())
    return Dialog(element, element.text("id"), items, tuple(initial), tuple(_filled(element, made, items)))


def _filled(form: Element, made: dict[Element, FormItem], items: tuple[FormItem, ...]) -> list[Filled]:
    inputs = tuple(item for item in items if item.fillable)
    every_input = frozenset(inputs)
    named = {item.named: item for item in inputs}
    actions: list[Filled] = []
    for child in form.elements():
        if child.name == "filled":
            names = child.names("namelist")
            watched = inputs if names is None else tuple(named[name] for name in names)
            known = every_input if names is None else frozenset(watched)
            actions.append(Filled(child, None, watched, known, child.text("mode") != "any"))
        elif child in made:
            item = made[child]
            alone = frozenset((item,))
            actions.extend(Filled(action, item, (item,), alone, every=True) for action in child.elements("filled"))
    return actions
