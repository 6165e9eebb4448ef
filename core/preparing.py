"""Large documents are compiled in a thread before the interpreter asks for them: no other call waits meanwhile."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final

from mirabelle.core.dialog import FetchResource
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import FetchRequest, Purpose
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.faults import DocumentFault

LARGE: Final = 16_384
"""Bytes from which on a document is compiled in the thread: some 30 ms of compiling."""


class Preparing:
    """Makes what fetches for a call compile large documents into `documents`, one at a time, before it returns."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._thread = ThreadPoolExecutor(1, "documents")

    def behind(self, fetch: FetchResource) -> FetchResource:
        """`fetch`, with that behind it. What is wrong with a document is told when it is used."""

        async def prepared(request: FetchRequest) -> Fetched | FetchFailed:
            reply = await fetch(request)
            if isinstance(reply, Fetched) and request.purpose is Purpose.DOCUMENT and len(reply.body) >= LARGE:
                with suppress(DocumentFault):
                    await asyncio.get_running_loop().run_in_executor(self._thread, self._load(reply))
            return reply

        return prepared

    def _load(self, reply: Fetched) -> Callable[[], object]:
        return lambda: self._documents.load(reply.body, reply.headers.get("content-type", ""))
