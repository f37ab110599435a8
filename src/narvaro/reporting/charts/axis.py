"""One axis: where the limit is, what the share is, and what it could be."""

from __future__ import annotations

from narvaro.reporting.charts.canvas import box, label, path, percent, picture
from narvaro.reporting.content import Limit, Share
from narvaro.reporting.markup import Markup, el
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import percent_sign, show_percent, show_share

_LEFT, _LINE = 14, 58


def limit_axis(
    share: Share, low: Share, high: Share, *, limit: Limit, voice: Voice, title: str, width: int
) -> Markup:
    """The range that unacknowledged lessons leave open is hatched; the share is a point."""
    limit_at = float(limit.percent)
    highest = max([limit_at * 1.6, *(_or_zero(s) for s in (share, high))])
    step = next(s for s in (1, 2, 5, 10, 20, 25) if highest <= s * 6)
    end = min(100, step * -int(-highest // step))

    def x(at: float) -> float:
        return _LEFT + (width - 2 * _LEFT - 16) * at / end

    return picture(
        title,
        path([(x(0), _LINE), (x(end), _LINE)], "axis"),
        *(
            _tick(x(at), f"{at}{percent_sign(voice.lang) if at == end else ''}")
            for at in range(0, end + 1, step)
        ),
        _range(x(_or_zero(low)), x(_or_zero(high))),
        _limit(
            x(limit_at),
            voice.say("rolling.limit", limit=show_percent(limit.percent, voice.lang)),
            6 if _or_zero(share) < limit_at and limit_at < end * 0.7 else -6,
        ),
        _point(x(_or_zero(share)), share, limit, voice) if share.denominator else None,
        width=width,
        height=92,
    )


def _or_zero(share: Share) -> float:
    exact = share.exact
    return 0.0 if exact is None else percent(exact)


def _tick(x: float, text: str) -> Markup:
    return Markup(
        path([(x, _LINE - 4), (x, _LINE + 4)], "axis")
        + label(x, _LINE + 24, text, class_="ink2", anchor="middle")
    )


def _range(start: float, end: float) -> Markup | None:
    if end - start < 1:
        return None
    return Markup(
        box(start, _LINE - 8, end - start, 16, "plate", round_=5)
        + box(start, _LINE - 8, end - start, 16, "hatch framed", round_=5)
    )


def _limit(x: float, text: str, away: float) -> Markup:
    return Markup(
        path([(x, _LINE - 30), (x, _LINE + 10)], "limit")
        + label(x + away, _LINE - 24, text, class_="strong", anchor="end" if away < 0 else "start")
    )


def _point(x: float, share: Share, limit: Limit, voice: Voice) -> Markup:
    text = show_share(
        share.numerator,
        share.denominator,
        limit=limit.percent,
        lang=voice.lang,
    )
    is_under = _or_zero(share) < float(limit.percent)
    return Markup(
        el("circle", cx=x, cy=_LINE, r=6.5, class_="point-a")
        + label(
            x - 4, _LINE - 14, text, class_="strong halo", anchor="end" if is_under else "start"
        )
    )
