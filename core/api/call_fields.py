"""From the fields of queuecall to the call that is asked for (contract, sections 2 and 4). Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from mirabelle.core.api.fields import Fields
from mirabelle.core.api.natural_time import EXAMPLES, BadTime, parse_time
from mirabelle.core.api.phone_numbers import BadNumber, NumberPlan, PhoneNumber, parse_number
from mirabelle.core.api.time_zones import is_time_zone
from mirabelle.core.fetching.urls import SCHEMES, BadUrl, parse_url
from mirabelle.core.types import Account, CalleeDetection, CallRequest

_DETECTION = {"0": CalleeDetection.OFF, "1": CalleeDetection.ASYNC} | {each.value: each for each in CalleeDetection}
# The last second of the year 9999: what is later is most likely in milliseconds.
_LAST_TIMESTAMP = 253_402_300_799


@dataclass(frozen=True, slots=True)
class Reading:
    """For whom the fields are read, and when. The functions are those of `ApiServices`."""

    account: Account
    now: float
    dials: Callable[[str], bool]
    objects_to: Callable[[str], str | None]
    fetches: Callable[[str], bool]
    delivers: Callable[[str], bool]


def read_call(fields: Fields, reading: Reading) -> CallRequest:
    """The call that the fields ask for. Raises `Refused` with every problem of every field."""
    account = reading.account
    number = _phone_number(fields, reading)
    start_url = _url(fields, "start_url", reading.fetches) if fields.required("start_url") else None
    result_url = _url(fields, "result_url", reading.delivers)
    not_before_at, expires_at = _window(fields, reading)
    request = CallRequest(
        account=account.login,
        phone_number=fields.get("phone_number") or "",
        destination=number.destination if number else "",
        start_url=start_url or "",
        caller_id=number.caller_id if number else None,
        post_dial=number.post_dial if number else None,
        result_url=result_url,
        message_reference=fields.get("message_reference") or "",
        call_parameters=fields.get("call_parameters") or "",
        campaign_parameters=fields.get("campaign_parameters") or "",
        max_retries=fields.whole_number("max_retries", 0, 0, 10),
        retry_interval=fields.whole_number("retry_interval", 600, 60, 172_800),
        not_before_at=not_before_at,
        expires_at=expires_at,
        callee_detection=fields.read("callee_detection", _detection, account.callee_detection),
        max_ring_time=fields.whole_number("max_ring_time", 30, 5, 120),
        time_zone=fields.read("time_zone", _time_zone, None),
    )
    fields.refuse()
    return request


def is_probed(url: str | None) -> bool:
    """Whether a URL of a call is one that can be asked beforehand."""
    return url is not None and _scheme(url) in SCHEMES


def _phone_number(fields: Fields, reading: Reading) -> PhoneNumber | None:
    sent = fields.required("phone_number")
    if sent is None:
        return None
    try:
        number = parse_number(sent, NumberPlan(reading.account.region, reading.account.strict_numbers, reading.dials))
        if reason := reading.objects_to(number.destination):
            raise BadNumber(sent, reason)
    except BadNumber as error:
        fields.object("phone_number", str(error))
        return None
    return number


def _url(fields: Fields, name: str, claims: Callable[[str], bool]) -> str | None:
    def read(text: str) -> str:
        scheme = _scheme(text)
        if scheme in SCHEMES or not claims(scheme):
            try:
                parse_url(text)
            except BadUrl as error:
                raise ValueError(f"is not an http(s) URL: {error}") from None
        return text

    return fields.read(name, read, None)


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower()


def _window(fields: Fields, reading: Reading) -> tuple[float, float | None]:
    """When the window opens, never before now, and when it closes."""
    opens = _instant(fields, "scheduled", reading)
    closes = _instant(fields, "expiration", reading)
    starts = max(reading.now, opens or 0.0)
    if closes is not None and closes <= starts:
        after = "now" if starts == reading.now else "the scheduled time"
        fields.object(_given(fields, "expiration"), f"is not after {after}: the call could never be dialled")
    return starts, closes


def _given(fields: Fields, which: str) -> str:
    return f"{which}_time" if fields.get(f"{which}_time") else f"{which}_timestamp"


def _instant(fields: Fields, which: str, reading: Reading) -> float | None:
    """What the timestamp or the natural time of that name says; None when neither does."""
    timestamp, natural = f"{which}_timestamp", f"{which}_time"
    if fields.get(timestamp) and fields.get(natural):
        fields.object(natural, f"and {timestamp} are both given: send one of them")
        return None
    hint = " (UNIX time in seconds)"
    seconds = fields.whole_number(timestamp, 0, 0, _LAST_TIMESTAMP, hint)
    return fields.read(natural, lambda text: _natural(text, reading), float(seconds) if seconds else None)


def _natural(text: str, reading: Reading) -> float:
    try:
        return parse_time(text, reading.now, reading.account.time_zone)
    except BadTime as error:
        raise ValueError(f"is not a time: {error}. Examples: {EXAMPLES}") from None


def _detection(text: str) -> CalleeDetection:
    try:
        return _DETECTION[text.lower()]
    except KeyError:
        raise ValueError("is not one of off, async, sync, beep, 0, 1") from None


def _time_zone(text: str) -> str | None:
    if not is_time_zone(text):
        raise ValueError("is not an IANA time zone such as America/New_York")
    return text
