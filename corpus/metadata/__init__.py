"""Metadata of documents and what a person corrected in them."""
