"""URIs: ECMAScript 5.1, 15.1.3; and escape and unescape, B.2."""

import re
import string
from typing import TYPE_CHECKING, Final

from mirabelle.plugins.ecmascript_js2py.builtins.strings import make_text
from mirabelle.plugins.ecmascript_js2py.conversions import to_string
from mirabelle.plugins.ecmascript_js2py.functions import Method
from mirabelle.plugins.ecmascript_js2py.internals import JsValue, throw, undefined
from mirabelle.plugins.ecmascript_js2py.tables import Table
from mirabelle.plugins.ecmascript_js2py.texts import units

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.space import Space

ALPHANUMERIC: Final = frozenset(string.ascii_letters + string.digits)
UNRESERVED: Final = ALPHANUMERIC | frozenset("-_.!~*'()")
RESERVED: Final = frozenset(";/?:@&=+$,#")
ESCAPE_KEEPS: Final = ALPHANUMERIC | frozenset("@*_+-./")
OCTETS: Final = re.compile("(?:%[0-9A-Fa-f]{2})+")
UNESCAPED: Final = re.compile("%u([0-9A-Fa-f]{4})|%([0-9A-Fa-f]{2})")


def _spelling(keeps: frozenset[str]) -> list[str]:
    """How each octet is written."""
    return [chr(octet) if chr(octet) in keeps else f"%{octet:02X}" for octet in range(256)]


def _whole_characters(text: str) -> str:
    """The text with surrogate pairs put together."""
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        throw("URIError", "half of a surrogate pair")


def _encode(text: str, spelling: list[str], space: "Space") -> str:
    space.machine.meter.charge(len(text) >> 1)
    octets = _whole_characters(text).encode()
    space.machine.meter.check_string(len(octets))
    return make_text(space, [spelling[octet] for octet in octets])


def _decode(text: str, keeps: frozenset[str], space: "Space") -> str:
    space.machine.meter.charge_text(text)

    def decoded(found: "re.Match[str]") -> str:
        octets = bytes.fromhex(found.group().replace("%", ""))
        try:
            characters = octets.decode()
        except UnicodeDecodeError:
            throw("URIError", "these octets are no UTF-8")
        # Of a reserved character the very spelling stays.
        position = 0
        made = []
        for character in characters:
            length = 3 * len(character.encode())
            made.append(found.group()[position : position + length] if character in keeps else units(character))
            position += length
        return "".join(made)

    if "%" in OCTETS.sub("", text):
        throw("URIError", "a % without two hexadecimal digits")
    return OCTETS.sub(decoded, text)


URI: Final = _spelling(UNRESERVED | RESERVED)
COMPONENT: Final = _spelling(UNRESERVED)


def encode_uri(space: "Space", this: JsValue, value: JsValue = undefined) -> str:
    """15.1.3.3."""
    return _encode(to_string(value), URI, space)


def encode_uri_component(space: "Space", this: JsValue, value: JsValue = undefined) -> str:
    """15.1.3.4."""
    return _encode(to_string(value), COMPONENT, space)


def decode_uri(space: "Space", this: JsValue, value: JsValue = undefined) -> str:
    """15.1.3.1."""
    return _decode(to_string(value), RESERVED, space)


def decode_uri_component(space: "Space", this: JsValue, value: JsValue = undefined) -> str:
    """15.1.3.2."""
    return _decode(to_string(value), frozenset(), space)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"%{code:02X}" if code < 256 else f"%u{code:04X}"


def escape(space: "Space", this: JsValue, value: JsValue = undefined) -> str:
    """B.2.1."""
    text = to_string(value)
    space.machine.meter.charge_text(text)
    return make_text(space, [character if character in ESCAPE_KEEPS else _escaped(character) for character in text])


def unescape(space: "Space", this: JsValue, value: JsValue = undefined) -> str:
    """B.2.2."""
    text = to_string(value)
    space.machine.meter.charge_text(text)
    return UNESCAPED.sub(lambda found: chr(int(found.group(1) or found.group(2), 16)), text)


METHODS: Final[Table] = {
    "encodeURI": Method(encode_uri),
    "encodeURIComponent": Method(encode_uri_component),
    "decodeURI": Method(decode_uri),
    "decodeURIComponent": Method(decode_uri_component),
    "escape": Method(escape),
    "unescape": Method(unescape),
}
