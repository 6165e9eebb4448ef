"""<property> values: VoiceXML 2.0, 6.3, and VoiceXML 2.1, 7."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.designations import Misdesignated

PropertyValue = str | bool | int | float | None


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the standard: how its text is read, and the value that holds where nobody sets it."""

    parse: Callable[[str], PropertyValue]
    default: PropertyValue


def _word(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise Misdesignated(f'"{text}" is none of {", ".join(words)}')
        return text

    return parse


def _modes(text: str) -> str:
    modes = text.split()
    if not modes or not set(modes) <= {"dtmf", "voice"}:
        raise Misdesignated(f'"{text}" names input modes other than "dtmf" and "voice"')
    return " ".join(sorted(set(modes)))


def _key(text: str) -> str:
    if text and (len(text) != 1 or text not in "0123456789*#ABCD"):
        raise Misdesignated(f'"{text}" is not a key')
    return text


_HINT = _word("prefetch", "safe")
_TIME = designations.seconds
_FETCHED = ("audio", "document", "grammar", "object", "script", "data")
PROPERTIES: Mapping[str, Property] = {
    "confidencelevel": Property(designations.level, 0.5),
    "sensitivity": Property(designations.level, 0.5),
    "speedvsaccuracy": Property(designations.level, 0.5),
    "completetimeout": Property(_TIME, 0.5),
    "incompletetimeout": Property(_TIME, 1.0),
    "maxspeechtimeout": Property(_TIME, 20.0),
    "interdigittimeout": Property(_TIME, 3.0),
    "termtimeout": Property(_TIME, 0.0),
    "termchar": Property(_key, "#"),
    "bargein": Property(designations.boolean, default=True),
    "bargeintype": Property(_word("speech", "hotword"), "speech"),
    "timeout": Property(_TIME, 5.0),
    **{f"{kind}fetchhint": Property(_HINT, "safe" if kind == "document" else "prefetch") for kind in _FETCHED},
    **{f"{kind}maxage": Property(designations.age, None) for kind in _FETCHED},
    **{f"{kind}maxstale": Property(designations.age, None) for kind in _FETCHED},
    "fetchaudio": Property(str.strip, None),
    "fetchaudiodelay": Property(_TIME, 2.0),
    "fetchaudiominimum": Property(_TIME, 5.0),
    "fetchtimeout": Property(_TIME, 7.0),
    "inputmodes": Property(_modes, "dtmf voice"),
    "universals": Property(str.strip, "none"),
    "maxnbest": Property(designations.count, 1),
    "recordutterance": Property(designations.boolean, default=False),
    "recordutterancetype": Property(str.strip, None),
}


def faults(values: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with these values. Properties that nobody knows are nobody's business (6.3.1)."""
    for name, text in values.items():
        if name in PROPERTIES:
            try:
                PROPERTIES[name].parse(text)
            except Misdesignated as error:
                yield f'property "{name}": {error}'


class Properties:
    """The properties in effect somewhere: `levels`, innermost first, then the platform's own."""

    def __init__(self, levels: Iterable[Mapping[str, str]], platform: Mapping[str, str]) -> None:
        self._levels = [level for level in levels if level]
        self._levels.append(platform)

    def value(self, name: str) -> PropertyValue:
        """The value of a property of the standard. An invalid value was reported where it is declared (`faults`);
        here the next level outwards holds."""
        known = PROPERTIES[name]
        for level in self._levels:
            if name in level:
                try:
                    return known.parse(level[name])
                except Misdesignated:
                    continue
        return known.default

    def number(self, name: str) -> float:
        """The value of a property that is a time or a number."""
        value = self.value(name)
        return float(value) if isinstance(value, int | float) else 0.0
