"""Mail: preview, undo, what was sent."""
