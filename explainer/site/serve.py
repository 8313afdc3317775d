"""The built site on this machine, as its public server shows it: unknown addresses get
`404.html`.
"""

import errno
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

NOT_FOUND = "404.html"


class _Handler(SimpleHTTPRequestHandler):
    def send_error(self, code, message=None, explain=None):
        """Answer an unknown address with the site's own page, as GitHub Pages does."""
        page = Path(self.directory) / NOT_FOUND
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format, *args):
        """Say nothing of each request."""


def server(site: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of `site` on this machine alone; `serve_forever` starts it. ValueError where
    it cannot be one.
    """
    if not (site / "index.html").is_file():
        raise ValueError(f"{site}: there is no site: run 'make book' first")
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(site)))
    except OverflowError:
        raise ValueError(f"port {port}: is none from 0 to 65535") from None
    except OSError as error:
        why = {errno.EADDRINUSE: "is in use", errno.EACCES: "may not be used"}.get(
            error.errno, error.strerror
        )
        raise ValueError(
            f"port {port}: {why}: choose another, 'make serve PORT=8001' say"
        ) from None
