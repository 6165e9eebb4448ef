"""Where rehearsed dialogues get their documents: files, folders that stand for URLs, and real servers."""

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException, parse_headers
from io import BytesIO
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from mirabelle.core.dialog import FetchResource
from mirabelle.core.fetching.cache import HttpCache
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.fetching import Answer, FetchError, OutgoingRequest
from mirabelle.core.talking.resources import MAX_BYTES, full_url, outgoing
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import FetchRequest, Purpose
from mirabelle.vxml_interpreter.designations import Misdesignated, seconds

# Whose answers are kept: nobody else plays in a rehearsal.
ACCOUNT: Final = "rehearsal"
# What a .http file says of the time that its server takes to answer.
TAKES: Final = "x-takes"
_TYPES: Final = {
    ".vxml": "application/voicexml+xml",
    ".grxml": "application/srgs+xml",
    ".gram": "application/srgs",
    ".js": "text/javascript",
    ".wav": "audio/x-wav",
}


class Answering(Protocol):
    """Answers requests to some URLs without a server."""

    @property
    def prefix(self) -> str:
        """With what those URLs begin: of several, the one with the longest is asked first."""

    def answer(self, request: FetchRequest) -> Fetched | None:
        """The answer; None: the URL is not one of them."""


@dataclass(frozen=True, slots=True)
class OneFile:
    """A URL, with any query, that is answered with a file."""

    prefix: str
    path: Path

    def answer(self, request: FetchRequest) -> Fetched | None:
        """The file."""
        if request.url.partition("?")[0] != self.prefix:
            return None
        found = read_below(self.path.parent, self.path.name)
        return _missing(request) if found is None else _parsed(full_url(request), *found)


@dataclass(frozen=True, slots=True)
class Mapped:
    """URLs that begin with `prefix` are answered from `folder`."""

    prefix: str
    folder: Path

    def answer(self, request: FetchRequest) -> Fetched | None:
        """The answer to a request below the prefix; None: it is not below it.

        For `order?drink=tea`, the file of that whole name, with `.http` or `.vxml` added or as it is, else `order`.
        A POST is looked for with its fields as the query first. 404 when there is no such file in the folder.
        """
        if not self.covers(request.url):
            return None
        for name in _names(request, self.prefix):
            found = read_below(self.folder, name)
            if found is not None:
                return _parsed(full_url(request), *found)
        return _missing(request)

    def covers(self, url: str) -> bool:
        """Whether this URL is below the prefix: at a border of its path."""
        rest = url.removeprefix(self.prefix)
        return rest != url and (self.prefix.endswith("/") or rest[:1] in ("", "/", "?"))


def _missing(request: FetchRequest) -> Fetched:
    return Fetched(full_url(request), 404, {"content-type": "text/plain"}, b"there is no such file")


def _names(request: FetchRequest, prefix: str) -> list[str]:
    asked = FetchRequest(request.url, fields=request.fields)
    wholes = dict.fromkeys((full_url(asked), request.url))
    names = [unquote(whole.removeprefix(prefix)).lstrip("/") for whole in wholes]
    names += [name.partition("?")[0] for name in names if "?" in name]
    return [f"{name}{suffix}" for name in dict.fromkeys(names) for suffix in (".http", "", ".vxml")]


def read_below(folder: Path, name: str) -> tuple[Path, bytes] | None:
    """A file in a folder or below it. None: there is none, or the name leads out of the folder."""
    root = folder.resolve()
    try:
        path = (root / name).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            return None
        return path, _bytes(path)
    except (OSError, ValueError):
        return None


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _parsed(url: str, path: Path, body: bytes) -> Fetched:
    if path.suffix != ".http":
        return Fetched(url, 200, {"content-type": content_type(path)}, body)
    head, _, rest = body.replace(b"\r\n", b"\n").partition(b"\n\n")
    status, _, fields = head.partition(b"\n")
    words = status.decode("latin-1").split()
    code = next((word for word in words if word.isdigit()), "")
    try:
        headers = parse_headers(BytesIO(fields + b"\n\n"))
    except HTTPException:
        code = ""
    if not 100 <= int(code or 0) <= 599:
        return Fetched(url, 500, {"content-type": "text/plain"}, f"{path.name}: no status line".encode())
    return Fetched(url, int(code), {name.lower(): value for name, value in headers.items()}, rest)


def content_type(path: Path) -> str:
    """The media type that a file's name tells."""
    return _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


class Sources:
    """Fetches for a rehearsal: mapped URLs, files, and what is left from `web`.

    Answers of the former are kept in `cache` as those of servers are, and take as long on the `clock` as they say.

    `file:` is for local dialogues: closed once a document has come from elsewhere, so that no server's script can read
    what is on this machine.
    """

    def __init__(
        self,
        mapped: Sequence[Answering],
        web: FetchResource,
        cache: HttpCache | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._mapped = sorted(mapped, key=lambda each: -len(each.prefix))
        self._web = web
        self._cache = cache
        self._clock = clock
        self._foreign: str | None = None

    async def __call__(self, request: FetchRequest) -> Fetched | FetchFailed:
        """What came back, whatever its status."""
        local = self._local(request)
        if urlsplit(request.url).scheme.lower() != "file" and request.purpose is Purpose.DOCUMENT:
            self._foreign = self._foreign or request.url
        if isinstance(local, Fetched) and len(local.body) > MAX_BYTES:
            return FetchFailed(f"it has more than {MAX_BYTES} bytes")
        if local is None:
            return await self._web(request)
        return local if isinstance(local, FetchFailed) else await self._served(local, request)

    def sound(self, url: str) -> bytes | None:
        """The bytes of audio at hand; None: it is not where it should be; nothing is asked of servers."""
        local = self._local(FetchRequest(url, Purpose.AUDIO))
        if local is None:
            return b""
        return local.body if isinstance(local, Fetched) and local.status == 200 else None

    async def _served(self, local: Fetched, request: FetchRequest) -> Fetched | FetchFailed:
        """As a server would answer: after its time, and not when an earlier answer still holds."""
        if self._cache is None:
            return local

        async def send(asked: OutgoingRequest) -> Answer:
            await self._taken(local, asked.timeout)
            return Answer(local.status, local.url, local.headers, local.body)

        try:
            answer = await self._cache.answer(outgoing(request, ACCOUNT), send)
        except FetchError as error:
            return FetchFailed(str(error))
        return Fetched(answer.url, answer.status, answer.headers, answer.body, answer.from_cache)

    async def _taken(self, local: Fetched, limit: float) -> None:
        if self._clock is None or TAKES not in local.headers:
            return
        try:
            takes = seconds(local.headers[TAKES])
        except Misdesignated as error:
            raise FetchError(f"{TAKES}: {error}") from None
        await self._clock.sleep(min(takes, limit))
        if takes > limit:
            raise FetchError(f"{local.url} gave no whole answer within {limit:g} s")

    def _local(self, request: FetchRequest) -> Fetched | FetchFailed | None:
        for mapped in self._mapped:
            if (answer := mapped.answer(request)) is not None:
                return answer
        return self._file(request) if urlsplit(request.url).scheme.lower() == "file" else None

    def _file(self, request: FetchRequest) -> Fetched | FetchFailed:
        if self._foreign is not None:
            return FetchFailed(f"file: is closed, since {self._foreign} came from elsewhere")
        path = Path(url2pathname(urlsplit(request.url).path))
        try:
            return Fetched(request.url, 200, {"content-type": content_type(path)}, _bytes(path))
        except FileNotFoundError:
            return _missing(request)
        except OSError as error:
            return FetchFailed(f"{path} cannot be read: {error.strerror or error}")
