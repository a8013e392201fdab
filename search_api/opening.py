from pathlib import Path

from corpus.library import Library


def open_library(where: str) -> Library:
    """Open a library: `http(s)://host:9200/prefix` is Elasticsearch, anything else a folder (made when missing)."""
    if where.startswith(("http://", "https://")):
        from corpus.elastic.library import ElasticLibrary

        url, _, prefix = where.rpartition("/")
        return ElasticLibrary(url, prefix)
    from corpus.local.library import LocalLibrary

    return LocalLibrary(Path(where))
