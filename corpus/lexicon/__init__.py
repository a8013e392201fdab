"""Legal Russian, each fact once: dates, durations, states, declension."""
