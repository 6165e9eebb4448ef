"""The vocabulary: what the modules of a package of elements declare, gathered once into a value."""

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from types import MappingProxyType, ModuleType

from mirabelle.vxml_interpreter import elements
from mirabelle.vxml_interpreter.declarations import Declaration, Vocabulary


def scan(package: ModuleType = elements, more: Iterable[Declaration] = ()) -> Vocabulary:
    """The vocabulary of every module's `DECLARATIONS`, and of `more`. Two declarations of a name are a ValueError."""
    found: dict[str, Declaration] = {}
    modules = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    for name in modules:
        _add(found, import_module(f"{package.__name__}.{name}").DECLARATIONS)
    _add(found, more)
    return Vocabulary(MappingProxyType(found))


def _add(found: dict[str, Declaration], declarations: Iterable[Declaration]) -> None:
    for declaration in declarations:
        if declaration.name in found:
            raise ValueError(f"<{declaration.name}> is declared twice")
        found[declaration.name] = declaration
