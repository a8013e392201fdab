"""A file's bytes into repaired text, instruments with provisions, metadata and layers."""
