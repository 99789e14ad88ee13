"""Receipts: saved reports, read again and held against a new evaluation."""
