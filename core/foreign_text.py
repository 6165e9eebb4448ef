"""Texts of others, fit to be stored, sent and shown."""


def storable(text: str) -> str:
    """The text as UTF-8 can hold it.

    ECMAScript strings, and what plugins make of bytes, may contain halves of surrogate pairs. A storage cannot write
    them, and what cannot be written would be tried, dialled or posted for ever.
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def printable(text: str) -> str:
    """The text without power over a terminal: what does not print (escapes, line ends) is spelt out."""
    return text if text.isprintable() else repr(text)[1:-1]
