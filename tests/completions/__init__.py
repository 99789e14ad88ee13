"""Tests of what may still be stated of a state."""
