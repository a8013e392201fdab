"""The running service: settings, opening, intake, keys."""
