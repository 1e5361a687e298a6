"""The addresses of stylesheets, scripts and icons."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Addresses(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Works out the address of a name once: a page may show forty icons, and the next shows them again."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        if name not in self._known:
            self._known[name] = super().url(name, force)
        return self._known[name]
