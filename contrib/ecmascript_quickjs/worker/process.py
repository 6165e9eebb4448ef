"""A worker process, from its start to the end of the platform's side of the socket."""

import os
import signal
import socket
import threading
import traceback
from collections import deque
from typing import Final

from mirabelle.contrib.ecmascript_quickjs.worker.confinement import confine
from mirabelle.contrib.ecmascript_quickjs.worker.crew import Channel, Crew
from mirabelle.contrib.ecmascript_quickjs.worker.library import Library
from mirabelle.contrib.ecmascript_quickjs.worker.realm import Interest, Realm, program
from mirabelle.contrib.ecmascript_quickjs.worker.runtime import Guard
from mirabelle.contrib.ecmascript_quickjs.worker.scanner import Refused, Scanner
from mirabelle.contrib.ecmascript_quickjs.worker.urging import offset_of_counter
from mirabelle.contrib.ecmascript_quickjs.worker.wire import Frame, Kind, packed

STACK: Final = 4_194_304
AHEAD: Final = 2


class Session:
    """What a session has been sent and nobody has dealt with yet, and whether a thread is at it."""

    __slots__ = ("busy", "inbox", "interest", "realm")

    def __init__(self) -> None:
        self.interest = Interest()
        self.inbox: deque[Frame] = deque()
        self.realm: Realm | None = None
        self.busy = False


class Supply:
    """Realms. One is always made ahead, beside what else goes on."""

    def __init__(self, library: Library) -> None:
        self.scanner = Scanner(library)
        self._library, self._program, self._guard = library, program(library), Guard(library)
        self._ready: deque[Realm] = deque()
        self._wanted = threading.Semaphore(AHEAD)

    def start(self) -> None:
        """Begin to make them."""
        threading.Thread(target=self._make_ahead, daemon=True).start()

    def take(self) -> Realm:
        """A realm of which nobody has had anything."""
        if not self._ready:
            return self._make()
        self._wanted.release()
        return self._ready.popleft()

    def _make(self) -> Realm:
        return Realm(self._library, self._program, self._guard, self.scanner)

    def _make_ahead(self) -> None:
        while True:
            self._wanted.acquire()
            self._ready.append(self._make())


class Worker:
    """Does what frames ask for."""

    def __init__(self, library: Library, channel: Channel) -> None:
        self._channel = channel
        self._supply = Supply(library)
        self._scanner = self._supply.scanner
        self._sessions: dict[int, Session] = {}
        self._state = threading.Lock()
        self._counter = offset_of_counter(library)
        self._at_work: set[Realm] = set()
        self._crew = Crew(channel, self.take, self._urge)

    def serve(self) -> None:
        """Serve for good."""
        self._supply.start()
        self._channel.send(packed(Kind.REPLY, 0, 0))
        self._crew.serve()

    def take(self, frame: Frame) -> None:
        """Do what it asks for, unless another thread is at its session: that one will."""
        if frame.kind is Kind.CHECK:
            self._reply(frame, self._check(frame.content))
            return
        session = self._sessions.get(frame.session)
        if session is None:
            session = self._sessions[frame.session] = Session()
        # At once, whatever a thread is at: it may be the session's beginning, with the work still to come.
        if frame.kind is Kind.CANCEL:
            session.interest.drop(frame.request)
            return
        if frame.kind is Kind.CLOSE:
            session.interest.end()
        with self._state:
            session.inbox.append(frame)
            if session.busy:
                return
            session.busy = True
        self._empty(session)

    def _empty(self, session: Session) -> None:
        while True:
            with self._state:
                if not session.inbox:
                    session.busy = False
                    return
                frame = session.inbox.popleft()
            self._do(session, frame)

    def _do(self, session: Session, frame: Frame) -> None:
        match frame.kind:
            case Kind.OPEN:
                realm = self._supply.take()
                realm.open(frame.content, session.interest, lambda: self._pause(session))
                session.realm = realm
            case Kind.CLOSE:
                self._close(session, frame)
            case Kind.WORK if session.realm is not None:
                self._reply(frame, self._worked(session.realm, frame))
            case _:
                self._do_short(session, frame)

    def _worked(self, realm: Realm, frame: Frame) -> bytes:
        self._at_work.add(realm)
        try:
            return realm.work(frame.request, frame.content)
        finally:
            self._at_work.discard(realm)

    def _urge(self) -> bool:
        for realm in tuple(self._at_work):
            if self._counter is not None:
                realm.urge(self._counter)
        return bool(self._at_work)

    def _do_short(self, session: Session, frame: Frame) -> None:
        if session.realm is None:
            return
        if frame.kind is Kind.WRITE:
            session.realm.write(frame.content)
        elif frame.kind is Kind.ASK:
            self._reply(frame, session.realm.ask(frame.content))

    def _pause(self, session: Session) -> None:
        """While a script of the session waits: let another thread lead, and do what is short for this session."""
        self._crew.pause()
        while session.inbox and session.inbox[0].kind in (Kind.WRITE, Kind.ASK):
            self._do_short(session, session.inbox.popleft())

    def _close(self, session: Session, frame: Frame) -> None:
        del self._sessions[frame.session]
        if session.realm is not None:
            session.realm.free()
            session.realm = None

    def _check(self, source: bytes) -> bytes:
        try:
            self._scanner.shape(source)
        except Refused as refused:
            return refused.reply + b",[],0]"
        return b'["ok",null,[],0]'

    def _reply(self, frame: Frame, content: bytes) -> None:
        self._channel.send(packed(Kind.REPLY, frame.session, frame.request, content))


def serve(connected: socket.socket, library: str, address_space: int) -> None:
    """Serve until the platform closes its side; never returns."""
    # Whoever stops the platform stops us by that: sessions go on while it lets calls end.
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    threading.stack_size(STACK)
    worker = Worker(Library(library), Channel(connected))
    confine(address_space)
    try:
        worker.serve()
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        # Threads may be in the middle of a script: nothing of them can be wound up.
        os._exit(1)
