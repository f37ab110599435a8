"""The words of a referral: what it is for, where it stands, and what can happen to it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferralKind(models.TextChoices):
    """What is asked: help while the pupil stays, or that somebody takes over when the pupil moves."""

    HELP = "help", _("remiss")
    HAND_OVER = "hand_over", _("överlämning")


class State(models.TextChoices):
    """Where a referral stands. Until it is sent the receiver knows nothing of it."""

    PREPARED = "prepared", _("förberedd")
    SENT = "sent", _("skickad")
    SEEN = "seen", _("läst")
    ACCEPTED = "accepted", _("mottagen")
    DECLINED = "declined", _("avböjd")
    IN_PROGRESS = "in_progress", _("pågår")
    DONE = "done", _("klar")
    WITHDRAWN = "withdrawn", _("återtagen")
    REOPENED = "reopened", _("öppnad igen")


class Happening(models.TextChoices):
    """What can happen to a referral, each by one of the two sides."""

    PREPARE = "prepare", _("Förbereddes")
    SEND = "send", _("Skickades")
    SEE = "see", _("Lästes av mottagaren")
    ACCEPT = "accept", _("Togs emot")
    DECLINE = "decline", _("Avböjdes")
    START = "start", _("Arbetet började")
    FINISH = "finish", _("Blev klar")
    WITHDRAW = "withdraw", _("Togs tillbaka")
    REOPEN = "reopen", _("Öppnades igen")
    NOTE = "note", _("Svaret lästes av skolan")
    RENEW = "renew", _("Fick en ny grund")


class Side(models.TextChoices):
    """Which of the two authorities does it."""

    SENDER = "sender", _("avsändaren")
    RECEIVER = "receiver", _("mottagaren")


class WhyDeclined(models.TextChoices):
    """Why a receiver declines. None of them tells whether the pupil is known there."""

    NOT_OURS = "not_ours", _("Frågan hör till någon annan")
    MORE_NEEDED = "more_needed", _("Vi behöver veta mer för att kunna svara")
    NOT_IN_TIME = "not_in_time", _("Vi kan inte inom tiden")
    OTHER = "other", _("Annat, med egna ord")


class WhereTo(models.TextChoices):
    """Where a pupil goes who leaves the authority."""

    SCHOOL = "school", _("Till en skola hos en annan huvudman som finns här")
    ELSEWHERE = "elsewhere", _("Till en skola som inte finns här")
    ABROAD = "abroad", _("Utomlands")
