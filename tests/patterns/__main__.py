"""`python -m tests.patterns`: hold every pattern of the four packages against the checker; exit 1 with those refused."""

import sys

from tests.house.measures import ROOT
from tests.patterns import recording

recording.start()  # before anything below imports the packages

from tests.patterns.report import failing  # noqa: E402
from tests.patterns.source import gathered  # noqa: E402

# What a run recorded of modules that are gone since says nothing.
found = gathered() | {entry for entry in recording.recorded() if (ROOT / entry.file).exists()}
lines = failing(found)
print("\n".join(lines))
print(f"{len({e[:4] for e in found})} patterns, {len({line.splitlines()[-1] for line in lines})} not linear by form")
sys.exit(bool(lines))
