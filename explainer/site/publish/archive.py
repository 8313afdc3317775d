"""Archives that are the same bytes twice: sorted names, one date, the same permissions."""

import hashlib
import io
import zipfile

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest of the format: no archive tells when it was made
_MODE = 0o100644 << 16  # a file that its owner writes and everybody reads
_UNIX = 3  # which system the permissions are of: else the one it was made on
SUMS = "SHA256SUMS"


def zipped(files: dict[str, bytes], folder: str) -> bytes:
    """Return a ZIP archive of {path: content}, inside `folder`, with the files' checksums."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted({**files, SUMS: sums(files)}.items()):
            archive.writestr(entry(f"{folder}/{name}"), content)
    return made.getvalue()


def entry(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Return the entry of a file in an archive, which tells neither when nor where it was made."""
    info = zipfile.ZipInfo(name, _DATE)
    info.create_system, info.external_attr, info.compress_type = _UNIX, _MODE, compression
    return info


def sums(files: dict[str, bytes]) -> bytes:
    """Return the files' SHA-256 checksums as `sha256sum --check` reads them, sorted by path."""
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
    ).encode()
