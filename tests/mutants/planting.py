"""Faults that are planted into the interpreter, to see whether a golden dialogue notices."""

import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Final

FAULTS: Final = Path(__file__).with_name("faults.toml")
CHECKOUT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: in a module, of the interpreter or of another `package` of ours, `find` is replaced by `put`.

    `area` says which part it spoils.
    """

    name: str
    area: str
    module: str
    find: str
    put: str
    package: str = "vxml_interpreter"

    @property
    def full_name(self) -> str:
        """The module as it is imported."""
        return f"mirabelle.{self.package}.{self.module}"

    @property
    def path(self) -> Path:
        """The module's source."""
        return CHECKOUT.joinpath(self.package, *self.module.split(".")).with_suffix(".py")

    def spoil(self, source: str) -> str:
        """The source with the fault. Raises `ValueError` unless there is exactly one place for it."""
        places = source.count(self.find)
        if places != 1:
            raise ValueError(f'{self.name}: "{self.find}" is in {self.module} {places} times; it must be there once')
        return source.replace(self.find, self.put)


def read_faults() -> Sequence[Fault]:
    """All planted faults, in the order of the file."""
    tables = tomllib.loads(FAULTS.read_text("utf-8"))
    return [Fault(name, **table) for name, table in tables.items()]


def plant(fault: Fault) -> None:
    """Have the module imported with the fault. Nothing may have imported it before."""
    finder = _Finder(fault)
    if finder.name in sys.modules:
        raise RuntimeError(f"{finder.name} has been imported already")
    sys.meta_path.insert(0, finder)


class _Finder(MetaPathFinder):
    def __init__(self, fault: Fault) -> None:
        self.name = fault.full_name
        self._fault = fault

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None:
            spec.loader = _Loader(fullname, spec.origin, self._fault)
        return spec


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, fault: Fault) -> None:
        super().__init__(fullname, path)
        self._fault = fault

    def get_code(self, fullname: str) -> CodeType | None:
        # Neither read from nor written to a cache, which would outlive the fault.
        source = Path(self.path).read_text("utf-8")
        return compile(self._fault.spoil(source), self.path, "exec", dont_inherit=True)
