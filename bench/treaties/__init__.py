"""A public benchmark: judged queries over invented agreements (README.md)."""
