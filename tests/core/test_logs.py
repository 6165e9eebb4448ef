import io
import json
import logging
from typing import Any

import pytest

from mirabelle.core.config import LogFormat, LogLevel, LogOptions
from mirabelle.core.logs import logging_to, readable
from mirabelle.core.observing import LogSink
from mirabelle.core.types import Event, EventKind

JSON = LogOptions(LogFormat.JSON)
READABLE = LogOptions(LogFormat.READABLE)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_json_line_with_call_and_attempt() -> None:
    stream = io.StringIO()
    with logging_to(JSON, stream) as log:
        LogSink(log)(Event(EventKind.ANSWERED, 12.5, 7, 2, {"text": "two\nlines", "ringing": 3.0}))
    (line,) = lines(stream)
    assert list(line)[:5] == ["time", "level", "event", "call_id", "attempt"]
    assert line.pop("time").endswith("Z")
    assert line == {
        "event": "answered",
        "level": "info",
        "at": 12.5,
        "call_id": 7,
        "attempt": 2,
        "text": "two\nlines",
        "ringing": 3.0,
    }


def test_an_event_is_one_readable_line() -> None:
    stream = io.StringIO()
    with logging_to(READABLE, stream) as log:
        LogSink(log)(Event(EventKind.LOG, 12.5, 7, 2, {"text": "two\nlines"}))
    (line,) = stream.getvalue().splitlines()
    assert line.index("log") < line.index("call_id=7") < line.index("attempt=2") < line.index("text=")
    assert "\\n" in line


HOSTILE = "\x1b[2J\x1b]0;title\x07\x9b31m\u202e\u2028\ud800\r\nfinished"


@pytest.mark.parametrize("options", [JSON, READABLE])
@pytest.mark.parametrize("text", [HOSTILE, HOSTILE.replace("\r\n", "")])
def test_texts_of_others_write_one_line_without_control_characters(options: LogOptions, text: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    with logging_to(options, stream) as log:
        LogSink(log)(Event(EventKind.LOG, 12.5, 7, 2, {"text": text, "nested": {"list": [text]}}))
        logging.getLogger("library").warning("it said %s", text)
    stream.flush()
    written = stream.buffer.getvalue().decode()
    assert written.count("\n") == 2
    assert written.replace("\n", "").isprintable()
    assert "finished" in written


@pytest.mark.parametrize("options", [JSON, READABLE])
def test_the_message_of_an_exception_writes_no_control_characters(options: LogOptions) -> None:
    stream = io.StringIO()
    with logging_to(options, stream) as log:
        try:
            raise ValueError(HOSTILE)
        except ValueError:
            log.exception("it failed")
    assert stream.getvalue().replace("\n", "").isprintable()
    assert "ValueError" in stream.getvalue()


def test_a_json_line_keeps_every_character_of_a_text() -> None:
    stream = io.StringIO()
    with logging_to(JSON, stream) as log:
        LogSink(log)(Event(EventKind.LOG, 12.5, 7, 2, {"text": HOSTILE}))
    assert lines(stream)[0]["text"] == HOSTILE


def test_a_problem_is_a_warning() -> None:
    stream = io.StringIO()
    with logging_to(JSON, stream) as log:
        LogSink(log)(Event(EventKind.PLATFORM, 1.0, data={"problem": "disk full"}))
    assert lines(stream)[0]["level"] == "warning"


@pytest.mark.parametrize("options", [JSON, READABLE])
def test_secrets_do_not_reach_the_log(options: LogOptions) -> None:
    stream = io.StringIO()
    with logging_to(options, stream) as log:
        log.info("login", pin="S3CRET", url="http://h/?pin=S3CRET", fields={"webhook_secret": "S3CRET"})
        logging.getLogger("uvicorn.access").warning('"GET /queuecall.php?pin=%s HTTP/1.1"', "S3CRET")
        try:
            raise ValueError("pin=S3CRET")
        except ValueError:
            log.exception("failed")
    assert "S3CRET" not in stream.getvalue()


def test_what_libraries_log_and_warn_goes_the_same_way() -> None:
    stream = io.StringIO()
    with logging_to(JSON, stream):
        logging.getLogger("uvicorn.error").error("bad %s", "request")
        logging.getLogger("py.warnings").warning("file.py:1: DeprecationWarning: old\n  code()\n")
    assert [line["event"] for line in lines(stream)] == ["bad request", "file.py:1: DeprecationWarning: old code()"]


def test_an_exception_is_one_json_line() -> None:
    stream = io.StringIO()
    with logging_to(JSON, stream):
        try:
            raise ValueError("oh")
        except ValueError:
            logging.getLogger("asyncio").exception("never retrieved")
    (line,) = lines(stream)
    assert "ValueError: oh" in line["exception"]
    assert list(line)[:3] == ["time", "level", "event"]


def test_the_level_is_minded_and_libraries_are_quieter() -> None:
    stream = io.StringIO()
    with logging_to(LogOptions(LogFormat.JSON, LogLevel.WARNING), stream) as log:
        log.info("quiet")
        log.warning("loud")
    with logging_to(JSON, stream):
        logging.getLogger("uvicorn.access").info("GET /")
    assert [line["event"] for line in lines(stream)] == ["loud"]


def test_logging_is_as_before_afterwards() -> None:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    with logging_to(JSON, io.StringIO()):
        assert root.handlers != before[0]
    assert (root.handlers, root.level) == before


def test_auto_is_readable_on_a_terminal_alone() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert readable(LogFormat.AUTO, Terminal())
    assert not readable(LogFormat.AUTO, io.StringIO())
    assert readable(LogFormat.READABLE, io.StringIO())
    assert not readable(LogFormat.JSON, Terminal())
