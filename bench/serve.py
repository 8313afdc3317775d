"""A static server that answers as a host of static pages does: gzip, types, lengths, caching;
several at a time.
"""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

LEVEL = 6  # gzip's default, and that of most hosts
MAX_AGE = 600  # seconds: what GitHub Pages says
PACKED = (
    "text/",
    "application/json",
    "application/javascript",
    "application/xml",
    "image/svg+xml",
)  # begin of a type worth packing
TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".csv": "text/csv",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".ipynb": "application/json",
    ".txt": "text/plain",
    ".md": "text/plain",
    ".webmanifest": "application/manifest+json",
}


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept
    extensions_map = {
        "": "application/octet-stream",
        **TYPES,
    }  # not the machine's own list, which differs

    def send_head(self):
        """Send the headers of a file and return its content, packed where the browser and the type
        allow.
        """
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            if not self.path.partition("?")[0].endswith("/"):
                return super().send_head()  # redirects to the address with a slash
            path /= "index.html"
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        kind = self.guess_type(str(path))
        packing = kind.startswith(PACKED)
        packed = packing and "gzip" in self.headers.get("Accept-Encoding", "")
        content = _content(path, path.stat().st_mtime_ns, packed)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if packing else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", f"max-age={MAX_AGE}")
        self.send_header("Last-Modified", self.date_time_string(int(path.stat().st_mtime)))
        if packing:
            self.send_header("Vary", "Accept-Encoding")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        return BytesIO(content)

    def copyfile(self, source, outputfile):
        """Send the content; a browser that leaves for the page to which this one redirects does not
        wait for it.
        """
        with suppress(ConnectionError):
            super().copyfile(source, outputfile)

    def log_message(self, *arguments):
        """Say nothing: the benchmark's output is its table."""


@lru_cache(maxsize=1 << 10)
def _content(path: Path, changed: int, packed: bool) -> bytes:
    content = path.read_bytes()
    return gzip.compress(content, LEVEL, mtime=0) if packed else content


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve the folder `site` on a free port of this machine. Yields the address, without a slash
    at the end.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site))) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
