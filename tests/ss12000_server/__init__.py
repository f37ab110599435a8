"""A server that speaks SS 12000 2.1, and, when told to, as real servers do.

Written from the field list of the standard alone. Start it with

    with serve(Deviations(naive_meta_times=True)) as server:
        ...  # server.base_url, server.token_url, server.requests

and ask `truth(server.school, server.deviations)` what an ideal client ends with.
"""

from tests.ss12000_server.deviations import Deviations
from tests.ss12000_server.invented import (
    FIRST_DAY,
    LAST_DAY,
    MUNICIPALITY,
    NEIGHBOUR,
    SCHOOL_A,
    SCHOOL_B,
    School,
    invent,
    key,
)
from tests.ss12000_server.serving import CLIENT_ID, CLIENT_SECRET, STATIC_TOKEN, Server, serve
from tests.ss12000_server.truth import Truth, truth

__all__ = [
    "CLIENT_ID",
    "CLIENT_SECRET",
    "FIRST_DAY",
    "LAST_DAY",
    "MUNICIPALITY",
    "NEIGHBOUR",
    "SCHOOL_A",
    "SCHOOL_B",
    "STATIC_TOKEN",
    "Deviations",
    "School",
    "Server",
    "Truth",
    "invent",
    "key",
    "serve",
    "truth",
]
