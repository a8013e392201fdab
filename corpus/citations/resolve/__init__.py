"""Citations led to documents and provisions of a library."""
