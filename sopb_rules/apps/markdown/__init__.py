"""The report in Markdown, as GitHub shows it."""
