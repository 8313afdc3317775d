"""What is kept from run to run is what would be made now."""

import pytest

from explainer.data.files import kept, kept_files, yaml_of


def never():
    """Make nothing: what is kept should have been taken."""
    pytest.fail("made again")


def test_a_text_is_kept_under_its_key(tmp_path):
    """A drawing or a style sheet of other inputs, or one that is made each time."""
    path = tmp_path / "store/text"
    assert kept(path, "one", lambda: "first\n") == "first\n"
    assert kept(path, "one", never) == "first\n"
    assert kept(path, "two", lambda: "second") == "second"


def test_files_are_kept_under_their_key(tmp_path):
    """A workbook of other rows, one that is made each time, or half an archive taken for a whole."""
    path, files = tmp_path / "store/files.zip", {"data/a.csv": b"a\n", "b": bytes(range(256))}
    assert kept_files(path, "one", lambda: files) == files
    assert kept_files(path, "one", never) == files
    assert kept_files(path, "two", lambda: {"b": b""}) == {"b": b""}
    path.write_bytes(path.read_bytes()[:40])
    assert kept_files(path, "two", lambda: files) == files


def test_yaml_is_read_once_a_text():
    """A changed setting that is not seen."""
    assert yaml_of("a: [1, x]") == {"a": [1, "x"]}
    assert yaml_of("a: 2") == {"a": 2}
