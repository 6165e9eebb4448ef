"""Every rule, by chapter."""

from typing import Final

from mirabelle.vxml_interpreter.checking import (
    events,
    forms,
    grammars,
    prompts,
    properties,
    reaching,
    scripts,
    transitions,
)
from mirabelle.vxml_interpreter.checking.rule import Rule

_MODULES: Final = (forms, grammars, prompts, scripts, events, transitions, reaching, properties)
RULES: Final[tuple[Rule, ...]] = tuple(rule for module in _MODULES for rule in module.RULES)
