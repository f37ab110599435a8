"""Referrals: what is asked of another authority, its answer, and the hand-over when a pupil moves."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """The app as Django sees it."""

    name = "narvaro.web.referrals"
    label = "referrals"
