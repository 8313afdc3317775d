"""A step of the build in a process of its own, beside those that follow."""

import multiprocessing
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Background(Generic[Value]):
    """A step that has begun. A fork begins where this process stands, with all that it has loaded;
    elsewhere than on Linux the step is taken at once, and here.
    """

    def __init__(self, step: Callable[[], Value]):
        self._outcome: tuple[Value | None, BaseException | None] | None = None
        if sys.platform != "linux":
            self._outcome = _taken(step)
            return
        context = multiprocessing.get_context("fork")
        self._answer, sender = context.Pipe(duplex=False)
        self._process = context.Process(target=_take, args=(step, sender), daemon=True)
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            # Python 3.12 warns of threads: those of numpy's algebra know of forks
            self._process.start()
        sender.close()  # the process alone holds it: one that was killed is an end of file

    def result(self) -> Value:
        """Return the step's value or raise its error: of a killed one ValueError, or Ctrl+C."""
        if self._outcome is None:
            try:
                self._outcome = self._answer.recv()
            except EOFError:
                self._process.join()
                if self._process.exitcode == -signal.SIGINT:
                    # an import of another's can have swallowed our own
                    raise KeyboardInterrupt from None
                raise ValueError("a process of this build was ended from outside") from None
        value, error = self._outcome
        if error:
            raise error
        return value  # type: ignore[return-value]  # there is one where there is no error


def _take(step: Callable[[], Value], sender: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C ends it without a word
    with suppress(BrokenPipeError):  # the build has ended without it
        sender.send(_taken(step))


def _taken(step: Callable[[], Value]) -> tuple[Value | None, BaseException | None]:
    try:
        return step(), None
    except Exception as error:
        return None, error
