from analyzers.repair.edits import Edit, Repaired


def repair(source: str) -> Repaired:
    """Repair a decoded text: every edit explained and reversible."""
    edits: list[Edit] = []
    return Repaired(source, tuple(edits))
