"""Files and Python objects become checked states: text → nodes → records, each value checked against the vocabulary."""
