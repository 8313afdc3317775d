"""The one HTTP server, as a host of static pages is: gzip, types, caching and `404.html`."""

import errno
import gzip
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

NOT_FOUND = "404.html"
LEVEL = 6  # gzip's default, and that of most hosts
MAX_AGE = 600  # seconds: what GitHub Pages says
# the begin of a type that is worth packing
PACKED = (
    "text/", "application/json", "application/javascript", "application/xml", "image/svg+xml",
)  # fmt: skip
TYPES = {  # not the machine's own list, which differs
    ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".html": "text/html",
    ".svg": "image/svg+xml", ".csv": "text/csv", ".json": "application/json", ".png": "image/png",
    ".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".ico": "image/x-icon",
    ".ipynb": "application/json", ".txt": "text/plain", ".md": "text/plain",
    ".xml": "application/xml", ".pdf": "application/pdf", ".zip": "application/zip",
    ".webmanifest": "application/manifest+json",
}  # fmt: skip


class Handler(SimpleHTTPRequestHandler):
    """Answers as a host of static pages does."""

    protocol_version = "HTTP/1.1"  # connections are kept
    max_age = MAX_AGE

    def do_GET(self) -> None:
        """Answer with a file, packed where the browser and the type allow."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not self.path.partition("?")[0].endswith("/"):
            super().do_GET()  # redirects to the address with a slash
            return
        path = path / "index.html" if path.is_dir() else path
        if path.is_file():
            self.answer(HTTPStatus.OK, path, self.content(path))
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET

    def content(self, path: Path) -> bytes:
        """Return what is sent of a file."""
        return path.read_bytes()

    def answer(self, status: int, path: Path, content: bytes) -> None:
        """Send content of the type of the file `path`."""
        kind = TYPES.get(path.suffix, "application/octet-stream")
        packing = kind.startswith(PACKED)
        headers = {"Content-Type": f"{kind}; charset=utf-8" if packing else kind}
        headers["Cache-Control"] = f"max-age={self.max_age}"
        if packing:
            headers["Vary"] = "Accept-Encoding"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                headers["Content-Encoding"], content = "gzip", _packed(content)
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        # a browser that leaves for the page to which this one redirects does not wait for it
        with suppress(ConnectionError):
            if self.command != "HEAD":
                self.wfile.write(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer an unknown address with the site's own page, as GitHub Pages does."""
        page = Path(self.directory) / NOT_FOUND
        if code == HTTPStatus.NOT_FOUND and page.is_file():
            self.answer(code, page, self.content(page))
        else:
            super().send_error(code, message, explain)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each request."""


def server(site: Path, port: int, handler: type[Handler] = Handler) -> ThreadingHTTPServer:
    """Return a server of `site` on this machine alone. ValueError where it cannot be one."""
    try:
        running = ThreadingHTTPServer(("127.0.0.1", port), partial(handler, directory=str(site)))
    except OverflowError:
        raise ValueError(f"port {port}: is none from 0 to 65535") from None
    except OSError as error:
        known = {errno.EADDRINUSE: "is in use", errno.EACCES: "may not be used"}
        why = f"{known.get(error.errno or 0, error.strerror)}: choose another"
        raise ValueError(f"port {port}: {why}, 'make serve PORT=8001' say") from None
    running.daemon_threads = True
    return running


@contextmanager
def served(site: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """Serve a folder on a free port of this machine. Yields its address without a last slash."""
    with server(site, 0, handler) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{running.server_port}"
        finally:
            running.shutdown()


@lru_cache(maxsize=1 << 10)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, LEVEL, mtime=0)
