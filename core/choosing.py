"""Which telephony places a call."""

from collections.abc import Callable, Iterable

from mirabelle.core.interfaces.telephony import TelephonyBackend
from mirabelle.core.types import Call

ChooseBackend = Callable[[Call], TelephonyBackend]


class NoTelephony(Exception):
    """Nothing that is configured can place this call; the message says why."""


def chooser(backends: Iterable[TelephonyBackend], ask: Callable[[Call], str | None]) -> ChooseBackend:
    """How a call gets its telephony: by the name that `ask` gives (the hook `choose_backend`), else the first of the
    backends that dials the scheme of its destination. What it returns raises `NoTelephony`.
    """
    by_name = {backend.name: backend for backend in backends}

    def choose(call: Call) -> TelephonyBackend:
        name = ask(call)
        if name is not None and name not in by_name:
            raise NoTelephony(f"a plugin chose the telephony {name!r}; configured are {', '.join(by_name) or 'none'}")
        scheme = scheme_of(call.request.destination)
        if name is not None and scheme not in by_name[name].schemes:
            raise NoTelephony(f"a plugin chose the telephony {name!r}, but {name} dials no {scheme}: destinations")
        for backend in by_name.values() if name is None else [by_name[name]]:
            if scheme in backend.schemes:
                return backend
        raise NoTelephony(f"no configured telephony dials {scheme}: ({', '.join(by_name) or 'there is none'})")

    return choose


def scheme_of(destination: str) -> str:
    """`tel` for a telephone number, else the scheme of the URI."""
    scheme, colon, _ = destination.partition(":")
    return scheme.lower() if colon else "tel"
