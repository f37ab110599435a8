"""The settings a profile may have; the reference of them is printed from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from narvaro.sources.ss12000.profile import RESOURCES, SHORTEST_OVERLAP


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a profile: where it stands, what it may be."""

    section: str
    name: str
    kind: str
    text: str
    words: tuple[str, ...] = ()
    least: int = 0
    most: int = 1_000_000


SETTINGS: Final = (
    Setting("source", "name", "text", "The source's name; keys hold within it."),
    Setting("source", "base_url", "url", "The address that ends before `/persons`."),
    Setting("source", "zone", "zone", "Where the schools are."),
    Setting("source", "naive_times", "zone_or_empty", "The zone of times without an offset."),
    Setting("source", "organisations", "texts", "Organisations wanted, with all below them."),
    Setting("source", "read", "texts", "The resources to read.", words=RESOURCES),
    Setting("source", "page_size", "number", "Records asked for at a time.", least=1),
    Setting("source", "max_pages", "number", "Pages of one list at the most.", least=1),
    Setting("source", "largest_page_mb", "number", "Largest page in megabytes.", least=1),
    Setting(
        "source",
        "repeat_parameters",
        "text",
        "Send the question with the page token; `auto` finds out.",
        words=("auto", "always", "never"),
    ),
    Setting(
        "source",
        "aggregated",
        "text",
        "Read sums by month: where there is no attendance by lesson, always, or never.",
        words=("auto", "always", "never"),
    ),
    Setting(
        "source",
        "tests",
        "text",
        "Whether test activities are lessons.",
        words=("with_attendance", "always", "never"),
    ),
    Setting("source", "reread_weeks", "number", "Weeks read again with every load.", least=1),
    Setting(
        "source",
        "overlap_minutes",
        "number",
        "How far before the last load changes are asked for.",
        least=SHORTEST_OVERLAP,
    ),
    Setting("source", "attempts", "number", "Times a question is asked.", least=1, most=20),
    Setting("source", "timeout_seconds", "number", "How long a server may be silent.", least=1),
    Setting("source", "longest_wait_seconds", "number", "Longest wait that is obeyed.", least=1),
    Setting("source", "allow_http", "yes_no", "Allow an address without TLS."),
    Setting(
        "access",
        "kind",
        "text",
        "How the server is convinced.",
        words=("bearer", "client_credentials", "certificate", "none"),
    ),
    Setting("access", "token_env", "text", "Environment variable that holds the token."),
    Setting("access", "token_file", "text", "File that holds the token."),
    Setting("access", "token_url", "url", "Where tokens are given."),
    Setting("access", "client_id", "text", "The client's name there."),
    Setting("access", "secret_env", "text", "Environment variable that holds its secret."),
    Setting("access", "secret_file", "text", "File that holds its secret."),
    Setting("access", "scope", "text", "Scope asked for."),
    Setting(
        "access",
        "send",
        "text",
        "Where name and secret go: header, form, or first the one and then the other.",
        words=("auto", "basic", "body"),
    ),
    Setting("access", "certificate_file", "text", "Client certificate, PEM."),
    Setting("access", "certificate_key_file", "text", "Its key, PEM."),
)
