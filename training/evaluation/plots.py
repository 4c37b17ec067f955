"""The curves of a slice as drawings: the reliability diagram and the risk-coverage curve, both on logarithmic scales.

Nearly all fields are surer than 0.99: on plain scales every curve would be one line in a corner.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from extract.outputs.webpage.markup import Child, Markup, tag
from training.evaluation.slices import Bin, Place, Slice

_WIDTH, _HEIGHT = 300, 232
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 20, 10, 38
_LEAST = 1e-5  # the bottom of the scale of shares; what is less, and nothing at all, stands on it
_POWERS = range(-5, 1)
_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
_DOT = 3.2


def reliability_plot(bins: Sequence[Bin]) -> Markup:
    """Expected share of wrong fields against the observed one, a dot per bin; hollow where none is wrong."""
    diagonal = _line(_x(_LEAST), _y(_LEAST), _x(1.0), _y(1.0), "even")
    heads = [_text(_power(power), _x(10.0**power), _HEIGHT - 22, "middle") for power in _POWERS]
    title = _text("1 − 可信度 1 − confidence", (_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 5, "middle")
    return _plot(
        "可信度校准图 reliability diagram", [_risk_axis(), heads, title, diagonal, [_dot(own) for own in bins]]
    )


def _dot(own: Bin) -> Markup:
    x, wrong = _x(1 - own.confidence), 1 - own.right
    low, high = 1 - own.interval[1], 1 - own.interval[0]
    told = f"{own.fields:,} 格 fields: 1 − {own.confidence:.5f} → {wrong:.6f} [{low:.6f}, {high:.6f}]"
    circle = tag(
        "circle", tag("title", told), cx=_at(x), cy=_at(_y(wrong)), r=_DOT, class_="dot" if wrong else "dot none"
    )
    return tag("g", _line(x, _y(low), x, _y(high), "whisker"), circle)


def risk_coverage_plot(own: Slice, limit: float) -> Markup:
    """Share of wrong fields among the surest against coverage, with its band, the limit, and where gouji stands."""
    places = own.risk_coverage
    heads = [_text(f"{share:.0%}", _across(share), _HEIGHT - 22, "middle") for share in _QUARTERS]
    title = _text("覆盖率 coverage", (_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 5, "middle")
    bound = _line(_LEFT, _y(limit), _WIDTH - _RIGHT, _y(limit), "limit")
    drawn = [_risk_axis(), heads, title, bound, _band(places), _curve(places), _standing(own)]
    return _plot("风险—覆盖率曲线 risk-coverage curve", drawn)


def _band(places: Sequence[Place]) -> Markup | None:
    upper = [(_across(place.coverage), _y(place.interval[1])) for place in places]
    lower = [(_across(place.coverage), _y(place.interval[0])) for place in reversed(places)]
    return tag("polygon", points=_points([*upper, *lower]), class_="band") if places else None


def _curve(places: Sequence[Place]) -> Markup | None:
    return tag(
        "polyline", points=_points([(_across(place.coverage), _y(place.risk)) for place in places]), class_="curve"
    )


def _standing(own: Slice) -> Markup | None:
    coverage, rate = own.estimates["coverage"].value, own.estimates["wrong_accepted_rate"].value
    if coverage is None or rate is None:
        return None
    told = tag("title", f"采信 accepted: {coverage:.4f}，错 wrong: {rate:.6f}")
    return tag("circle", told, cx=_at(_across(coverage)), cy=_at(_y(rate)), r=_DOT + 1, class_="at")


def _plot(label: str, content: Child) -> Markup:
    frame = tag(
        "rect",
        x=_LEFT,
        y=_TOP,
        width=_WIDTH - _LEFT - _RIGHT,
        height=_HEIGHT - _TOP - _BOTTOM,
        class_="frame-of",
    )
    return tag("svg", frame, content, viewBox=f"0 0 {_WIDTH} {_HEIGHT}", class_="chart", role="img", aria_label=label)


def _risk_axis() -> list[Markup]:
    marks = [_text(_power(power), _LEFT - 5, _y(10.0**power) + 4, "end") for power in _POWERS]
    return [*(_line(_LEFT, _y(10.0**p), _WIDTH - _RIGHT, _y(10.0**p), "axis") for p in _POWERS), *marks]


def _power(power: int) -> str:
    """1, 10 %, 1 %, 0.1 % … and, at the bottom, none."""
    return "0" if 10.0**power <= _LEAST else f"{100 * 10.0**power:g}%"


def _up(share: float) -> float:
    """Where a share stands between the bottom (0) and the top (1) of its scale."""
    return math.log10(max(share, _LEAST) / _LEAST) / -math.log10(_LEAST)


def _x(share: float) -> float:
    return _LEFT + _up(share) * (_WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - _up(share) * (_HEIGHT - _TOP - _BOTTOM)


def _across(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    return tag("line", x1=_at(x1), y1=_at(y1), x2=_at(x2), y2=_at(y2), class_=kind)


def _text(text: str, x: float, y: float, anchor: str) -> Markup:
    return tag("text", text, x=_at(x), y=_at(y), text_anchor=anchor, class_="quiet")


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _at(value: float) -> str:
    return f"{value:.1f}"
