"""The vocabulary: what the modules of a package of elements declare, gathered once into a value."""

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import TypeVar

from mirabelle.vxml_interpreter import elements
from mirabelle.vxml_interpreter.declarations import Declaration, Vocabulary
from mirabelle.vxml_interpreter.nodes import NAMESPACE

Key = TypeVar("Key")


def scan(package: ModuleType = elements, more: Iterable[Declaration] = ()) -> Vocabulary:
    """The vocabulary of every module's `DECLARATIONS`, and of `more`, which are elements of other namespaces.

    Raises `ValueError` for an element that is declared twice, and for one of `more` that is in VoiceXML's namespace, in
    none, or named like an element of VoiceXML, by whose names documents are interpreted.
    """
    own: dict[str, Declaration] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        for declaration in import_module(f"{package.__name__}.{name}").DECLARATIONS:
            _add(own, declaration.name, declaration)
    foreign: dict[tuple[str, str], Declaration] = {}
    for declaration in more:
        _refuse_confusion(declaration, own)
        _add(foreign, (declaration.namespace, declaration.name), declaration)
    attributes = frozenset(attribute.name for declaration in own.values() for attribute in declaration.attributes)
    return Vocabulary(MappingProxyType(own), MappingProxyType(foreign), attributes)


def _add(found: dict[Key, Declaration], key: Key, declaration: Declaration) -> None:
    if key in found:
        raise ValueError(f"<{declaration.name}> is declared twice")
    found[key] = declaration


def _refuse_confusion(declaration: Declaration, own: dict[str, Declaration]) -> None:
    if declaration.namespace in ("", NAMESPACE):
        raise ValueError(f"<{declaration.name}> needs a namespace of its own: VoiceXML's is not to be added to")
    if declaration.name in own:
        raise ValueError(f"<{declaration.name}> of {declaration.namespace} has the name of an element of VoiceXML")
