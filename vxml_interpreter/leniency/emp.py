"""emp-1.0: the element `<emp>` of VoiceXML 1.0 (there 10.1), which SSML calls `<emphasis>`. VoiceXML 2.0, 4.1.1."""

from typing import Final

from lxml import etree

from mirabelle.vxml_interpreter.mending import Leniency, Mending


def mend(node: etree._Element, mending: Mending) -> None:
    """Only the name has changed."""
    mending.tell(LENIENCY.name, node, "VoiceXML 2.0 has no <emp>; write <emphasis>")
    mending.rename(node, "emphasis")


LENIENCY: Final = Leniency(
    name="emp-1.0",
    section="VoiceXML 2.0, 4.1.1",
    accepts="The element `<emp>` of VoiceXML 1.0.",
    makes="`<emphasis>` with the same level.",
    elements=frozenset({"emp"}),
    mend=mend,
)
