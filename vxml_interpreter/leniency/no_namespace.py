"""no-namespace: the root element designates no namespace at all. VoiceXML 2.0, F.1.

The compiler heeds it, since it has to know the namespace before it looks at any element.
"""

from typing import Final

from mirabelle.vxml_interpreter.mending import Leniency
from mirabelle.vxml_interpreter.nodes import NAMESPACE

MESSAGE: Final = f'no namespace is designated; write xmlns="{NAMESPACE}"'
LENIENCY: Final = Leniency(
    name="no-namespace",
    section="VoiceXML 2.0, F.1",
    accepts="A document whose root element `<vxml>` is in no namespace.",
    makes="Its elements without a namespace are those of VoiceXML.",
    elements=frozenset({"vxml"}),
)
