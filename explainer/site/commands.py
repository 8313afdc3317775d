"""The commands of the site: build, serve. Each imports what it needs when it is called."""

import argparse
import gc
import os
import sys
from functools import partial


def build(options: argparse.Namespace) -> int:
    """Check the data and build the site: 1, and the previous site, where anything is wrong."""
    from explainer.paths import ROOT
    from explainer.site.state import DRAFT, is_current

    gc.disable()  # nearly all that a build makes stays: looking for what does not takes 0.4 s
    if is_current():
        print("Nothing has changed since the last build: _build/html/index.html")
        return 0
    from explainer.data.manifest import published
    from explainer.site.background import Background
    from explainer.site.preflight import verdict

    checked = Background(partial(verdict, ROOT, bool(os.environ.get(DRAFT))))
    from explainer.site.build import build  # beside the check: to load it takes a second

    problems = build(ROOT, checked)
    for line in problems:
        print(line, file=sys.stderr)
    if not problems:
        print(checked.result().summary)
        print(
            f"The book is built: {len(published())} pages, every link and anchor leads somewhere:"
            " _build/html/index.html"
        )
    return 1 if problems else 0


def serve(options: argparse.Namespace) -> int:
    """Show the site on this machine until it is stopped, and build it again after each change:
    1 where the port is in use.
    """
    from explainer.paths import SITE
    from explainer.site import serve, web_server

    with web_server.server(SITE, options.port, serve.Handler) as running:
        address = f"http://127.0.0.1:{running.server_address[1]}/"
        print(f"{address} shows the book and builds it after each change; Ctrl+C stops it")
        sys.stdout.flush()
        serve.builder().start()
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0
