"""session.telephone: the session variables of VoiceXML 1.0. VoiceXML 2.0 has session.connection: 5.1.4.

The session provides them when this is in force; here their use is told.
"""

import re
from typing import Final

from lxml import etree

from mirabelle.vxml_interpreter.mending import Leniency, Mending

_MESSAGE = "session.telephone is of VoiceXML 1.0; write session.connection.local.uri and session.connection.remote.uri"
_NAMED = re.compile(r"\bsession\s*\.\s*telephone\b")


def mend(node: etree._Element, mending: Mending) -> None:
    """Nothing is changed."""
    if any(_names_it(str(value)) for value in node.values()) or (
        mending.name_of(node) == "script" and _names_it(node.text or "")
    ):
        mending.tell(LENIENCY.name, node, _MESSAGE)


def _names_it(text: str) -> bool:
    return "telephone" in text and _NAMED.search(text) is not None


LENIENCY: Final = Leniency(
    name="session.telephone",
    section="VoiceXML 2.0, 5.1.4",
    accepts="Scripts that use the session variables of VoiceXML 1.0.",
    makes="`session.telephone.ani` is the number that the callee is shown, `session.telephone.dnis` the one dialled.",
    mend=mend,
)
