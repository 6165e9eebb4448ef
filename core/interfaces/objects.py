"""VxmlObject: what `<object>` runs (VoiceXML 2.0, 2.3.5)."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from mirabelle.core.interfaces.component import Component
from mirabelle.vxml_interpreter.commands import Parameter
from mirabelle.vxml_interpreter.script import Json


class ObjectFailed(Exception):
    """The object cannot do what it is asked. `event` is thrown in the script: one of the standard's errors, or one of
    the object's own by the reversed name of a domain, such as `error.com.example.payment.refused`.
    """

    def __init__(self, event: str, message: str) -> None:
        super().__init__(message)
        self.event = event
        self.message = message


@dataclass(frozen=True, slots=True)
class Invocation:
    """What a script asks of an object: the element's attributes, URIs resolved, and the call that asks.

    Everything in it comes from a document of somebody else. `parameters` are in document order.
    """

    call_id: int
    attempt: int
    classid: str
    parameters: tuple[Parameter, ...] = ()
    codebase: str = ""
    codetype: str = ""
    data: str = ""
    type: str = ""
    archive: str = ""


class VxmlObject(Component):
    """Serves the classids that it names. May be invoked by many calls at once."""

    classids: ClassVar[frozenset[str]]

    @abstractmethod
    async def invoke(self, invocation: Invocation) -> Json:
        """The value of the form item: JSON. Raises `ObjectFailed`. Cancelled when it takes too long."""
