import asyncio
from collections.abc import Callable

import pytest

from mirabelle.core.api.url_probes import ProbeOptions, Unreachable, UrlProbes
from mirabelle.core.interfaces.fetching import Answer, AnswerTooLarge, EgressRefused, FetchError, OutgoingRequest
from mirabelle.core.testing.lending import FetcherInHand
from mirabelle.core.testing.virtual_time import VirtualClock

START, RESULT = "http://app.example/start.php", "http://app.example/result.php"


def answering(status: int = 200, url: str | None = None, **headers: str) -> Callable[[OutgoingRequest], Answer]:
    return lambda request: Answer(status, url or request.url, headers, b"")


def raising(error: FetchError) -> Callable[[OutgoingRequest], Answer]:
    def answer(request: OutgoingRequest) -> Answer:
        raise error

    return answer


def probes(answer: Callable[[OutgoingRequest], Answer]) -> tuple[UrlProbes, FetcherInHand, VirtualClock]:
    fetcher, clock = FetcherInHand(answer), VirtualClock()
    return UrlProbes(fetcher, clock), fetcher, clock


async def test_both_urls_are_asked_with_a_bare_get() -> None:
    prober, fetcher, _ = probes(answering())
    assert await prober.check(START, RESULT) is None
    start, result = fetcher.sent
    assert start == OutgoingRequest(START, timeout=10, max_bytes=1 << 20, max_redirects=5)
    assert result == OutgoingRequest(RESULT, timeout=10, max_bytes=1 << 20, max_redirects=0)


async def test_what_is_not_there_is_not_asked() -> None:
    prober, fetcher, _ = probes(answering())
    assert await prober.check(START, None) is None
    assert await prober.check(None, None) is None
    assert [request.url for request in fetcher.sent] == [START]


async def test_one_url_for_both_is_asked_once_and_without_redirects() -> None:
    prober, fetcher, _ = probes(answering())
    assert await prober.check(START, START) is None
    assert [request.max_redirects for request in fetcher.sent] == [0]


async def test_a_good_answer_is_remembered_for_a_minute() -> None:
    prober, fetcher, clock = probes(answering())
    for _ in range(3):
        await prober.check(START, None)
        clock.advance(19)
    assert len(fetcher.sent) == 1
    clock.advance(3)
    await prober.check(START, None)
    assert len(fetcher.sent) == 2


async def test_a_good_answer_after_redirects_is_none_for_a_result_url() -> None:
    prober, fetcher, _ = probes(answering())
    await prober.check(START, None)
    await prober.check(None, START)
    await prober.check(START, None)
    assert [request.max_redirects for request in fetcher.sent] == [5, 0]


async def test_a_bad_answer_is_not_remembered() -> None:
    prober, fetcher, _ = probes(answering(404))
    await prober.check(START, None)
    await prober.check(START, None)
    assert len(fetcher.sent) == 2


async def test_memory_is_bounded() -> None:
    fetcher = FetcherInHand(answering())
    prober = UrlProbes(fetcher, VirtualClock(), ProbeOptions(remembered=2))
    for number in (1, 2, 3, 3, 1):
        await prober.check(f"http://app.example/{number}", None)
    assert [request.url[-1] for request in fetcher.sent] == ["1", "2", "3", "1"]


async def test_who_asks_at_the_same_time_shares_a_probe() -> None:
    class SlowFetcher(FetcherInHand):
        async def send(self, request: OutgoingRequest, *, call_id: int | None = None) -> Answer:
            await asyncio.sleep(0)
            return await super().send(request, call_id=call_id)

    fetcher = SlowFetcher(answering(500))
    prober = UrlProbes(fetcher, VirtualClock())
    answers = await asyncio.gather(*(prober.check(START, None) for _ in range(20)))
    assert len(fetcher.sent) == 1
    assert set(answers) == {Unreachable(f"{START} answered 500 instead of 200", temporary=True)}


@pytest.mark.parametrize(
    ("status", "temporary"),
    [(201, False), (204, False), (400, False), (404, False), (408, True), (429, True), (500, True), (503, True)],
)
async def test_the_status_is_named(status: int, temporary: bool) -> None:
    prober, _, _ = probes(answering(status))
    assert await prober.check(START, None) == Unreachable(f"{START} answered {status} instead of 200", temporary)


async def test_the_place_of_a_redirected_answer_is_named() -> None:
    prober, _, _ = probes(answering(404, url="http://other.example/"))
    answer = await prober.check(START, None)
    assert answer == Unreachable(f"{START} answered 404 (at http://other.example/) instead of 200", temporary=False)


async def test_a_result_url_must_not_redirect() -> None:
    prober, _, _ = probes(answering(302, location="/elsewhere"))
    answer = await prober.check(None, RESULT)
    reason = f"{RESULT} redirects to /elsewhere, and results are not sent on: give the URL itself"
    assert answer == Unreachable(reason, temporary=False)


@pytest.mark.parametrize(
    ("error", "temporary"),
    [(FetchError("no connection"), True), (AnswerTooLarge("too large"), True), (EgressRefused("not there"), False)],
)
async def test_no_answer_says_why(error: FetchError, temporary: bool) -> None:
    prober, _, _ = probes(raising(error))
    answer = await prober.check(START, None)
    assert answer == Unreachable(f"{START} cannot be reached: {error}", temporary)


@pytest.mark.parametrize(
    ("said", "reason"),
    [(f"{START}: no connection", "no connection"), ("http://other/: no connection", "http://other/: no connection")],
)
async def test_a_url_is_named_once_and_another_hop_beside_it(said: str, reason: str) -> None:
    prober, _, _ = probes(raising(FetchError(said)))
    assert await prober.check(START, None) == Unreachable(f"{START} cannot be reached: {reason}", temporary=True)


async def test_of_two_bad_urls_the_first_is_named() -> None:
    prober, _, _ = probes(lambda request: Answer(404 if request.url == START else 500, request.url, {}, b""))
    answer = await prober.check(START, RESULT)
    assert answer is not None
    assert answer.reason.startswith(START)
