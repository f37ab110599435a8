"""Invented pupils: numbers with the form of personal numbers and a check digit that is wrong."""

from __future__ import annotations


def check_digit(nine: str) -> int:
    """The right check digit of nine digits (Luhn)."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(nine)]
    return -sum(n // 10 + n % 10 for n in doubled) % 10


def number(born: str, serial: int) -> str:
    """Twelve digits that no person has: born as YYYYMMDD, the check digit one too high."""
    eleven = f"{born}{serial:03d}"
    return f"{eleven}{(check_digit(eleven[2:]) + 1) % 10}"


def dashed(twelve: str) -> str:
    return f"{twelve[:8]}-{twelve[8:]}"


def short(twelve: str) -> str:
    return f"{twelve[2:8]}-{twelve[8:]}"
