"""The chapters' roles, and nothing else of what the site adds to Sphinx."""

from explainer.site import sphinx_ext

KEPT = ("add_role", "add_directive", "add_node")


class _Only:
    """Sphinx, deaf to all but the registration of what stands in the text."""

    def __init__(self, app):
        self._app = app

    def connect(self, event: str, function) -> None:
        """Connect what writes out the roles of a page, and nothing else."""
        if event == "doctree-resolved":
            self._app.connect(event, function)

    def __getattr__(self, name: str):
        return getattr(self._app, name) if name in KEPT else lambda *arguments, **options: None


def setup(app) -> dict:
    """Register the roles with Sphinx."""
    sphinx_ext.setup(_Only(app))
    return {"version": "1", "parallel_read_safe": True}
