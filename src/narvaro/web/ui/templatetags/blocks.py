"""Parts that hold other parts: `{% panel "Klass 7B" %}…{% endpanel %}`; loaded in every template."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_block_tag
def panel(content: str, title: str = "", lead: str = "", **more: str) -> SafeString:
    """A white panel with an h2 and a lead.

    `more`: link and url (at its head, right), span (columns of 12), kind (flush, result), id.
    """
    classes = " ".join(
        ["panel", *(f"span-{n}" for n in [more.get("span")] if n), more.get("kind", "")]
    )
    link = ""
    if more.get("url"):
        link = format_html('<a href="{}">{}</a>', more["url"], more.get("link", ""))
    said = format_html("<p>{}</p>", lead) if lead else ""
    head = ""
    if title:
        head = format_html('<div class="panel-head"><h2>{}</h2>{}{}</div>', title, link, said)
    name = format_html(' id="{}"', more["id"]) if more.get("id") else ""
    return format_html(
        '<section class="{}"{}>{}{}</section>', classes.strip(), name, head, _safe(content)
    )


@register.simple_block_tag
def note(content: str, kind: str = "") -> SafeString:
    """A remark with a line at its left. `kind`: sure, late, new, unknown, or none."""
    return format_html('<div class="note" data-kind="{}">{}</div>', kind, _safe(content))


@register.simple_block_tag
def state(content: str, title: str, level: int = 2) -> SafeString:
    """A state written out: what is so, what it means for the figures, who can do something."""
    return format_html(
        '<div class="state"><h{}>{}</h{}>{}</div>', level, title, level, _safe(content)
    )


@register.simple_block_tag
def more(content: str, words: str = "", table: bool = False) -> SafeString:
    """Something that opens: "Visa som tabell". `table`: it opens on paper, being the chart in numbers."""
    return format_html(
        '<details class="more"{}><summary>{}</summary>{}</details>',
        mark_safe(' data-print="table"') if table else "",
        words or _("Visa som tabell"),
        _safe(content),
    )


@register.simple_block_tag
def help(content: str, words: str) -> SafeString:  # noqa: A001
    """Help beside the thing it explains: a question that opens."""
    return format_html(
        '<details class="help"><summary>{}</summary><div>{}</div></details>', words, _safe(content)
    )


@register.simple_block_tag
def undo(content: str, url: str, token: str) -> SafeString:
    """What was just done, and "Ångra". `url` takes a POST; `token` is `csrf_token`."""
    return format_html(
        '<div class="undo" role="status"><p>{}</p><form method="post" action="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<button class="ds-button" data-variant="secondary" data-size="sm">{}</button></form></div>',
        _safe(content),
        url,
        token,
        _("Ångra"),
    )


def _safe(content: str) -> SafeString:
    """What the template engine has rendered, and thereby escaped, already."""
    return mark_safe(content.strip())  # noqa: S308
