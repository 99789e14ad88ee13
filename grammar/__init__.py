"""The surface of the policy language: ``policy.lark`` is its only definition."""
