"""Every leniency by its name, in the order of docs/voicexml.md. The settings say which are in force."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from mirabelle.vxml_interpreter.leniency import (
    dtmf,
    emp,
    event_star,
    grammar_type_guessed,
    missing_version,
    no_namespace,
    sayas,
    session_telephone,
    vendor_attribute,
)
from mirabelle.vxml_interpreter.mending import Leniency

_MODULES = (
    no_namespace,
    missing_version,
    dtmf,
    sayas,
    emp,
    event_star,
    vendor_attribute,
    session_telephone,
    grammar_type_guessed,
)
LENIENCIES: Final[Mapping[str, Leniency]] = MappingProxyType(
    {module.LENIENCY.name: module.LENIENCY for module in _MODULES}
)
NAMES: Final = frozenset(LENIENCIES)


def named(names: Iterable[str]) -> tuple[Leniency, ...]:
    """The leniencies of these names, in the order of the page."""
    wanted = set(names)
    return tuple(leniency for name, leniency in LENIENCIES.items() if name in wanted)
