"""Make the built pages light and strict: one style sheet, no unused file, a policy that forbids what is not ours."""

import hashlib
import re
import shutil
from base64 import b64encode
from os.path import normpath, relpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

from explainer.site.icons import drawn
from explainer.site.stylesheet import pruned, rules, vocabulary

SHEET = "_static/site.css"
OWN = {
    "_static/book.css",
    "_static/theme.css",
}  # written for this book and kept whole; the theme's sheets are purged
# Search needs 'self' for its form, its index and its fetches of pages.
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
UNUSED = (
    "_sources",
    ".buildinfo",
    "objects.inv",
)  # what Sphinx writes for itself, and for books that would link here
_LINKED = re.compile(r'[ \t]*<link [^>]*?href="([^"?]+\.css)(?:\?[^"]*)?"[^>]*>\n?')
_LOADED = re.compile(r'<script [^>]*?src="([^"?]+)')
_INLINE = re.compile(r"<script>(.*?)</script>", re.S)
_VERBATIM = re.compile(r"(<(?:pre|textarea|script)\b.*?</(?:pre|textarea|script)>)", re.S)


def lighten(site: Path) -> None:
    """Rewrite the pages of `site` in place: one style sheet, a Content-Security-Policy, no comments, no idle white space.

    A page that stands alone, a chart to embed, has its own small sheet and keeps it: its rules would change every other page.
    Files below `_static` that no page, sheet or script names, itself or by its folder, are removed.
    """
    pages = {
        path: drawn(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts
    }
    alone = {
        path: text
        for path, text in pages.items()
        if (own := _named({path: text}, _LINKED))
        and not any(site / "_static" in sheet.parents for sheet in own)
    }
    for path, text in alone.items():
        path.write_text(page(text), encoding="utf-8")
        del pages[path]
    sheets = _named(pages, _LINKED)
    # The search index is left out: its words are those of the book.
    scripts = [
        path.read_text(encoding="utf-8")
        for path in _named(pages, _LOADED)
        if path.name != "searchindex.js"
    ]
    used = vocabulary(pages.values(), scripts)
    found = [
        rule
        for sheet in sheets
        for rule in rules(
            sheet, site / "_static", None if str(sheet.relative_to(site)) in OWN else used
        )
    ]
    css = "".join(map(str, pruned(found, [*pages.values(), *scripts])))
    (site / SHEET).write_text(css, encoding="utf-8")
    version = hashlib.blake2b(css.encode(), digest_size=4).hexdigest()
    for path, text in pages.items():
        path.write_text(
            page(text, f"{relpath(site / SHEET, path.parent)}?v={version}"), encoding="utf-8"
        )
    _remove_unused(site)


def _named(pages: dict[Path, str], pattern: re.Pattern) -> list[Path]:
    """Return the files that the pages name by `pattern`, in the order of the first page that names them."""
    return [
        Path(name)
        for name in dict.fromkeys(
            normpath(path.parent / name)
            for path, text in pages.items()
            for name in pattern.findall(text)
        )
    ]


def page(text: str, sheet: str = "") -> str:
    """Return a page's HTML with `sheet`, if given, as its one style sheet, the policy first in its head, comments and idle white space gone."""
    if sheet:
        text = _LINKED.sub("", text).replace(
            "</title>", f'</title>\n<link rel="stylesheet" href="{sheet}">', 1
        )
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = "".join(
        part if i % 2 else re.sub(r"\s*\n\s*", "\n", part)
        for i, part in enumerate(_VERBATIM.split(text))
    ).lstrip()
    return text.replace(
        "<head>", f'<head>\n<meta http-equiv="Content-Security-Policy" content="{policy(text)}">', 1
    )


def policy(text: str) -> str:
    """Return the Content-Security-Policy of a page: its site's own files, and its inline scripts by their hashes.

    Source: W3C, "Content Security Policy Level 3", 2.3.1.
    """
    hashes = [
        b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in dict.fromkeys(_INLINE.findall(text))
    ]
    return POLICY.format(scripts=" ".join(["'self'", *(f"'sha256-{value}'" for value in hashes)]))


def _remove_unused(site: Path) -> None:
    static = site / "_static"
    texts = [
        path.read_text(encoding="utf-8")
        for path in [site / SHEET, *site.rglob("*.html")]
        if path == site / SHEET or "_static" not in path.parts
    ]
    wanted = {
        name
        for text in texts
        for name in re.findall(r'(?:href|src)="([^"]+)"|url\("([^"]+)"\)', text)
        for name in name
        if name
    }
    wanted = {
        Path(unquote(urlsplit(name).path)).name for name in wanted if not name.startswith("data:")
    }
    loaded = [path for path in static.rglob("*.js") if path.name in wanted]
    told = "".join(path.read_text(encoding="utf-8") for path in loaded)
    wanted |= set(re.findall(r"""([\w.-]+\.\w+)(?=["'`])""", told))
    folders = set(
        re.findall(r"""["'`/]([\w-]+)/(?=["'`$])""", told)
    )  # a script makes the names of its files in them
    for path in sorted(static.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        elif path.is_file() and path.name not in wanted and path.parent.name not in folders:
            path.unlink()
    for name in UNUSED:
        shutil.rmtree(site / name) if (site / name).is_dir() else (site / name).unlink(
            missing_ok=True
        )
