"""Citations: written, read and resolved."""
