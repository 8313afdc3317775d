"""What a listener needs of a PDF and Chromium leaves out: author, names of links, roles."""

from io import BytesIO
from typing import Any

from explainer.site.document import render
from explainer.site.publish.citation import Work

# Roles of PDF 2.0 that Chromium writes: a reader of today's PDFs is told the nearest of 1.7.
ROLES = {"/Strong": "/Span", "/Em": "/Span", "/Aside": "/Note", "/FENote": "/Note"}


def described(printed: bytes, book: Work, called: dict[str, str]) -> bytes:
    """Return a PDF with XMP, a description of each link by where it leads, a map of roles."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(printed)))
    writer.add_metadata({"/Author": ", ".join(book.authors), "/Producer": "Skia/PDF, pypdf"})
    root = writer.root_object
    about = DecodedStreamObject()
    title = writer.metadata.title if writer.metadata else ""
    about.set_data(render("pdf.xmp", title=title, book=book, lang=root["/Lang"]).encode())
    about.update(
        {NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")}
    )
    root[NameObject("/Metadata")] = writer._add_object(about)
    roles = {NameObject(role): NameObject(known) for role, known in ROLES.items()}
    structure: Any = root["/StructTreeRoot"]
    structure[NameObject("/RoleMap")] = DictionaryObject(roles)
    for page in writer.pages:
        for note in page.get("/Annots") or ():
            link = note.get_object()
            if link["/Subtype"] == "/Link":
                to = str(link.get("/Dest") or link["/A"].get("/URI") or "").lstrip("/")
                link[NameObject("/Contents")] = TextStringObject(called[to])
    with BytesIO() as made:
        writer.write(made)
        return made.getvalue()
