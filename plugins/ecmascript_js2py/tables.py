"""Property tables whose entries are made when they are first asked for.

A session has some three hundred built-in functions and uses a dozen. The tables of names are shared; what is made
of them belongs to the session.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mirabelle.plugins.ecmascript_js2py.functions import Method, NativeFunction
from mirabelle.plugins.ecmascript_js2py.internals import hidden
from mirabelle.plugins.ecmascript_js2py.objects import Descriptor

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

Make = Callable[["Space"], Descriptor]
Table = Mapping[str, Method | Make]
NOTHING: Table = {}


class LazyTable(dict[str, Descriptor]):
    """A property table. It behaves as if all entries of `pending` were in it already."""

    __slots__ = ("pending", "space")

    def __init__(self, pending: Table, space: "Space") -> None:
        super().__init__()
        self.pending, self.space = pending, space

    def _make(self, name: str) -> Descriptor:
        entry = self.pending[name]
        made = entry(self.space) if callable(entry) else hidden(NativeFunction(entry, name, self.space))
        dict.__setitem__(self, name, made)
        return made

    def complete(self) -> None:
        """Make all that is still to be made."""
        for name in self.pending:
            if not dict.__contains__(self, name):
                self._make(name)
        self.pending = NOTHING

    def get(self, name: str, default: Any = None) -> Any:
        """The descriptor, made on the spot if need be."""
        found = dict.get(self, name)
        if found is None:
            return self._make(name) if name in self.pending else default
        return found

    def __getitem__(self, name: str) -> Descriptor:
        found: Descriptor | None = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return dict.__contains__(self, name) or name in self.pending

    def __delitem__(self, name: str) -> None:
        self.complete()
        dict.__delitem__(self, name)

    def __iter__(self) -> Iterator[str]:
        self.complete()
        return dict.__iter__(self)

    def __len__(self) -> int:
        self.complete()
        return dict.__len__(self)

    def keys(self) -> Any:
        """All names."""
        self.complete()
        return dict.keys(self)

    def values(self) -> Any:
        """All descriptors."""
        self.complete()
        return dict.values(self)

    def items(self) -> Any:
        """All names with their descriptors."""
        self.complete()
        return dict.items(self)
