"""Imports js2py's bytecode VM without js2py itself.

`js2py/__init__.py` imports the translator: the code that CVE-2024-28397 is in, and that does not work on
Python 3.12 and later. `js2py.internals` needs none of it. So a module without content stands in for the package
while the VM is imported, and is taken away again: a later, real `import js2py` by somebody else still works.
"""

import importlib
import importlib.util
import sys
import types
import warnings

VERSION = "0.74"
MODULES = ("simplex", "conversions", "operations", "base", "opcodes", "byte_trans")


class EngineMissing(ImportError):
    """js2py is not installed, so that there is nothing to run scripts on."""


def load() -> types.SimpleNamespace:
    """The modules of `js2py.internals` by name. Raises `EngineMissing`."""
    present = sys.modules.get("js2py")
    if present is None:
        sys.modules["js2py"] = _stand_in()
    try:
        with warnings.catch_warnings():
            # js2py and pyjsparser have invalid escape sequences and deprecated imports, which are not ours to mend.
            warnings.simplefilter("ignore")
            return types.SimpleNamespace(
                **{name: importlib.import_module(f"js2py.internals.{name}") for name in MODULES},
                parser=_own_copy("pyjsparser.parser"),
                nodes=importlib.import_module("pyjsparser.std_nodes"),
            )
    finally:
        if present is None:
            del sys.modules["js2py"]


def _own_copy(name: str) -> types.ModuleType:
    """A module of our own that is executed once more: its names can be replaced, and nobody else sees that."""
    found = importlib.util.find_spec(name)
    if found is None or found.loader is None:
        raise EngineMissing(f"{name} is not installed; mend it with: pip install js2py=={VERSION}")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def _stand_in() -> types.ModuleType:
    found = importlib.util.find_spec("js2py")
    if found is None or found.submodule_search_locations is None:
        raise EngineMissing(f"js2py is not installed; mend it with: pip install js2py=={VERSION}")
    module = types.ModuleType("js2py")
    module.__path__ = list(found.submodule_search_locations)
    return module
