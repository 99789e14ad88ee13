"""The policy sets that come with the package, one folder each."""
