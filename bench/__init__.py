"""Measurements: each module prints its figures; RESULTS.md keeps them. Run as `python -m bench.NAME`."""
