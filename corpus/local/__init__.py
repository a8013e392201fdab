"""A library in a folder: SQLite holds the truth, tantivy an index derived from it."""
