"""sayas-1.0: the element `<sayas>` of VoiceXML 1.0. SSML parts it into `<say-as>`, `<sub>` and `<phoneme>`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lxml import etree

from mirabelle.vxml_interpreter.mending import Leniency, Mending

# Appendix P of VoiceXML 2.0 gives say-as the types that 1.0 had as classes; for letters it has none.
CLASSES: Mapping[str, str] = MappingProxyType(
    {
        **{name: f"vxml:{name}" for name in ("currency", "date", "digits", "number", "phone", "time")},
        "literal": "characters",
    }
)


def mend(node: etree._Element, mending: Mending) -> None:
    """What is said in place of the content comes first, then how it sounds, then what kind of text it is."""
    given = {name: str(node.attrib.pop(name)) for name in ("sub", "phon", "class") if name in node.attrib}
    name, attributes = _replacement(given)
    mending.tell(LENIENCY.name, node, f"VoiceXML 2.0 has no <sayas>; write {_written(name, attributes)}")
    mending.rename(node, name)
    for key, value in attributes.items():
        node.set(key, value)
    if name == "sub":
        _without_elements(node)


def _replacement(given: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
    if "sub" in given:
        return "sub", {"alias": given["sub"]}
    if "phon" in given:
        return "phoneme", {"ph": given["phon"]}
    if "class" in given:
        return "say-as", {"interpret-as": CLASSES.get(given["class"].strip(), given["class"])}
    # Prosody that asks for nothing leaves its content as it is.
    return "prosody", {}


def _written(name: str, attributes: Mapping[str, str]) -> str:
    return " ".join([f"<{name}", *(f'{key}="{value}"' for key, value in attributes.items())]) + ">"


def _without_elements(node: etree._Element) -> None:
    """The alias is heard in place of whatever was inside."""
    for child in list(node):
        node.remove(child)


LENIENCY: Final = Leniency(
    name="sayas-1.0",
    section="VoiceXML 2.0, 4.1.1",
    accepts="The element `<sayas>` of VoiceXML 1.0.",
    makes=(
        "`<sub alias>` of its `sub`, else `<phoneme ph>` of its `phon`, else `<say-as interpret-as>` of its `class`:"
        " `date` is `vxml:date` and so on, `literal` is `characters`. Without these, its content."
    ),
    elements=frozenset({"sayas"}),
    mend=mend,
)
