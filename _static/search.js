/* Before Sphinx's search runs: nothing is kept in the browser, and no page is fetched where a browser forbids it. */
const SPHINX_HIGHLIGHT_ENABLED = false; // true would store the reader's words in localStorage
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false; // fetch() fails there
addEventListener("DOMContentLoaded", () => document.querySelector(".bd-search-container input")?.focus());
