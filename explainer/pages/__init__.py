"""What is written out as HTML: one module a chapter (`people.named` belongs to
`chapters/people.md`), prose, proof links.

Here belongs what makes HTML of tables and figures; the files of the site belong to `site`.
"""
