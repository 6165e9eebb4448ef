"""The run loop: runs frames, suspends between slices of work, unwinds what is thrown.

js2py's own loop recurses through Python for each `try`, `with` and `for`-`in`, and cannot be suspended. This one
keeps those as blocks on the frame, so that only code called back from built-in functions nests.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mirabelle.plugins.ecmascript_js2py.frames import RETURN, Frame
from mirabelle.plugins.ecmascript_js2py.internals import DEFECTS, PRIMITIVES, DefectFound, JsException, JsValue
from mirabelle.plugins.ecmascript_js2py.limits import NATIVE, Limit, Meter, Options
from mirabelle.plugins.ecmascript_js2py.memory import Memory
from mirabelle.vxml_interpreter.script import Work, finish

if TYPE_CHECKING:
    from mirabelle.plugins.ecmascript_js2py.compiling import Unit

# The meter is looked at after this many instructions; small enough that Python has the numbers ready.
QUANTUM = range(1, 257)
# Things that the census looks at while one instruction is run.
SEEN_PER_WORK = 2
# What is thrown takes about as long as this many instructions, for each frame that it goes through.
THROWN = 8


class Machine:
    """Runs the code of one session."""

    def __init__(self, options: Options, memory: Memory) -> None:
        self.options, self.memory = options, memory
        self.meter = Meter(options)
        self.natives = 0
        self.calls = 0
        self.executions: list[Execution] = []

    def renew(self) -> None:
        """A new evaluation starts, with all its limits before it."""
        self.meter = Meter(self.options)
        self.memory.begin()

    @property
    def can_wait(self) -> bool:
        """Whether what runs now can be suspended; what Python code has called back cannot."""
        return not self.executions or self.executions[-1].suspendable

    def enter_native(self, cost: int = NATIVE) -> None:
        """A built-in function is called. The outermost starts with its own small budget of work."""
        if self.natives == 0:
            self.meter.burst = self.options.callback_work
        elif self.natives >= self.options.callback_depth:
            raise Limit("depth of calls from built-in functions")
        self.natives += 1
        self.meter.add(cost)

    def leave_native(self) -> None:
        """It is over."""
        self.natives -= 1

    def run(self, frame: Frame) -> Work[JsValue]:
        """The value of a frame. Raises `JsException` for what no `catch` takes, and `Limit`."""
        return Execution(self, frame, suspendable=True).steps()

    def call_back(self, frame: Frame) -> JsValue:
        """Run a frame to its end from within Python code; that cannot be suspended."""
        self.enter_native()
        try:
            return finish(Execution(self, frame, suspendable=False).steps())
        finally:
            self.leave_native()

    def frames(self) -> Iterator[Frame]:
        """All frames that are being run."""
        for execution in self.executions:
            yield execution.frame
            yield from execution.callers


def note_line(thrown: "JsException", frame: Frame) -> None:
    """Remember where in this frame something was thrown, or where was called what threw; the innermost first."""
    lines: dict[Unit, int | None] = vars(thrown).setdefault("lines", {})
    lines.setdefault(frame.unit, frame.unit.lines[frame.location - 1])


class Execution:
    """One run of the loop."""

    __slots__ = ("callers", "frame", "machine", "meter", "suspendable")

    def __init__(self, machine: Machine, frame: Frame, suspendable: bool) -> None:
        self.machine, self.frame, self.suspendable = machine, frame, suspendable
        self.meter = machine.meter
        self.callers: list[Frame] = []

    def steps(self) -> Work[JsValue]:
        """Yields None between slices of work."""
        machine = self.machine
        machine.executions.append(self)
        try:
            done = False
            while not done:
                done = self._quantum()
                if machine.memory.is_due:
                    yield from self._count_memory()
                if not done and self.suspendable and self.meter.slice <= 0:
                    yield from self._suspend()
            return self.frame.stack.pop()
        finally:
            machine.executions.remove(self)
            machine.calls -= len(self.callers)

    def _count_memory(self) -> Work[None]:
        for seen in self.machine.memory.census([*self.machine.frames()]):
            self.meter.charge_suspendable(seen // SEEN_PER_WORK)
            if self.suspendable and self.meter.slice <= 0:
                yield from self._suspend()

    def _suspend(self) -> Work[None]:
        machine, depth = self.machine, self.machine.calls
        machine.calls = 0
        yield None
        machine.calls, machine.meter = depth, self.meter
        self.meter.slice = self.meter.options.slice

    def _quantum(self) -> bool:
        used = 0
        try:
            # One function, because every call here would cost each instruction of every script.
            frame = self.frame
            evals, location = frame.evals, frame.location
            for used in QUANTUM:  # noqa: B007 - paid for below
                status = evals[location](frame)
                if status is None:
                    location += 1
                elif type(status) is int:
                    location = frame.jump(status) if frame.blocks else status
                elif type(status) is Frame:
                    frame.location = location + 1
                    frame = self._call(frame, status)
                    evals, location = frame.evals, frame.location
                elif status is RETURN:
                    handler = frame.leave() if frame.blocks else None
                    if handler is not None:
                        location = handler
                    elif self.callers:
                        frame = self._return(frame)
                        evals, location = frame.evals, frame.location
                    else:
                        self._finish(frame)
                        return True
                else:
                    location += 1
                    break
            frame.location = location
        except JsException as thrown:
            frame.location = location + 1
            self._unwind(thrown)
        except RecursionError:
            raise Limit("depth of calls") from None
        except MemoryError:
            raise Limit("memory") from None
        except DEFECTS as defect:
            frame.location = location + 1
            self._unwind(DefectFound(defect))
        finally:
            self._pay(used)
        return False

    def _pay(self, used: int) -> None:
        meter, memory = self.meter, self.machine.memory
        if self.suspendable:
            meter.charge_suspendable(used)
            meter.burst = meter.options.callback_work
            memory.mark()
        else:
            meter.charge(used)
            memory.check_hidden()

    def _call(self, caller: Frame, called: Frame) -> Frame:
        machine = self.machine
        self.callers.append(caller)
        machine.calls += 1
        if machine.calls > machine.options.depth:
            raise Limit("depth of calls")
        self.frame = called
        return called

    def _return(self, called: Frame) -> Frame:
        self._finish(called)
        caller = self.frame = self.callers.pop()
        self.machine.calls -= 1
        caller.stack.append(called.stack.pop())
        return caller

    @staticmethod
    def _finish(frame: Frame) -> None:
        if frame.constructed is not None and type(frame.stack[-1]) in PRIMITIVES:
            frame.stack[-1] = frame.constructed

    def _unwind(self, thrown: "JsException") -> None:
        while True:
            self.meter.add(THROWN)
            note_line(thrown, self.frame)
            handler = self.frame.catch(thrown)
            if handler is not None:
                self.frame.location = handler
                return
            if not self.callers:
                raise thrown
            self.frame = self.callers.pop()
            self.machine.calls -= 1
