"""Rules about what a dialogue can never come to, and where it ends unawares: VoiceXML 2.0, 1.5.1, 2.1.6 and 5.3."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from mirabelle.vxml_interpreter.checking.rule import Finding, warning
from mirabelle.vxml_interpreter.checking.subject import Subject, descend, leaves
from mirabelle.vxml_interpreter.checking.transitions import fragment_here
from mirabelle.vxml_interpreter.declarations import FORM_ITEMS, Kind
from mirabelle.vxml_interpreter.tree import Element

_NEVER: Final = frozenset({"false", "0", "null", "undefined", "''", '""'})
_WAYS: Final = ("goto", "submit", "exit", "return", "disconnect", "throw", "link", "choice")


@warning("unreachable-content", "5.3", "Remove it, or move it in front.")
def unreachable_content(subject: Subject) -> Iterator[Finding]:
    """Nothing stands behind an element that leaves."""
    for element in subject.elements:
        left: Element | None = None
        for child in element.elements():
            if child.name in ("elseif", "else"):
                left = None
            elif left is not None and _is_content(child):
                yield child, f"is never executed: the <{left.name}> of line {left.line} leads away"
                break
            elif leaves(child):
                left = child


def _is_content(element: Element) -> bool:
    return element.name == "prompt" or Kind.EXECUTABLE in element.declaration.kinds


@warning("unreachable-item", "2.1.6.2.1", "Remove it, mend its guard, or name it in a goto, clear or assign.")
def unreachable_item(subject: Subject) -> Iterator[Finding]:
    """Every form item can be selected."""
    touched = _touched(subject)
    for form in subject.dialogs:
        left: Element | None = None
        for item in form.of_kind(*FORM_ITEMS):
            name = item.text("name") or ""
            if (item.text("cond") or "").strip() in _NEVER:
                yield item, "is never selected: its condition never holds"
            elif touched is None or name in touched:
                continue
            elif left is not None:
                yield item, f"is never selected: the <block> of line {left.line} always leads away before"
            elif "expr" in item and (item.text("expr") or "").strip() not in ("undefined", "void 0"):
                yield item, "is never selected: it has a value from the start, and nothing clears it"
            if left is None and _always_leaves(item):
                left = item


def _always_leaves(item: Element) -> bool:
    guarded = "cond" in item or "expr" in item
    ways = (child for child in item.elements() if leaves(child) and child.name != "throw")
    return item.name == "block" and not guarded and any("nextitem" not in w and "expritem" not in w for w in ways)


def _touched(subject: Subject) -> frozenset[str] | None:
    """The items that something else lets be selected; None: any could be."""
    names: set[str] = set()
    for element in subject.elements:
        if element.name == "goto":
            if "expritem" in element:
                return None
            names.add(element.text("nextitem") or "")
        elif element.name == "clear":
            if "namelist" not in element:
                return None
            names.update(name.rpartition(".")[2] for name in element.names("namelist") or ())
        elif element.name == "assign":
            names.add((element.text("name") or "").rpartition(".")[2])
        elif element.name == "script":
            return None
    return frozenset(names) - {""}


@warning("unreachable-dialog", "1.5.1", "Lead to it with <goto>, or remove it.")
def unreachable_dialog(subject: Subject) -> Iterator[Finding]:
    """Something leads to every dialog but the first. Other documents may, which are asked elsewhere."""
    for dialog in _unreached(subject):
        yield dialog, "nothing in this document leads to this dialog"


def _unreached(subject: Subject) -> list[Element]:
    if _leads_anywhere(subject.elements):
        return []
    named = {fragment_here(element) for element in subject.elements} - {None}
    return [dialog for dialog in subject.dialogs[1:] if dialog.text("id") not in named and not _listens(dialog)]


def _leads_anywhere(elements: Iterable[Element]) -> bool:
    names = ("goto", "choice", "link", "subdialog")
    return any(element.name in names and ("expr" in element or "srcexpr" in element) for element in elements)


def _listens(dialog: Element) -> bool:
    scopes = [grammar.text("scope") for grammar in dialog.elements("grammar")]
    return dialog.text("scope") == "document" or "document" in scopes


@warning("dead-end", "1.5.1", "End it with <exit/> if that is meant, or lead on with <goto>.")
def dead_end(subject: Subject) -> Iterator[Finding]:
    """A dialog that leads nowhere does not go on with the next one, which nothing else leads to either."""
    unreached = set(_unreached(subject))
    for dialog, following in pairwise(subject.dialogs):
        if following in unreached and not any(element.name in _WAYS for element in descend(dialog)):
            yield dialog, f"does not go on with the dialog of line {following.line}: the whole dialogue ends"


@warning("no-dialogs", "1.5.1", "Add a <form> or a <menu>; an application root document may do without.")
def no_dialogs(subject: Subject) -> Iterator[Finding]:
    """A document has dialogs."""
    if not subject.dialogs:
        yield subject.root, "the document has no dialog"


RULES = (unreachable_content, unreachable_item, unreachable_dialog, dead_end, no_dialogs)
