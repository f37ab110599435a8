"""Meetings of authorities counted beside the pupils flagged, half-year by half-year."""
