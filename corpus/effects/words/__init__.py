"""The words of an act changed: found, replaced, inserted, numbered anew."""
