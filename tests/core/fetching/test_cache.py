"""The cache between what asks and a server that answers as each test says."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from mirabelle.core.fetching.cache import CacheOptions, HttpCache
from mirabelle.core.interfaces.fetching import Answer, Caching, FetchError, OutgoingRequest

URL = "http://app/a"
ME = Caching("me")


@dataclass
class Stopped:
    """Time that passes when a test says so."""

    seconds: float = 0.0
    midnight: float = 1_780_315_200

    def now(self) -> float:
        return self.midnight + self.seconds

    def monotonic(self) -> float:
        return self.seconds


@dataclass
class Server:
    """Answers with `headers` and a new body each time, or with 304 to who has the current entity tag."""

    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    requests: list[OutgoingRequest] = field(default_factory=list)
    gate: asyncio.Event | None = None
    failure: Exception | None = None

    async def send(self, request: OutgoingRequest) -> Answer:
        self.requests.append(request)
        number = len(self.requests)
        if self.gate is not None:
            await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        tag = self.headers.get("etag")
        if tag is not None and request.headers.get("if-none-match") == tag:
            return Answer(304, request.url, dict(self.headers), b"")
        return Answer(self.status, request.url, dict(self.headers), str(number).encode())


@dataclass
class World:
    time: Stopped = field(default_factory=Stopped)
    server: Server = field(default_factory=Server)
    options: CacheOptions = field(default_factory=CacheOptions)

    def __post_init__(self) -> None:
        self.cache = HttpCache(self.options, self.time)

    async def get(
        self,
        caching: Caching | None = ME,
        url: str = URL,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        request = OutgoingRequest(url, method, dict(headers or {}), caching=caching)
        return await self.cache.answer(request, self.server.send)

    @property
    def asked(self) -> int:
        return len(self.server.requests)


def fresh(seconds: int = 60, **headers: str) -> World:
    return World(server=Server({"cache-control": f"max-age={seconds}", **headers}))


async def test_what_is_fresh_is_not_asked_for_again() -> None:
    world = fresh()
    first = await world.get()
    world.time.seconds = 59
    second = await world.get()
    assert (first.from_cache, second.from_cache, second.body, world.asked) == (False, True, b"1", 1)
    world.time.seconds = 60
    third = await world.get()
    assert (third.from_cache, third.body, world.asked) == (False, b"2", 2)


async def test_maxage_and_maxstale_are_the_requests_own() -> None:
    world = fresh()
    await world.get()
    world.time.seconds = 30
    assert (await world.get(Caching("me", maxage=30))).from_cache
    assert not (await world.get(Caching("me", maxage=29))).from_cache
    world.time.seconds = 100
    assert (await world.get(Caching("me", maxstale=10))).from_cache
    assert not (await world.get(Caching("me", maxstale=9))).from_cache


async def test_a_copy_that_the_server_confirms_is_used_and_is_young_again() -> None:
    world = fresh(etag='"1"')
    await world.get()
    world.time.seconds = 61
    confirmed = await world.get()
    assert (confirmed.status, confirmed.body, confirmed.from_cache) == (200, b"1", False)
    assert world.server.requests[1].headers == {"if-none-match": '"1"'}
    world.time.seconds = 120
    again = await world.get()
    assert (again.from_cache, again.headers["age"]) == (True, "59")


async def test_a_copy_that_has_changed_is_replaced() -> None:
    world = fresh(etag='"1"')
    await world.get()
    world.server.headers["etag"] = '"2"'
    world.time.seconds = 61
    assert (await world.get()).body == b"2"
    world.time.seconds = 62
    assert (await world.get()).body == b"2"


async def test_a_304_that_means_another_answer_is_asked_for_again_without_conditions() -> None:
    world = fresh(etag='"1"')
    await world.get()

    async def confused(request: OutgoingRequest) -> Answer:
        world.server.requests.append(request)
        status = 304 if "if-none-match" in request.headers else 200
        return Answer(status, URL, {"etag": '"9"', "cache-control": "max-age=60"}, b"new")

    world.time.seconds = 61
    answer = await world.cache.answer(OutgoingRequest(URL, caching=ME), confused)
    assert (answer.status, answer.body, world.asked) == (200, b"new", 3)
    assert (await world.get()).body == b"new"


async def test_an_answer_without_anything_about_caching_is_asked_for_each_time() -> None:
    world = World()
    assert [(await world.get()).body for _ in range(3)] == [b"1", b"2", b"3"]


async def test_no_store_also_removes_what_was_kept() -> None:
    world = fresh()
    await world.get()
    world.server.headers["cache-control"] = "no-store, max-age=60"
    await world.get(Caching("me", maxage=0))
    assert not (await world.get(Caching("me", maxstale=1_000))).from_cache


@pytest.mark.parametrize(("status", "still_kept"), [(404, False), (410, False), (500, True), (503, True)])
async def test_an_error_takes_the_place_of_what_was_kept_unless_it_is_the_servers(
    status: int, still_kept: bool
) -> None:
    world = fresh()
    await world.get()
    world.server.status, world.server.headers = status, {}
    world.time.seconds = 61
    assert (await world.get()).status == status
    stale = await world.get(Caching("me", maxstale=1_000))
    assert (stale.from_cache, stale.status) == ((True, 200) if still_kept else (False, status))


async def test_accounts_have_caches_of_their_own() -> None:
    world = fresh()
    await world.get()
    assert not (await world.get(Caching("you"))).from_cache
    assert world.asked == 2


async def test_requests_that_do_not_speak_of_caching_pass_through() -> None:
    world = fresh()
    await world.get(None)
    await world.get(None)
    assert not (await world.get()).from_cache
    assert not (await world.get(None)).from_cache


@pytest.mark.parametrize(("status", "kept"), [(200, False), (303, False), (404, True), (500, True)])
async def test_a_post_is_never_answered_nor_kept_and_what_it_changed_is_forgotten(status: int, kept: bool) -> None:
    world = fresh()
    await world.get()
    world.server.status = status
    answers = [await world.get(method="POST") for _ in range(2)]
    assert [answer.body for answer in answers] == [b"2", b"3"]
    world.server.status = 200
    last = await world.get()
    assert (last.from_cache, last.body) == ((True, b"1") if kept else (False, b"4"))


async def test_a_post_of_another_account_changes_nothing() -> None:
    world = fresh()
    await world.get()
    await world.get(Caching("you"), method="POST")
    assert (await world.get()).from_cache


async def test_an_answer_is_for_the_headers_that_it_varies_by() -> None:
    world = fresh(vary="accept-language")
    german = await world.get(headers={"Accept-Language": "de"})
    english = await world.get(headers={"Accept-Language": "en"})
    assert (german.body, english.body) == (b"1", b"2")
    assert (await world.get(headers={"accept-language": "de"})).body == b"1"
    assert (await world.get(headers={"accept-language": "en"})).body == b"2"
    assert world.asked == 2


@pytest.mark.parametrize("name", ["Range", "If-None-Match", "If-Modified-Since"])
async def test_who_brings_conditions_of_their_own_asks_the_server(name: str) -> None:
    world = fresh()
    await world.get()
    assert not (await world.get(headers={name: "x"})).from_cache
    assert (await world.get()).body == b"1"


async def test_what_is_too_large_is_not_kept() -> None:
    world = World(server=Server({"cache-control": "max-age=60"}), options=CacheOptions(largest=0))
    await world.get()
    assert not (await world.get()).from_cache


async def test_without_entries_there_is_no_cache() -> None:
    world = World(server=Server({"cache-control": "max-age=60"}), options=CacheOptions(entries=0))
    await world.get(Caching("me", maxage=7))
    assert not (await world.get(Caching("me", maxage=7))).from_cache
    assert not world.cache.pays("me", URL)


async def test_the_wait_for_an_answer_makes_it_older() -> None:
    world = fresh(age="10")

    async def slow(request: OutgoingRequest) -> Answer:
        world.time.seconds += 5
        return await world.server.send(request)

    await world.cache.answer(OutgoingRequest(URL, caching=ME), slow)
    world.time.seconds = 5 + 44
    assert (await world.get()).headers["age"] == "59"
    world.time.seconds = 5 + 45
    assert not (await world.get()).from_cache


async def test_a_clock_that_is_set_back_makes_nothing_younger() -> None:
    world = fresh()
    await world.get()
    world.time.seconds, world.time.midnight = 61, 0
    assert not (await world.get()).from_cache


def all_at_once(world: World, count: int, caching: Caching = ME) -> list[asyncio.Task[Answer]]:
    return [asyncio.create_task(world.get(caching)) for _ in range(count)]


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_the_same_request_of_many_is_sent_once() -> None:
    world = fresh()
    world.server.gate = asyncio.Event()
    tasks = all_at_once(world, 50)
    await settle()
    assert world.asked == 1
    world.server.gate.set()
    assert [task.body for task in await asyncio.gather(*tasks)] == [b"1"] * 50
    assert world.asked == 1


async def test_what_cannot_be_shared_is_asked_for_by_each_and_the_next_time_nobody_waits() -> None:
    world = World()
    world.server.gate = asyncio.Event()
    first = all_at_once(world, 3)
    await settle()
    assert world.asked == 1
    world.server.gate.set()
    assert sorted(task.body for task in await asyncio.gather(*first)) == [b"1", b"2", b"3"]
    world.server.gate = asyncio.Event()
    second = all_at_once(world, 3)
    await settle()
    assert world.asked == 6
    world.server.gate.set()
    await asyncio.gather(*second)


async def test_who_wants_a_fresh_copy_does_not_wait_for_that_of_others() -> None:
    world = fresh()
    world.server.gate = asyncio.Event()
    tasks = all_at_once(world, 3, Caching("me", maxage=0))
    await settle()
    assert world.asked == 3
    world.server.gate.set()
    await asyncio.gather(*tasks)


async def test_accounts_do_not_share_a_request_either() -> None:
    world = fresh()
    world.server.gate = asyncio.Event()
    tasks = all_at_once(world, 2) + all_at_once(world, 2, Caching("you"))
    await settle()
    assert world.asked == 2
    world.server.gate.set()
    await asyncio.gather(*tasks)


async def test_when_the_one_that_asks_fails_the_others_ask_themselves() -> None:
    world = fresh()
    world.server.gate, world.server.failure = asyncio.Event(), FetchError("no connection")
    tasks = all_at_once(world, 3)
    await settle()
    world.server.gate.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(answer) for answer in answers] == [FetchError] * 3
    world.server.failure = None
    assert (await world.get()).status == 200


async def test_when_the_one_that_asks_is_cancelled_the_others_ask_themselves() -> None:
    world = fresh()
    world.server.gate = asyncio.Event()
    leader, *others = all_at_once(world, 3)
    await settle()
    leader.cancel()
    world.server.gate.set()
    answers = await asyncio.gather(*others)
    assert {answer.status for answer in answers} == {200}
    assert leader.cancelled()


async def test_who_stops_waiting_stops_nobody_else() -> None:
    world = fresh()
    world.server.gate = asyncio.Event()
    leader, impatient, patient = all_at_once(world, 3)
    await settle()
    impatient.cancel()
    await settle()
    world.server.gate.set()
    assert (await leader).body == (await patient).body == b"1"


async def test_asking_ahead_pays_until_an_answer_was_not_fresh() -> None:
    world = World()
    assert world.cache.pays("me", URL)
    await world.get()
    assert not world.cache.pays("me", URL)
    assert world.cache.pays("you", URL)
    world.server.headers["cache-control"] = "max-age=60"
    await world.get()
    assert world.cache.pays("me", URL)


async def test_what_is_remembered_of_useless_answers_is_bounded() -> None:
    world = World()
    for number in range(1_001):
        await world.get(url=f"{URL}{number}")
    assert world.cache.pays("me", f"{URL}0")
    assert not world.cache.pays("me", f"{URL}1")


async def test_many_different_answers_stay_within_the_bounds() -> None:
    world = World(server=Server({"cache-control": "max-age=60"}), options=CacheOptions(entries=3))
    for number in range(10):
        await world.get(url=f"{URL}{number}")
    assert (await world.get(url=f"{URL}9")).from_cache
    assert not (await world.get(url=f"{URL}0")).from_cache
