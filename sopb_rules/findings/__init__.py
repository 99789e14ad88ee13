"""What an evaluation found: findings, reports, standing."""
