"""Large documents and data are read in a thread before the interpreter asks for them: no other call waits meanwhile."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final

from mirabelle.core.dialog import FetchResource
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import FetchRequest, Purpose
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.faults import DocumentFault

LARGE: Final = 16_384
"""Bytes from which on something is read in the thread: some 30 ms for a document, a few for data."""


class Preparing:
    """Makes what fetches for a call read large documents and data into `documents` first, one at a time."""

    def __init__(self, documents: Documents) -> None:
        self._loads: Mapping[Purpose, Callable[[bytes, str], object]] = {
            Purpose.DOCUMENT: documents.load,
            Purpose.DATA: documents.data.load,
        }
        self._thread = ThreadPoolExecutor(1, "documents")

    def behind(self, fetch: FetchResource) -> FetchResource:
        """`fetch`, with that behind it. What is wrong with a document is told when it is used."""

        async def prepared(request: FetchRequest) -> Fetched | FetchFailed:
            reply = await fetch(request)
            load = self._loads.get(request.purpose)
            if load is not None and isinstance(reply, Fetched) and len(reply.body) >= LARGE:
                media_type = reply.headers.get("content-type", "")
                with suppress(DocumentFault):
                    await asyncio.get_running_loop().run_in_executor(self._thread, load, reply.body, media_type)
            return reply

        return prepared
