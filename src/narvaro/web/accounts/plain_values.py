"""Refuses what no page can mean: NUL bytes, which one database takes and the other does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse

NUL = "\0"


class PlainValues:
    """Addresses with a NUL are not found; questions and forms with one are not understood."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _given: object, named: dict[str, object]
    ) -> None:
        """Before any view. Uploads are not read here: a form's fields are enough."""
        if NUL in "".join(str(value) for value in named.values()):
            raise Http404
        for values in (request.GET, request.POST):
            if NUL in "".join(_texts(values.lists())):
                raise Http404


def _texts(lists: Iterable[tuple[str, list[str]]]) -> Iterable[str]:
    for name, values in lists:
        yield name
        yield from values
