"""What somebody had and has no more: not found, but told so, and what they wrote is shown again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

NO_WORDS = frozenset({"csrfmiddlewaretoken", "version", "page"})


class OutOfReach(Http404):
    """Out of scope for somebody who had a part in it: a page says why, in `sentences`, no name."""

    def __init__(self, title: str, *sentences: str) -> None:
        super().__init__(title)
        self.title, self.sentences = title, sentences


def told(request: HttpRequest, lost: OutOfReach) -> HttpResponse:
    """The page, with every sentence that was sent from a form: nothing written is lost."""
    sent = [(name, str(value)) for name, value in request.POST.items() if name not in NO_WORDS]
    context = {
        "lost_title": lost.title,
        "sentences": lost.sentences,
        "written": [value.strip() for _, value in sent if " " in value.strip()],
    }
    return render(request, "accounts/out_of_reach.html", context, status=404)
