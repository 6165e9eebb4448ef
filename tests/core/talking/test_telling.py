from mirabelle.core.talking.telling import teller
from mirabelle.core.testing.virtual_time import START, VirtualClock, run
from mirabelle.core.types import Event, EventKind


def test_what_is_told_becomes_events_of_the_call_at_their_instants() -> None:
    async def main(clock: VirtualClock) -> list[Event]:
        emitted: list[Event] = []
        tell = teller(emitted.append, clock, 12, 2)
        await clock.sleep(10)
        tell(EventKind.LOG, {"text": "now"})
        tell(EventKind.PROMPT, {"text": "earlier"}, 4)
        return emitted

    assert run(main) == [
        Event(EventKind.LOG, START + 10, 12, 2, {"text": "now"}),
        Event(EventKind.PROMPT, START + 4, 12, 2, {"text": "earlier"}),
    ]
