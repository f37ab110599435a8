"""Scheduled and queued work, without a broker."""
