"""The workflow: pinned actions, least permissions, no secret, and only targets that the Makefile has."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from explainer.paths import ROOT
from explainer.site.publish import book_archive, hosting, notebooks, pdf
from explainer.site.publish.citation import work

FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))
PINNED = re.compile(r"actions/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+(: .*)?")
LEAST = {
    "book": {"contents": "read", "pages": "read"},
    "pythons": {"contents": "read"},
    "rerun": {"contents": "read"},
    "bench": {"contents": "read"},
    "audit": {"contents": "read"},
    "notebooks": {"contents": "write"},
    "publish": {"pages": "write", "id-token": "write"},
    "release": {"contents": "write"},
}
MAKE = re.compile(r"^[^#\n]*?\bmake((?: +[\w./=$-]+)+)", re.M)

files = pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)


def read(path: Path) -> dict:
    """Return a workflow. YAML 1.1 reads its key `on` as true."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def called(text: str) -> set[str]:
    """Return the targets that a shell text calls `make` with."""
    return {
        word
        for words in MAKE.findall(text)
        for word in words.split()
        if re.fullmatch(r"[a-z-]+", word)
    }


@files
def test_every_action_is_pinned(path):
    """An action that its owner can change under our hands: a branch, a tag, a digest without its version."""
    used = re.findall(r"\buses: (.*)", path.read_text(encoding="utf-8"))
    assert used and not [action for action in used if not PINNED.fullmatch(action)]
    assert not [
        bad
        for bad in (
            "actions/checkout@main",
            "actions/checkout@v7",
            f"actions/checkout@{'0' * 40}",
            f"other/action@{'0' * 40}  # v1.0.0",
        )
        if PINNED.fullmatch(bad)
    ]


def test_new_versions_of_the_actions_are_proposed():
    """Digests that nobody raises: the fixes of an action never arrive."""
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text(encoding="utf-8"))
    assert "github-actions" in [each["package-ecosystem"] for each in updates["updates"]]


@files
def test_a_job_may_do_only_what_it_needs(path):
    """A permission that a job does not need, or those of the repository's default; a job without an end."""
    workflow = read(path)
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == LEAST
    assert all(job["timeout-minutes"] <= 90 for job in workflow["jobs"].values())


@files
def test_no_secret(path):
    """A secret besides the automatic token; text of a pull request that a shell would run."""
    text = path.read_text(encoding="utf-8")
    assert "secrets." not in text and "pull_request_target" not in text
    for job in read(path)["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")


@files
def test_only_targets_of_the_makefile_are_called(path):
    """A step that calls a target that was renamed."""
    targets = set(
        re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    )
    scripts = [step.get("run", "") for job in read(path)["jobs"].values() for step in job["steps"]]
    scripts += [
        (ROOT / script).read_text(encoding="utf-8")
        for text in scripts
        for script in re.findall(r"bash (\S+)", text)
    ]
    wanted = set().union(*map(called, scripts))
    assert {"book", "test", "bench"} <= wanted <= targets
    assert called("make book\nif x; then make audit; fi # make coffee") == {"book", "audit"}


def test_publication_waits_for_the_tests():
    """A site or a release that goes out although a test failed, or from a pull request."""
    jobs = read(ROOT / ".github/workflows/book.yml")["jobs"]
    for name in ("publish", "notebooks", "release"):
        assert (
            jobs[name]["needs"] == ["book", "pythons", "rerun"]
            and "github.event_name == 'push'" in jobs[name]["if"]
        )


def test_a_release_holds_what_readers_take():
    """A release without the PDF, the data or the site; a file that no build makes."""
    jobs = read(ROOT / ".github/workflows/book.yml")["jobs"]
    script = next(
        step["run"] for step in jobs["book"]["steps"] if step.get("name") == "What a release holds"
    )
    assert "release/site.zip" in script and "SHA256SUMS" in script
    assert (
        f"_build/html/{pdf.FOLDER}/{pdf.BOOK}.pdf" in script
        and f"_build/html/{notebooks.FOLDER}/{book_archive.NAME}" in script
    )
    assert "_build/html/data/staying-or-leaving-data-${GITHUB_REF_NAME#v}.zip" in script
    assert (ROOT / f"_build/html/data/staying-or-leaving-data-{work().version}.zip").is_file()
    assert (
        re.search(r"^export SITE_PDF=1\b", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.M)
        and pdf.SETTING == "SITE_PDF"
    )


def test_what_is_measured_is_kept_and_what_is_not_fails():
    """A table that hides a failure behind a pipe, or is lost; a figure that stops a publication."""
    jobs = read(ROOT / ".github/workflows/book.yml")["jobs"]
    [measured] = [step for step in jobs["bench"]["steps"] if "make bench" in step.get("run", "")]
    assert measured["shell"] == "bash" and "continue-on-error" not in str(jobs["bench"])
    assert any(
        "upload-artifact" in step.get("uses", "") and "bench.txt" in step["with"]["path"]
        for step in jobs["bench"]["steps"]
    )
    assert not [name for name, job in jobs.items() if "bench" in job.get("needs", [])]


def test_the_downloaded_notebooks_run_again():
    """A download that nobody ran; a branch that Colab opens and the workflow does not write."""
    jobs = read(ROOT / ".github/workflows/book.yml")["jobs"]
    assert [step["run"] for step in jobs["rerun"]["steps"] if "run" in step] == [
        f"tools/rerun.sh downloaded/{book_archive.NAME}"
    ]
    pushed = next(step["run"] for step in jobs["notebooks"]["steps"] if "run" in step)
    assert f"--initial-branch={hosting.NOTEBOOKS}" in pushed and pushed.rstrip().endswith(
        f" {hosting.NOTEBOOKS}"
    )
    told = (ROOT / "tools/rerun.sh").read_text(encoding="utf-8")
    assert "execute" in told and 'exit "$failed"' in told


def test_every_python_is_tested():
    """A Python that README or the package names and nobody ran; one that is run and named nowhere."""
    named = re.search(r"Python 3\.(\d+) to 3\.(\d+)", (ROOT / "README.md").read_text("utf-8"))
    low, high = map(int, named.groups())
    versions = [f"3.{minor}" for minor in range(low, high + 1)]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == f">=3.{low},<3.{high + 1}"
    job = read(ROOT / ".github/workflows/book.yml")["jobs"]["pythons"]
    assert job["strategy"]["matrix"]["python"] == versions
    assert {"run": "make unit"} in job["steps"]
    assert f"for version in {' '.join(versions)}; do" in (ROOT / ".ci/run").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert f"(3, {low}) <= sys.version_info < (3, {high + 1})" in makefile
