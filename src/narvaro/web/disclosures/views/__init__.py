"""The pages of who discloses, and of who is told."""
