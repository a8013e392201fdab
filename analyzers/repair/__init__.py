"""Repair of damaged text: small ordered rules over one reversible type."""

from analyzers.repair.edits import THETA, Edit, Repaired
from analyzers.repair.ordered import repair

__all__ = ["THETA", "Edit", "Repaired", "repair"]
