"""One module a chapter for what is shown as text and tables: `people.named(tables)` belongs to `chapters/people.md`."""
