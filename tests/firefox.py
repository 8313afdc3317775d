"""A Firefox that a test drives: Debian's own, headless, spoken to in WebDriver BiDi, the W3C's protocol, without a driver."""

import asyncio
import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tornado.websocket import websocket_connect

NAMES = ("firefox-esr", "firefox")
HOW = "install Firefox (Debian: apt-get install firefox-esr), or set FIREFOX_PATH"
KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "Control": "\ue009",
    "Shift": "\ue008",
}
PREFERENCES = {"app.normandy.enabled": False, "app.update.enabled": False}
WAIT = 60  # seconds for an answer: a start on a loaded machine takes ten


def path() -> str | None:
    """Return the path of Firefox on this machine: `FIREFOX_PATH` if set, else the first found by name; None if none."""
    return os.environ.get("FIREFOX_PATH") or next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """One window of Firefox. Each method waits for the browser's answer; RuntimeError with its words where it refuses."""

    def __init__(self, address: str):
        """Connect to the browser that listens at `address` (ws://…), and make its window the one that is driven."""
        self._loop = (
            asyncio.new_event_loop()
        )  # in a thread of its own: Playwright keeps the main one's
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._numbers, self._answers = itertools.count(1), dict[int, asyncio.Future]()
        self._socket = self._run(self._connect(f"{address}/session"))
        self.send("session.new", capabilities={})
        self._window = self.send("browsingContext.getTree")["contexts"][0]["context"]
        self._chrome = self.send("browsingContext.getTree", **{"moz:scope": "chrome"})["contexts"][
            0
        ]["context"]

    def send(self, command: str, **parameters: Any) -> dict[str, Any]:
        """Send a command of WebDriver BiDi and return its result."""
        answer = self._run(self._ask(command, parameters))
        if answer["type"] == "error":
            raise RuntimeError(f"{command}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def goto(self, address: str, width: int = 1280, height: int = 800) -> None:
        """Open a page in a window of this size, in CSS pixels, and wait until it is loaded."""
        self.send(
            "browsingContext.setViewport",
            context=self._window,
            viewport={"width": width, "height": height},
        )
        self.send("browsingContext.navigate", context=self._window, url=address, wait="complete")
        self._evaluate(
            "gBrowser.selectedBrowser.focus()", self._chrome
        )  # a new window has its focus in the address bar

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression of JavaScript in the page, by way of JSON; a promise is waited for."""
        return self._evaluate(expression, self._window)

    def press(self, *keys: str) -> None:
        """Press keys one after another, held down together and then released: `press("Control", "k")`."""
        values = [KEYS.get(key, key) for key in keys]
        actions = [{"type": "keyDown", "value": v} for v in values] + [
            {"type": "keyUp", "value": v} for v in reversed(values)
        ]
        self._perform({"type": "key", "id": "keys", "actions": actions})

    def click(self, selector: str) -> None:
        """Scroll the first element of a selector to the middle of the window and click on its centre."""
        self._point(
            selector, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}
        )

    def hover(self, selector: str) -> None:
        """Scroll the first element of a selector to the middle of the window and put the pointer on its centre."""
        self._point(selector)

    def printed(self) -> bytes:
        """Return the page as a PDF, as Firefox prints it on A4."""
        return b64decode(
            self.send(
                "browsingContext.print", context=self._window, page={"width": 21.0, "height": 29.7}
            )["data"]
        )

    def console(self, address: str) -> list[str]:
        """Return what the browser's console holds about pages at `address`: errors, warnings, breaches of a policy."""
        said = self._evaluate("Services.console.getMessageArray().map(String)", self._chrome)
        return [message for message in said if address in message]

    def close(self) -> None:
        """Close the browser and the connection."""
        self.send("browser.close")
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _evaluate(self, expression: str, window: str) -> Any:
        wrapped = f"(async () => JSON.stringify(await ({expression})) ?? 'null')()"
        answer = self.send(
            "script.evaluate", expression=wrapped, target={"context": window}, awaitPromise=True
        )
        if answer["type"] != "success":
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']['text']}")
        return json.loads(answer["result"]["value"])

    def _point(self, selector: str, *then: dict[str, Any]) -> None:
        x, y = (
            self.evaluate(f"""(e => {{ e.scrollIntoView({{block: 'center', behavior: 'instant'}});
            const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2].map(Math.round); }})(document.querySelector({json.dumps(selector)}))""")
        )
        self._perform(
            {
                "type": "pointer",
                "id": "mouse",
                "actions": [{"type": "pointerMove", "x": x, "y": y}, *then],
            }
        )

    def _perform(self, actions: dict[str, Any]) -> None:
        self.send("input.performActions", context=self._window, actions=[actions])

    def _run(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(WAIT)

    async def _connect(self, address: str) -> Any:
        return await websocket_connect(
            address, on_message_callback=self._answered, max_message_size=1 << 28
        )

    def _answered(self, message: str | bytes | None) -> None:
        answer = json.loads(message) if message else {}
        if waiting := self._answers.pop(answer.get("id"), None):
            waiting.set_result(answer)

    async def _ask(self, command: str, parameters: dict[str, Any]) -> dict[str, Any]:
        number = next(self._numbers)
        answer = self._answers[number] = self._loop.create_future()
        await self._socket.write_message(
            json.dumps({"id": number, "method": command, "params": parameters})
        )
        return await answer


@contextmanager
def opened() -> Iterator[Firefox]:
    """Open a headless Firefox with a profile of its own. ValueError, in one line, where there is none or it does not start."""
    if not (program := path()):
        raise ValueError(f"no Firefox: {HOW}")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        Path(profile, "user.js").write_text(
            "".join(
                f'user_pref("{name}", {json.dumps(value)});\n'
                for name, value in PREFERENCES.items()
            )
        )
        log = Path(profile, "log")
        with log.open(
            "w"
        ) as file:  # a file and not a pipe, which a browser that says much would fill
            process = subprocess.Popen(
                [
                    program,
                    "--headless",
                    "--no-remote",
                    "--profile",
                    profile,
                    "--remote-debugging-port",
                    "0",
                    "--remote-allow-system-access",
                ],
                stdout=file,
                stderr=file,
                stdin=subprocess.DEVNULL,
            )
        try:
            firefox = Firefox(_listening(process, log))
            try:
                yield firefox
            finally:
                firefox.close()
                process.wait(WAIT)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def _listening(process: subprocess.Popen, log: Path) -> str:
    """Return the address at which the browser says that it listens."""
    waited = threading.Event()
    for _ in range(WAIT * 10):
        if address := re.search(r"ws://\S+", log.read_text(errors="replace")):
            return address[0]
        if process.poll() is not None:
            break
        waited.wait(0.1)
    raise ValueError(
        f"Firefox does not start: {(log.read_text(errors='replace').strip().splitlines() or ['without a word'])[-1]}"
    )
