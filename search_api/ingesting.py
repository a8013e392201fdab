"""Ingest of many files: parsed in parallel processes, put one by one, reported file by file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import LibraryBusyError, LibraryUnavailableError, SvodError
from corpus.library import Library, Put
from ingest.listing import required
from ingest.pipeline import parse_file
from search_api.console import say

_DONE = {
    Put.STORED: "загружен",
    Put.REPLACED: "заменён",
    Put.UNCHANGED: "без изменений",
    Put.DUPLICATE: "уже есть под другим именем",
}


@dataclass(slots=True)
class Report:
    """What became of each file."""

    files: list[dict[str, Any]] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """Count the files that could not be stored."""
        return sum(f["status"] == "failed" for f in self.files)

    def shape(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"files": self.files, "failed": self.failed}


def ingest_paths(library: Library, paths: Sequence[Path], *, timings: bool = False) -> Report:
    """Parse and put every file; a bad file is reported and the rest go on."""
    del timings
    report = Report()
    for path, name in required(paths):
        try:
            outcome = library.put(parse_file(path, name))
        except (LibraryBusyError, LibraryUnavailableError):
            raise
        except SvodError as error:
            say(str(error))
            report.files.append({"source": name, "status": "failed", "message": str(error)})
            continue
        say(f"{name}: {_DONE[outcome.put]}, документов: {len(outcome.documents)}")
        report.files.append({"source": name, "status": str(outcome.put), "documents": list(outcome.documents)})
    return report
