"""Rules about <property>: VoiceXML 2.0, 6.3."""

from collections.abc import Iterator

from mirabelle.vxml_interpreter.checking.rule import Finding, error, warning
from mirabelle.vxml_interpreter.checking.subject import Subject
from mirabelle.vxml_interpreter.designations import Misdesignated
from mirabelle.vxml_interpreter.faults import hint
from mirabelle.vxml_interpreter.properties import PROPERTIES


@error("property-value", "6.3", "Write a value that the property may have.")
def property_value(subject: Subject) -> Iterator[Finding]:
    """Properties of the standard have values of their types."""
    for element in subject.named("property"):
        known = PROPERTIES.get(element.text("name") or "")
        if known is not None and "value" in element:
            try:
                known.parse(element.text("value") or "")
            except Misdesignated as raised:
                yield element, f'property "{element.text("name")}": {raised}'


@warning("unknown-property", "6.3.1", "Mend the name; properties of platforms have names with dots.")
def unknown_property(subject: Subject) -> Iterator[Finding]:
    """A property whose name has no dot is one of the standard."""
    for element in subject.named("property"):
        name = element.text("name") or ""
        if name and name not in PROPERTIES and "." not in name:
            yield element, f'VoiceXML has no property "{name}": it is ignored{hint(name, PROPERTIES)}'


@warning("property-twice", "6.3", "Remove the one in front.")
def property_twice(subject: Subject) -> Iterator[Finding]:
    """A property is set once in one place."""
    for element in subject.elements:
        seen: set[str] = set()
        for child in element.elements("property"):
            name = child.text("name") or ""
            if name in seen:
                yield child, f'the property "{name}" is set here a second time; this one holds'
            seen.add(name)


RULES = (property_value, unknown_property, property_twice)
