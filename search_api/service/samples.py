"""The sample agreements of the package."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

from corpus.library import NOBODY, Library, Origin
from ingest.parsing import Parsing
from search_api.answers.responses import UploadedFile
from search_api.service.intake import Taking, take
from search_api.service.settings import Settings


def sample_files() -> list[Traversable]:
    """Return the sample agreements of the package, in order."""
    folder = files("ingest") / "samples"
    if not folder.is_dir():
        return []
    return sorted((f for f in folder.iterdir() if f.name.endswith((".txt", ".md"))), key=lambda f: f.name)


def take_samples(library: Library, parsing: Parsing, origin: Origin = NOBODY) -> list[UploadedFile]:
    """Store the sample agreements in a library, parsed as uploads are."""
    named = ((f"образцы/{f.name}", BytesIO(f.read_bytes())) for f in sample_files())
    return take(library, named, parsing, Taking(Settings().max_file, origin))
