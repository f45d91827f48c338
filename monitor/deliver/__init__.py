"""Output: messages leave by channels, claimed from the outbox one at a time."""
