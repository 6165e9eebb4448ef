"""Which variables a document declares: VoiceXML 2.0, 5.1."""

import re
from collections.abc import Iterable

from mirabelle.vxml_interpreter.declarations import FORM_ITEMS
from mirabelle.vxml_interpreter.tree import Element

_DECLARING = re.compile(r"\b(?:var|function)\s+([\w$]+)|,\s*([\w$]+)\s*(?:=|;|,)")
# What the interpreter itself declares somewhere.
_GIVEN = frozenset({"session", "application", "document", "dialog", "_event", "_message", "lastresult$"})


def declared_names(root: Element, elements: Iterable[Element]) -> frozenset[str] | None:
    """Every variable that may be there; None when scripts from elsewhere or a root document may declare others."""
    names = set(_GIVEN)
    if "application" in root:
        return None
    for element in elements:
        if element.name == "script":
            if "src" in element or "srcexpr" in element:
                return None
            names.update(name for found in _DECLARING.findall(element.content()) for name in found if name)
        names.update(_of(element))
    return frozenset(names)


def _of(element: Element) -> Iterable[str]:
    if element.name in ("var", "param", "data"):
        yield element.text("name") or ""
    elif element.name == "foreach":
        yield element.text("item") or ""
    elif not element.declaration.kinds.isdisjoint(FORM_ITEMS):
        name = element.text("name") or ""
        yield from (name, f"{name}$")
