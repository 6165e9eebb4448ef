"""ResourceFetcher: where documents, scripts, grammars and audio of further URL schemes come from."""

from abc import abstractmethod
from typing import ClassVar

from mirabelle.core.interfaces.component import Component
from mirabelle.core.interfaces.fetching import Answer, OutgoingRequest


class ResourceFetcher(Component):
    """Fetches from URLs of the schemes that it names. `http` and `https` are the platform's own."""

    schemes: ClassVar[frozenset[str]]

    @abstractmethod
    async def send(self, request: OutgoingRequest) -> Answer:
        """Return the answer; raise `FetchError` when there is none."""
