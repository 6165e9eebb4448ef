"""`Fetch`: something for the script, and what the caller hears meanwhile. VoiceXML 2.0, 6.1.1."""

import asyncio
from collections.abc import Awaitable, Callable

from mirabelle.core.talking import story
from mirabelle.core.talking.conversation import Commands, Conversation
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import Fetch, FetchRequest

FetchResource = Callable[[FetchRequest], Awaitable[Fetched | FetchFailed]]
Fetching = asyncio.Future[Fetched | FetchFailed]


async def fetch(talk: Conversation, ask: Fetch, fetch_resource: FetchResource) -> Commands:
    """Fetch, with the prompts of the ask meanwhile, and answer. A hang-up does not end it (1.5.4)."""
    fetching: Fetching = asyncio.ensure_future(fetch_resource(ask.request))
    try:
        await asyncio.sleep(0)
        if ask.prompts:
            await _taken(talk, fetching, talk.clock.monotonic() + ask.delay)
            if not fetching.done() and not talk.gone:
                await _play(talk, ask, fetching)
        await _taken(talk, fetching)
        talk.tell(EventKind.FETCH, story.fetch(ask.request, fetching.result()))
        return talk.reply(fetching.result())
    finally:
        fetching.cancel()


async def _play(talk: Conversation, ask: Fetch, fetching: Fetching) -> None:
    """6.3.5: until the answer is there, but long enough that the caller knows what it was."""
    began = talk.clock.monotonic()
    talk.playback.play(ask.prompts, listening=False)
    await _taken(talk, fetching)
    while talk.playback.playing and talk.clock.monotonic() < began + ask.minimum:
        talk.take(await talk.next(began + ask.minimum))
        # A leg that ends reports first that nothing plays any more.
        talk.take_what_is_there()
        talk.closed()
    await talk.fall_silent()


async def _taken(talk: Conversation, fetching: Fetching, until: float | None = None) -> None:
    """Keep up with what happens until the answer is there, or until that instant."""
    while not fetching.done() and (until is None or talk.clock.monotonic() < until):
        talk.take(await talk.next_unless(fetching, until))
        # 1.5.4: the fetch stays open; what waits for the caller will not.
        talk.closed()
