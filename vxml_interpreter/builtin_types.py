"""Builtin types: VoiceXML 2.0, Appendix P. Offered so far: digits."""

from collections.abc import Mapping
from dataclasses import dataclass

from mirabelle.vxml_interpreter.designations import Misdesignated, integer
from mirabelle.vxml_interpreter.grammar.digits import ImpossibleLength, digits_grammar
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Mode

_LENGTHS = ("length", "minlength", "maxlength")


@dataclass(frozen=True, slots=True)
class Builtin:
    """The type `digits`, of that many digits. None: at least one, and no upper limit."""

    minlength: int | None
    maxlength: int | None

    def grammars(self) -> tuple[Grammar, ...]:
        """What can be pressed, and what can be said."""
        return tuple(digits_grammar(self.minlength, self.maxlength, mode) for mode in (Mode.DTMF, Mode.VOICE))


class BuiltinFault(ValueError):
    """The parameters of a builtin type contradict each other or are no lengths: error.badfetch."""


def offered(text: str) -> bool:
    """Whether a `type` attribute names a type that is offered, whatever its parameters."""
    return _split(text)[0] == "digits"


def builtin(text: str) -> Builtin | None:
    """The type that a `type` attribute names; None when it is not offered.

    Raises `BuiltinFault`. Parameters that the type does not know are nobody's business.
    """
    if not offered(text):
        return None
    _, parameters = _split(text)
    if "length" in parameters and ("minlength" in parameters or "maxlength" in parameters):
        raise BuiltinFault('"length" excludes "minlength" and "maxlength"')
    try:
        lengths = {key: integer(value) for key, value in parameters.items() if key in _LENGTHS}
        length = lengths.get("length")
        found = Builtin(lengths.get("minlength", length), lengths.get("maxlength", length))
        found.grammars()
    except (Misdesignated, ImpossibleLength) as error:
        raise BuiltinFault(str(error)) from error
    return found


def builtin_fault(text: str) -> str | None:
    """What is wrong with the parameters of a type."""
    try:
        builtin(text)
    except BuiltinFault as fault:
        return str(fault)
    return None


def _split(text: str) -> tuple[str, Mapping[str, str]]:
    name, _, query = text.strip().partition("?")
    pairs = (pair.partition("=") for pair in query.replace("&", ";").split(";") if pair)
    return name, {key.strip(): value.strip() for key, _, value in pairs}
