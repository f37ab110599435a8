"""Registrations that cannot all be true."""

from narvaro.quality.contradictions.finding import Contradiction, Kind, contradictions

__all__ = ["Contradiction", "Kind", "contradictions"]
