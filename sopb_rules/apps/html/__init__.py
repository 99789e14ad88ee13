"""The report as a page for browsers: one file that needs nothing else."""
