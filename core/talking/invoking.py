"""`Invoke`: VoiceXML 2.0, 2.3.5. Objects of plugins, one by each classid."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Final

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.objects import Invocation, ObjectFailed, VxmlObject
from mirabelle.core.observing import written
from mirabelle.core.talking.conversation import Commands, Conversation
from mirabelle.core.talking.means import InvokeObject, Means
from mirabelle.core.talking.options import ObjectOptions
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import Invoked, InvokeFailed
from mirabelle.vxml_interpreter.commands import Invoke
from mirabelle.vxml_interpreter.script import Json

UNSUPPORTED: Final = "error.unsupported.objectname"
NO_RESOURCE: Final = "error.noresource"

Tell = Callable[[EventKind, Mapping[str, object]], None]


async def invoke(talk: Conversation, ask: Invoke, means: Means) -> Commands:
    """Play the prompts, run the object, and answer. A hang-up during either is heard when the object is done."""
    talk.take_what_is_there()
    if ask.prompts and not talk.gone:
        talk.playback.play(ask.prompts, listening=False)
    while talk.playback.playing:
        talk.take(await talk.next())
    invoking = asyncio.ensure_future(means.invoke(ask))
    try:
        while not invoking.done():
            talk.take(await talk.next_unless(invoking))
        answer = invoking.result()
    finally:
        invoking.cancel()
    talk.tell(EventKind.OBJECT, {"classid": ask.classid, "error": _error(answer)})
    return talk.reply(answer)


def _error(answer: Invoked | InvokeFailed) -> str | None:
    return None if isinstance(answer, Invoked) else f"{answer.event}: {answer.message}"


def invoker(
    objects: Mapping[str, VxmlObject], call_id: int, attempt: int, options: ObjectOptions, clock: Clock
) -> InvokeObject:
    """Invokes objects, by classid, for one attempt at a call. What goes wrong becomes an event."""

    async def invoke_object(ask: Invoke) -> Invoked | InvokeFailed:
        found = objects.get(ask.classid)
        if found is None:
            there = ", ".join(sorted(objects)) or "none"
            return InvokeFailed(UNSUPPORTED, f"there is no object {ask.classid[:500]!r}; offered: {there}")
        asked = Invocation(
            call_id,
            attempt,
            ask.classid,
            ask.parameters,
            ask.codebase,
            ask.codetype,
            ask.data,
            ask.type,
            ask.archive,
        )
        try:
            return Invoked(_checked(await _in_time(found, asked, options.timeout, clock), options.largest))
        except ObjectFailed as failed:
            return InvokeFailed(failed.event, failed.message)
        except Exception as error:  # noqa: BLE001 - an object of a plugin may raise anything; the script gets an event
            return InvokeFailed(NO_RESOURCE, f"the object {ask.classid} failed: {written(error)}")

    return invoke_object


async def _in_time(found: VxmlObject, asked: Invocation, seconds: float, clock: Clock) -> Json:
    working = asyncio.ensure_future(found.invoke(asked))
    limit = asyncio.ensure_future(clock.sleep(seconds))
    try:
        await asyncio.wait({working, limit}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ObjectFailed(NO_RESOURCE, f"the object {asked.classid} took longer than {seconds:g} s")
        return working.result()
    finally:
        working.cancel()
        limit.cancel()


def _checked(value: Json, largest: int) -> Json:
    """A copy that is JSON and nothing else: nothing of the plugin's is shared with the script."""
    text = json.dumps(value, allow_nan=False)
    if len(text) > largest:
        raise ValueError(f"its result has {len(text)} characters as JSON; at most {largest} are taken")
    copy: Json = json.loads(text)
    return copy
