"""Maps the sources of a MkDocs build to URLs, for links in options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.structure.files import File, Files


class Sources(Mapping[str, str]):
    """The URL of each file in the site, by the path of its source.

    Of several builds, one for each language, the first one with the file is used.
    """

    def __init__(self, *builds: Files, serving: bool) -> None:
        self._builds = builds
        self._serving = serving

    def __getitem__(self, path: str) -> str:
        for files in self._builds:
            # This also finds files to whose names a plugin adds a language suffix.
            file = files.get_file_from_path(path)
            if file and self._is_built(file):
                return file.url
        raise KeyError(path)

    def __iter__(self) -> Iterator[str]:
        built = [
            file for files in self._builds for file in files if self._is_built(file)
        ]
        built.sort(key=lambda file: not file.is_documentation_page())
        return iter(dict.fromkeys(file.src_uri for file in built))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _is_built(self, file: File) -> bool:
        level = file.inclusion
        return bool(level.is_in_serve() if self._serving else level.is_included())
