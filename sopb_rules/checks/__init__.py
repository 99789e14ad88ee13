"""Checks beyond errors, one in each module: what is no mistake in the language, and often one in the norm."""
