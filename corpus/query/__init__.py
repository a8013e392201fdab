"""The query language: an immutable tree, the grammar that reads it, what it means, and the ranking."""
