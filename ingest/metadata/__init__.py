"""What an act says of itself: title, date, place, number, parties, languages, signatures, with evidence."""

from ingest.metadata.reading import read_metadata

__all__ = ["read_metadata"]
