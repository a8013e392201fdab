"""Cells of documents by topics: found in one document, kept beside it, read over a whole library."""
