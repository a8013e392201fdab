"""Citations found in a text."""
