"""The query language: words, grammar, fields, mending, wording."""
