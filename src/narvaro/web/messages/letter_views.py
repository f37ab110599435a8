"""Letters to many: each as its receiver will see it, on the page and on paper, and who gets none."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from narvaro.web.accounts.doors import log_reading, page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Kind
from narvaro.web.messages.letter_pages import DeliveryRow, paper_of, row_of
from narvaro.web.messages.letters_to_many import mark_printed
from narvaro.web.messages.models import Letter
from narvaro.web.messages.registry import DRAWERS, OnPaper

MOST = 50


@page("messages.letters")
def letters(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The letters one has made."""
    mine = Letter.objects.visible_to(viewer, "messages.letters")[:MOST]
    return render(request, "messages/letters.html", {"letters": mine})


@page("messages.letter")
def letter(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A letter before it leaves, and after."""
    found = letter_for(viewer, public_id, "messages.letter")
    rows = _rows(viewer, found)
    log_reading(request, {row.delivery.about for row in rows if row.delivery.about})
    going = [one for one in rows if not one.delivery.skipped]
    papers = [one for one in rows if one.delivery.on_paper]
    waiting = found.released_at is not None and found.undone_at is None
    context = {
        "letter": found,
        "going": going,
        "papers": papers,
        "count": len(going) + len(papers),
        "skipped": [one for one in rows if one.delivery.skipped and not one.delivery.on_paper],
        "may_undo": any(one.delivery.mail and one.delivery.mail.may_be_undone() for one in rows),
        "may_withdraw_paper": waiting and any(one.delivery.printed_at is None for one in papers),
        "may_print": waiting and bool(papers),
    }
    return render(request, "messages/letter.html", context)


@page("messages.letter_paper")
def paper(request: HttpRequest, viewer: Viewer, public_id: str, number: int = 0) -> HttpResponse:
    """One letter on paper, or all that are to be printed; sent off and printed is remembered."""
    found = letter_for(viewer, public_id, "messages.letter_paper")
    chosen = [
        row
        for row in _rows(viewer, found)
        if (row.number == number if number else row.delivery.on_paper)
    ]
    papers = [one for row in chosen if (one := paper_of(viewer, row.delivery)) is not None]
    if not papers or not DRAWERS:
        raise Http404
    told = {row.delivery.about for row in chosen if row.delivery.about}
    log_reading(request, told, kind=Kind.PRINT)
    if request.method == "POST" and found.released_at is not None and found.undone_at is None:
        _printed(chosen, viewer)
    return _file(papers, found, viewer)


def letter_for(viewer: Viewer, public_id: str, action: str) -> Letter:
    """One of the viewer's own letters, or not found."""
    return get_object_or_404(Letter.objects.visible_to(viewer, action), public_id=public_id)


def _rows(viewer: Viewer, found: Letter) -> list[DeliveryRow]:
    every = found.deliveries.select_related("mail", "letter")
    made = (row_of(viewer, one, number) for number, one in enumerate(every, start=1))
    return [row for row in made if row is not None]


def _printed(chosen: Sequence[DeliveryRow], viewer: Viewer) -> None:
    mark_printed(deliveries=[one.delivery for one in chosen], by=viewer, at=viewer.now)


def _file(papers: Sequence[OnPaper], found: Letter, viewer: Viewer) -> HttpResponse:
    """The file; its name is the day of the letter and nobody's."""
    made = DRAWERS[0](papers, found.released_at or viewer.now)
    answer = HttpResponse(made, content_type="application/pdf")
    day = found.made_at.strftime("%Y-%m-%d")
    answer["Content-Disposition"] = f'attachment; filename="brev-{day}.pdf"'
    return answer
