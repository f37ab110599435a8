"""Mail that is queued, previewed, undone, sent and retried."""
