"""Nodes of a parsed XML document: their names and where they stand."""

from typing import Final

from lxml import etree

NAMESPACE: Final = "http://www.w3.org/2001/vxml"
"""The namespace of VoiceXML: F.1."""

SCHEMA_INSTANCE: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
"""What attributes begin with that only say where the schema is."""

_XML = "{http://www.w3.org/XML/1998/namespace}"


def line_of(node: object) -> int:
    """The line on which a node begins."""
    return int(getattr(node, "sourceline", None) or 1)


def name_of(node: etree._Element) -> tuple[str, str]:
    """An element's namespace, "" for none, and its local name."""
    namespace, _, name = str(node.tag).rpartition("}")
    return namespace.removeprefix("{"), name


def attribute_name(key: str) -> str:
    """An attribute's name as documents write it: those of XML's own namespace with their prefix."""
    return key.replace(_XML, "xml:")


def attribute_key(name: str) -> str:
    """How the parsed XML names an attribute."""
    return name.replace("xml:", _XML)


def is_entity(node: object) -> bool:
    """Whether a node is a reference to an entity, which stays as it is since no document type is loaded."""
    return not isinstance(getattr(node, "tag", None), str)
