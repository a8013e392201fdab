"""Tests of effects: instructions, states, editions."""
