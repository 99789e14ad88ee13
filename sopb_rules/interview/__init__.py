"""The question to ask next, and interviews made of such questions: no input, no output, no clock."""
