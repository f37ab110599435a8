"""Whatever goes wrong under /api/ is said as a problem, never as a page."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from narvaro.web.api.problems import PROBLEM_TYPE, Problem, not_found

UNREADABLE = ("Not understood", "The request cannot be read.", "Correct it; see the description.")
TOO_LARGE = ("Too large", "Nothing is sent here: addresses are only read.", "Send no body.")
FAULT = ("A fault of ours", "It has been noted.", "Try again later; tell operations if it lasts.")


class ProblemsOnly:
    """Turns the pages of errors from anywhere in the application into problems."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        is_page = answer.status_code >= 400 and answer.get("Content-Type") != PROBLEM_TYPE
        if is_page and request.path_info.startswith("/api/"):
            problem = _problem(answer.status_code)
            answer.content = json.dumps(problem.body(request.path)).encode()
            answer["Content-Type"] = PROBLEM_TYPE
            add_never_cache_headers(answer)
        return answer


def _problem(status: int) -> Problem:
    if status == 404:
        return not_found()
    words = TOO_LARGE if status == 413 else UNREADABLE if status < 500 else FAULT
    return Problem(status, *words)
