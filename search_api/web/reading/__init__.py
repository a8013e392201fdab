"""Pages of reading: what a person takes from a document, what is repaired in it."""
