"""Documents that belong together: application root and leaf. VoiceXML 2.0, 1.5.2."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from mirabelle.vxml_interpreter.document import Document
from mirabelle.vxml_interpreter.form import Dialog
from mirabelle.vxml_interpreter.grammar.matching import Grammar
from mirabelle.vxml_interpreter.keeping import Kept
from mirabelle.vxml_interpreter.script import Scope, Value
from mirabelle.vxml_interpreter.tree import Element

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.hearing import Answer


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A fetched document. `name` is the absolute URI asked for, `url` the one that answered, both without fragment."""

    document: Document
    url: str
    name: str

    @property
    def base(self) -> str:
        """What relative references are resolved against."""
        return urljoin(self.url, self.document.element.base)


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A document with its variables: initialised, or being initialised. `grammars` are those it has fetched so far, of
    1 MB in all."""

    source: Source
    scope: Scope
    grammars: Kept[tuple[str, str, str], Grammar] = field(default_factory=lambda: Kept(1_000, 1_000_000))

    @property
    def document(self) -> Document:
        """The compiled document."""
        return self.source.document


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The root document that is always loaded, and the leaf unless the caller is in the root.

    `depth`: how many subdialogs lead here; 0 where none was called (2.3.4).
    """

    root: Loaded
    leaf: Loaded | None = None
    depth: int = 0

    @property
    def active(self) -> Loaded:
        """The document that is being executed."""
        return self.leaf or self.root

    @property
    def documents(self) -> tuple[Loaded, ...]:
        """Leaf, then root."""
        return (self.leaf, self.root) if self.leaf else (self.root,)


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """Where a transition leads. What is `Loaded` keeps its variables, a `Source` is to be initialised.

    `answer` is what the caller said to get there, which is to be processed in that dialog (2.1.6.2.3); `parameters`
    are the values of those of its `<var>`s that the caller of a subdialog gives (2.3.4).
    """

    dialog: Dialog
    root: Source | Loaded
    leaf: Source | Loaded | None = None
    answer: "Answer | None" = None
    parameters: Mapping[Element, Value] = field(default_factory=dict)

    def with_answer(self, answer: "Answer") -> "Target":
        """The same, with that answer."""
        return Target(self.dialog, self.root, self.leaf, answer)


def within_document(context: Context, dialog: Dialog) -> Target:
    """To a dialog of the active document: all variables of documents are kept (5.3.7)."""
    return Target(dialog, context.root, context.leaf)


def anew(context: Context, dialog: Dialog) -> Target:
    """To a dialog of the active document, whose variables and its root's are made once more: a subdialog (1.5.2)."""
    return Target(dialog, context.root.source, context.leaf.source if context.leaf else None)


def leads_to_root(context: Context, url: str) -> bool:
    """Whether a goto, link or choice in a leaf returns to its root, which is neither fetched nor initialised.

    A reference with a query is fetched all the same (6.1.1).
    """
    return context.leaf is not None and url == context.root.source.name and "?" not in url
