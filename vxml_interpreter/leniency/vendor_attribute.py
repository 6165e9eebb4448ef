"""vendor-attribute: an attribute of some platform's own. VoiceXML 2.0, F.3.

What VoiceXML defines for another element is not a vendor's but a mistake, and stays one.
"""

from typing import Final

from lxml import etree

from mirabelle.vxml_interpreter.mending import Leniency, Mending
from mirabelle.vxml_interpreter.nodes import SCHEMA_INSTANCE, attribute_name


def mend(node: etree._Element, mending: Mending) -> None:
    """Leave out what no element of VoiceXML has."""
    keys = node.keys()
    if mending.keys.issuperset(keys):
        return
    for key in map(str, keys):
        if key not in mending.keys and not key.startswith(SCHEMA_INSTANCE):
            name = attribute_name(key)
            del node.attrib[key]
            mending.tell(LENIENCY.name, node, f'VoiceXML defines no attribute "{name[:100]}": it has no effect')


LENIENCY: Final = Leniency(
    name="vendor-attribute",
    section="VoiceXML 2.0, F.3",
    accepts=(
        "An attribute that VoiceXML defines for no element, with or without a namespace, such as other platforms have"
        " of their own. One that VoiceXML defines for other elements only is an error."
    ),
    makes="The element without the attribute.",
    mend=mend,
)
