"""Lines that may be rules → the walls of a table: each step of a line between two crossing lines is a wall or none.

What a rule looks like is told by the table as a whole: how dark it is, and how long its gaps are where it is dotted or
dashed. The file is long because this is one judgment by one list of limits, of which many go on from the one before:
cut in two, it would share a third of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from extract.pages.image.ink import Ink
from extract.pages.image.traces import ACROSS_LEAST, DOWN_LEAST, FAINTEST, Line
from extract.pages.pdf.drawing import Edge
from extract.pages.pdf.edges import join_edges
from extract.quick import record, replace

MARGIN = 5.0
"""Points around a table that belong to its picture."""
_APART = 2.0  # points between two verticals at least
_THICKEST = 5.0  # points of a column: no character is narrower, with paper at both its sides
_BESIDE = 2.3  # points from a line to where its surroundings are measured
_SMOOTH = 1.0  # points over which the ink on a line is smoothed
_SMOOTH_BESIDE = (4.0, 2.5)  # and beside a horizontal and a vertical one
_NARROW_GAP, _WIDE_GAP = 1.0, 6.0  # points between the dashes of a rule: none to speak of, and the most
_NO_INK = 1e-6  # darkness of a line of which there is none: what is divided by it is then large
_SOLID = 0.04  # gaps a point up to which a rule is solid
_LIT = 0.5  # share of its usual ink from which a rule is no gap ...
_USUAL_INK = 75  # ... which is this percentile of all along it: of a dashed rule much is gaps
_WIDER_GAPS = 90  # percentile of its gaps that is as long as they are; a few are longer where it is damaged
_WHOLE = 0.7  # share of its length over which a rule of the table is dark
_PIECE, _BREAK = 6.0, 24.0  # points of a piece of a broken rule at least, and between two pieces at most
_BROKEN = 1.2  # breaks in 100 points of rule from which the rules are broken (1.7 and more); a grainy scan has 0.8
_PIECE_UP = 14.0  # points of a piece of a broken vertical line that is no stroke of a character
_SEEN_UP, _SEEN_HARDLY = 0.25, 0.06  # share of the table's height along which such pieces are seen, or hardly
# Steps of a line in which digits stand one below the other, and share of them that their strokes may reach through.
_MANY_STEPS, _HARDLY_THROUGH = 6, 0.25
_GO_ON, _MANY_LINES = 2, 5  # lines that go on from a row to the next at least, where so many reach the rules ...
_BESIDE_ROW = 3  # ... of one of so many rows above it and below
_NARROWEST = 8.0  # points between two lines of a broken table: the narrowest column has room for one digit and its air
_AS_WIDE = 0.1  # by so much of their width columns that are as wide as others may differ
_REACHING_BROKEN = 0.6  # share of the steps of a broken line that reach a crossing one; strokes of characters don't
_FEWEST_BROKEN = 2  # steps of a broken line of which a part is left
_COVERED_BROKEN = 0.3  # share of a step that is dark where they are
_HOLDS = 0.4  # share of the table's usual darkness that a wall has ...
_GRAIN = 0.16  # share of it up to which what is dark all along a line is the grain of the paper
_COVERED = 0.82  # ... over that share of its length
_LIGHT_BESIDE = 0.5  # share of its ink that there may be beside it
_PAPER_BESIDE, _EVEN = 0.32, 0.15  # share of its ink beside a long run of rule, and by how much its darkness spreads
_FIRM = 0.2  # share of the table's height along which a line is ruled that is no arc or stroke
_FEWEST_STEPS = 3  # and so many steps
_THROUGHOUT = 0.9  # share of it along which even steps are no strokes, wherever the dots of a rule end
_DARKEST, _OF_PRINT = 2.0, 3.0  # times the usual darkness, and what only print beside faint rules has in a low row
_PLAIN = 0.5  # share of it from which a line between lines of print is drawn
_AS_DARK, _AS_EVEN = 1.5, 0.26  # times the usual darkness that such a rule has at most, and how much that spreads
_FAINT, _LEFT = 0.3, 0.4  # darkness of faint rules, at most, and the share of a step that a seal leaves of one
_NOTHING_BESIDE = 0.05  # share of its ink beside a rule that stands alone
_ALL_ALONG = 0.97  # share of a step that is drawn where a light line is a rule
_DOTS, _BETWEEN_DOTS = 2.5, 0.1  # points between its dots, at most, and the share of it that lies between them
_TALL, _SOLID_SHARE = 20.0, 0.6  # points of a step, and share of its usual darkness that its lightest tenth has
_SAME = 0.75  # points between two lines that are the same in a step
_BEND = 0.55  # points that the thirds of a step of rule may lie apart ...
_ASTRAY = 1.2  # ... looked for so far from the line; print may stand beyond
_RUN, _LONG_RUN = 24.0, 90.0  # points of a run of horizontal rule, and of one longer than any in a line of text
_ENDLESS = 200.0  # points of a run that has paper at one side at least; print may stand at the other
_CLEAN = 0.18  # share of its ink beside a shorter one
_END = 1.2  # points at both ends of a wall where the crossing line is
_OVERHANG = 8.0  # points that a horizontal may end beyond, or before, the outermost vertical
_TOGETHER = 2.0  # points that verticals end apart which end at one place
_FEWEST_BORDERS = 4  # two horizontal lines, and the ends of the table
_REACH = 1.5  # points next to these where a wall is dark, and the stroke of a character is not any more
_DASHES = 6  # gaps between dashes that a step is long which has many
_SURE_REACHING, _SURELY = 3, 10  # steps with paper beside that tell whether a table's reach, and the percentile of them
_REACHES, _FALLS_SHORT = 0.8, 0.7  # least share of its ink from which such a one does, and up to which one does not
_REACHES_SHARP = 0.9  # the former on clean paper, where a gap in a rule is no grain
_SHORT_ALIKE = 0.5  # the latter where verticals side by side fall short alike: they were drawn so
_SHORT_ALONE = 0.25  # the latter where there is only paper beside: up to it there is a gap
_GOES_ON = 0.5  # share of the steps of the longest verticals from which a line is more than strokes in some rows
_REACHING = 0.35  # share of a line's steps that reach so far at both ends; a dash may end anywhere ...
_REACHING_ENDS = 0.6  # ... or of the ends of all its steps, where they are few

Profiles = list["Profile"]


@dataclass(frozen=True)
class Profile:
    """The ink on a line and at both sides of it, each of shape (length,). `on` has the gaps between dashes filled.

    No record: its `level` is asked for at every step, and told once.
    """

    line: Line
    drawn: Ink
    on: Ink
    before: Ink
    after: Ink

    def beside(self, span: slice) -> float:
        """Ink beside it, as a share of that on it."""
        return float((self.before[span] + self.after[span]).mean()) / 2 / max(_NO_INK, float(self.drawn[span].mean()))

    def on_lighter_side(self, span: slice) -> float:
        """The same on the side where less is printed."""
        least = min(float(self.before[span].mean()), float(self.after[span].mean()))
        return least / max(_NO_INK, float(self.drawn[span].mean()))

    @cached_property
    def level(self) -> float | None:
        """The darkness of a line that is dark nearly all along, with little beside it; None of another."""
        middle = float(np.median(self.on))
        dark = middle > FAINTEST and float((self.on > _LIT * middle).mean()) > _WHOLE
        return middle if dark and self.beside(slice(0, len(self.on))) < _LIGHT_BESIDE else None

    def filled(self, on: Ink) -> Profile:
        """The same line with its gaps filled so."""
        return Profile(self.line, self.drawn, on, self.before, self.after)


@record
class Look:
    """What the rules of a table look like: their usual darkness, pixels a point, whether they are `broken`, the points
    between their dashes, and the share of its ink that a vertical which surely reaches the rules at its ends has where
    it is lightest, 0 where verticals may fall short.
    """

    usual: float
    unit: float
    broken: bool
    gap: float = _NARROW_GAP
    reaching: float = 0.0


def find_walls(
    part: Ink, acrosses: Sequence[Line], downs: Sequence[Line], unit: float, *, beside: Look | None = None
) -> tuple[list[Edge], Look]:
    """(every step of a line that is ruled, as an edge in points of the table's picture; what its rules look like).

    Horizontal lines are told by their long runs; verticals by reaching from one of these to the next. `beside`: what
    those of a larger picture look like, of which it is a part.
    """
    part = np.maximum(part - np.median(part), 0)  # grey paper is no print beside a rule
    turned = np.ascontiguousarray(part.T)
    grain = _grain(part, unit)
    across = [_profile(part, line, unit, horizontal=True, grain=grain) for line in acrosses]
    down = [_profile(turned, line, unit, horizontal=False, grain=grain) for line in downs]
    gap = _usual_gap([*across, *(own for own in down if not own.line.shadowed)], unit)
    across, down = ([_closed(own, gap, unit) for own in profiles] for profiles in (across, down))
    usual = _usual_darkness([*across, *(own for own in down if not own.line.shadowed)])
    least = ACROSS_LEAST * part.shape[1]
    rules = [own for own in across if _long_runs(own, usual, unit) >= least]
    look = replace(_look(rules, usual, unit, broken=beside is not None and beside.broken), gap=gap)
    ys = _ends([own.line.at for own in rules], part.shape[0], unit)
    ys = sorted([*ys, *_open_ends(down, ys, look), *_inner_ends(down, ys, look)])
    if look.broken:
        down_edges = _broken_edges(down, ys, turned, look)
    else:
        steps = _without_strayed(down, [_down_steps(own, ys, turned, look) for own in down], look)
        known = beside.reaching if beside is not None else 0.0
        look = replace(look, reaching=known or _reach(down, steps, turned, look))
        kept = _without_falling_short(down, steps, turned, look) if look.reaching else steps
        lines = [_mend(own, ys, made, look) for own, made in zip(down, kept, strict=True)]
        down_edges = [edge for table in _one_below_another(lines) for edge in _apart(table, _NARROWEST)]
    across_edges = []
    for own in rules:
        xs = _ends_across(own, [edge.at * unit for edge in down_edges], look)
        ruled = _steps_of(own, xs, look, least, tight=True)
        mended = _mend(own, xs, _without_strokes(own, ruled, look), look)
        across_edges += [replace(edge, horizontal=True) for edge in mended]
    return [*join_edges(across_edges), *join_edges(down_edges)], look


# ---------------------------------------------------------------- what the rules of a table look like


def _grain(part: Ink, unit: float) -> float:
    """The ink that a line would have on the bare paper of the table's picture: what is darkest across it is told."""
    import cv2

    rows = 2 * _near(unit) + 1
    return float(np.median(cv2.dilate(part, np.ones((rows, 1), np.uint8))))


def _near(unit: float) -> int:
    """Pixels beside the middle of a line that are looked at for its ink."""
    return max(1, round(0.5 * unit))


def _profile(ink: Ink, line: Line, unit: float, *, horizontal: bool, grain: float) -> Profile:
    """What lies on the line but for the paper's grain, and beside it, smoothed along it; `ink` is turned so that the
    line lies.
    """
    along = np.arange(ink.shape[1])
    across = np.rint(line.across).astype(int)
    beside, near = max(2, round(_BESIDE * unit)), _near(unit)
    last = ink.shape[0] - 1
    on = np.maximum.reduce([ink[np.clip(across + shift, 0, last), along] for shift in range(-near, near + 1)])
    sides = [ink[np.clip(across + shift, 0, last), along] for shift in (-beside, beside)]
    width = _SMOOTH_BESIDE[0 if horizontal else 1] * unit
    before, after = (_smoothed(side, width) for side in sides)
    drawn = _smoothed(np.maximum(on - grain, 0), _SMOOTH * unit)
    return Profile(line, drawn, drawn, before, after)


def _smoothed(ink: Ink, width: float) -> Ink:
    window = np.ones(max(1, round(width)), dtype=np.float32)
    return np.asarray(np.convolve(ink, window / window.size, "same"), dtype=np.float32)


def _closed(profile: Profile, gap: float, unit: float) -> Profile:
    """The profile with the gaps between its dashes filled with what is dark on both sides of them."""
    width = round(gap * unit)
    return profile.filled(_close(profile.drawn, width)) if width > 1 else profile


def _close(ink: Ink, width: int) -> Ink:
    """Grey closing: what is lighter over fewer than `width` pixels becomes as dark as the lighter of its two sides."""
    import cv2

    closed = cv2.morphologyEx(ink[None, :], cv2.MORPH_CLOSE, np.ones((1, width + 1), np.uint8))
    return np.asarray(closed[0], dtype=np.float32)


def _usual_gap(profiles: Profiles, unit: float) -> float:
    """Points between the dashes of the table's rules: the median over those lines that are rules by any measure."""
    closed = [_closed(profile, _WIDE_GAP, unit) for profile in profiles]
    least = max(FAINTEST, _GRAIN * _darkest(closed))
    rules = [own for own, filled in zip(profiles, closed, strict=True) if (filled.level or 0.0) >= least]
    if not rules:
        return _NARROW_GAP
    gaps = [_gap_of(profile, unit) for profile in rules]
    order = np.argsort(gaps)
    reached = np.cumsum(np.array([len(profile.on) for profile in rules])[order])
    return gaps[int(order[int(np.searchsorted(reached, reached[-1] / 2))])]


def _gap_of(profile: Profile, unit: float) -> float:
    """Points of the wider gaps of a line where they are regular, little where it is solid."""
    lit = profile.on > _LIT * float(np.percentile(profile.on, _USUAL_INK))
    gaps = [length / unit for length in _runs(~lit)[:, 1] if length <= _WIDE_GAP * unit]
    if len(gaps) <= _SOLID * len(lit) / unit:
        return _NARROW_GAP
    return max(_NARROW_GAP, float(np.percentile(gaps, _WIDER_GAPS)) + 1.0)


def _runs(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Start and length of each run of True; shape (n_runs, 2)."""
    steps = np.diff(np.concatenate(([0], mask.astype(np.int8), [0])))
    starts, ends = np.nonzero(steps == 1)[0], np.nonzero(steps == -1)[0]
    return np.stack([starts, ends - starts], axis=1)


def _usual_darkness(profiles: Profiles) -> float:
    """The darkness of the table's rules: that of the candidates that are dark nearly all along, dirt left out."""
    least = _HOLDS * _darkest(profiles)
    levels = [level for profile in profiles if (level := profile.level) is not None and level >= least]
    return float(np.median(levels)) if levels else 2 * FAINTEST


def _darkest(profiles: Profiles) -> float:
    """The darkness of the darkest candidate, 0 where there is none; lines of text, with print beside, count last."""
    levels = [(level, profile) for profile in profiles if (level := profile.level) is not None]
    alone = [level for level, own in levels if own.beside(slice(0, len(own.on))) <= _PAPER_BESIDE]
    return max(alone or [level for level, _ in levels], default=0.0)


def _look(rules: Profiles, usual: float, unit: float, *, broken: bool) -> Look:
    """Whether the table's rules are broken, told by its horizontal ones: long pieces with irregular gaps between."""
    dark, breaks = 0, 0
    for profile in rules:
        runs = _runs(profile.on > _least_dark(profile, usual))
        pieces = runs[runs[:, 1] >= _PIECE * unit]
        between = pieces[1:, 0] - (pieces[:-1, 0] + pieces[:-1, 1])
        dark += int(pieces[:, 1].sum())
        breaks += int((between < _BREAK * unit).sum())
    return Look(usual, unit, broken=broken or 100 * unit * breaks > _BROKEN * dark)


def _least_dark(profile: Profile, usual: float) -> float:
    """The ink from which a line holds: less in one that is dark all along, where a hairline fell between two pixels.

    What is far lighter than the rules is the grain of the paper, all along it.
    """
    level = profile.level
    share = _HOLDS * (min(usual, level) if level is not None and level >= _GRAIN * usual else usual)
    return max(FAINTEST, share)


# ---------------------------------------------------------------- steps


def _long_runs(profile: Profile, usual: float, unit: float) -> float:
    """Along how many pixels the line is ruled in runs that are longer than any stroke of a character."""
    spans = [
        span
        for span in _ruled_spans(profile, usual, unit)
        if _is_clean(profile, span, unit) or (usual <= _FAINT and _is_like_rules(profile.drawn[span], usual))
    ]
    return float(sum(span.stop - span.start for span in spans))


def _ruled_spans(profile: Profile, usual: float, unit: float, least: float = _RUN) -> list[slice]:
    runs = _runs(profile.on > _least_dark(profile, usual))
    return [slice(int(start), int(start + length)) for start, length in runs if length >= least * unit]


def _is_clean(profile: Profile, run: slice, unit: float) -> bool:
    """Whether there is paper beside a run of rule; print may stand near a run that is longer than any text's."""
    beside = profile.beside(run)
    length = (run.stop - run.start) / unit
    if length >= _ENDLESS:
        return profile.on_lighter_side(run) <= _PAPER_BESIDE
    return beside <= _CLEAN or (beside <= _PAPER_BESIDE and length >= _LONG_RUN)


def _ends(crossing: Sequence[float], length: int, unit: float) -> list[float]:
    """The crossing lines in order, between the ends of the table, which may be open there."""
    first, last = MARGIN * unit, length - MARGIN * unit
    return sorted({first, *crossing, last})


def _open_ends(downs: Profiles, ys: Sequence[float], look: Look) -> list[float]:
    """Where the verticals of a table that is open above or below usually end, though one of them goes on farther."""
    if len(ys) < _FEWEST_BORDERS:
        return []
    over, ends = _OVERHANG * look.unit, []
    spans = [span for own in downs for span in _ruled_spans(own, look.usual, look.unit)]
    tops = [span.start for span in spans if span.start < ys[1] - over and span.stop > ys[1] + over]
    bottoms = [span.stop for span in spans if span.stop > ys[-2] + over and span.start < ys[-2] - over]
    for own, outermost in ((tops, ys[0]), (bottoms, ys[-1])):
        usual = sorted(own)[len(own) // 2] if own else outermost
        ends += [float(usual)] if abs(usual - outermost) > _TOGETHER * look.unit else []
    return ends


def _inner_ends(downs: Profiles, ys: Sequence[float], look: Look) -> list[float]:
    """Where verticals end together between two crossing lines, and none goes on: there a table ends that is open."""
    over, ends = _OVERHANG * look.unit, []
    spans = [span for own in downs for span in _ruled_spans(own, look.usual, look.unit)]
    for a, b in pairwise(ys):
        own = [span.stop for span in spans if span.start < a - over and span.stop > a + over]
        usual = sorted(own)[len(own) // 2] if own else 0
        if usual < b - over and all(abs(stop - usual) <= _TOGETHER * look.unit for stop in own) and len(own) > 1:
            ends.append(float(usual))
    return ends


def _ends_across(profile: Profile, crossing: Sequence[float], look: Look) -> list[float]:
    """The crossing lines in order, between the ends of a horizontal line where the table is open there.

    A broken line may have lost its ends.
    """
    if look.broken:
        return _ends(crossing, len(profile.on), look.unit)
    spans = _ruled_spans(profile, look.usual, look.unit)
    ends = [float(end) for end in (spans[0].start, spans[-1].stop)] if spans else []
    return sorted({*crossing, *(end for end in ends if all(abs(end - x) > _OVERHANG * look.unit for x in crossing))})


def _down_steps(profile: Profile, ys: Sequence[float], ink: Ink, look: Look) -> list[Edge]:
    """The steps of a vertical line; where few are even and straight, only these, and no dark ones beside other ink.

    The arc of a seal that stands upright bends; strokes of characters one below the other are uneven, darker than
    faint rules, and do not reach from rule to rule. Beside a line that is one for sure there may be print; a hairline
    that fell on one row of pixels is twice as dark as one between two.
    """
    unit = look.unit
    steps = _steps_of(profile, ys, look, DOWN_LEAST * unit)
    clean = [] if profile.line.shadowed else _clean_steps(profile, ys, ink, look)
    even, alike, alone, reaching, ends = [], [], [], 0, 0
    for edge in steps:
        span = (edge.start * unit, edge.end * unit)
        inside = _inside(span, unit)
        if not _is_even(profile, inside, look) or _bend(profile.line, ink, span, unit) > _BEND * unit:
            continue
        even.append(edge)
        reached = _reached(profile, inside, look)
        reaches = all(reached)
        reaching += reaches
        ends += sum(reached)
        level = float(profile.on[inside].mean())
        is_one = level > _OF_PRINT * look.usual and edge.end - edge.start < _TALL
        if reaches and profile.beside(inside) <= _NOTHING_BESIDE and not is_one:
            alone.append(edge)
        if edge in alone or level <= _DARKEST * look.usual:
            alike.append(edge)
    if profile.line.shadowed:
        return alone
    ruled = sum(edge.end - edge.start for edge in even) * unit
    throughout = len(even) >= _FEWEST_STEPS and ruled >= _THROUGHOUT * (ys[-1] - ys[0])
    few_ends = ends < 2 * _REACHING_ENDS * max(_FEWEST_STEPS, len(even))
    if reaching < max(1.0, _REACHING * len(even)) and few_ends and not throughout:
        return clean
    if len(even) < _FEWEST_STEPS or ruled <= _FIRM * ink.shape[1]:
        return alike
    return [edge for edge in steps if not _is_print(profile, edge, look)]


def _is_print(profile: Profile, edge: Edge, look: Look) -> bool:
    """Whether a step is far darker than the table's rules, with ink beside it: strokes of words on a line that is ruled
    elsewhere.
    """
    inside = _inside((edge.start * look.unit, edge.end * look.unit), look.unit)
    return float(np.median(profile.on[inside])) > _DARKEST * look.usual and profile.beside(inside) > _NOTHING_BESIDE


def _clean_steps(profile: Profile, ys: Sequence[float], ink: Ink, look: Look) -> list[Edge]:
    """Steps one below the other that are drawn from rule to rule, straight, with paper beside: rules, however light,
    and wherever their dots end.
    """
    unit = look.unit
    dotted = _closed(profile, max(_DOTS, look.gap), unit)
    found: list[list[Edge]] = [[]]
    for span in _spans(ys, unit):
        inside = _inside(span, unit)
        if inside.stop <= inside.start:
            continue
        level = float(dotted.on[inside].mean())
        has_dots = float((profile.drawn[inside] < _LIT * level).mean()) >= _BETWEEN_DOTS
        own = dotted if has_dots else profile
        ends = (inside.start, inside.start + round(_REACH * unit)), (inside.stop - round(_REACH * unit), inside.stop)
        reached = all(float(own.on[a:b].mean()) >= _HOLDS * level for a, b in ends)
        drawn = float((own.on[inside] > _HOLDS * level).mean()) >= _ALL_ALONG
        alone = level >= max(FAINTEST, _GRAIN * look.usual) and profile.beside(inside) <= _CLEAN
        if alone and drawn and reached and _bend(profile.line, ink, span, unit) <= _BEND * unit:
            found[-1].append(_step(profile, span, look))
        elif found[-1]:
            found.append([])
    return [edge for steps in found if len(steps) >= _FEWEST_STEPS for edge in steps]


def _broken_edges(downs: Profiles, ys: Sequence[float], ink: Ink, look: Look) -> list[Edge]:
    """The steps of all broken vertical lines; those hardly seen count where columns as wide as others need them."""
    downs = [own for own in downs if not own.line.shadowed]
    steps = [_down_steps(own, ys, ink, look) for own in downs]
    return [
        edge
        for table in _tables_of(downs, ys, look)
        for edge in _table_edges(downs, [_within(own, table, look) for own in steps], table, look)
    ]


def _one_below_another(lines: Sequence[Sequence[Edge]]) -> list[list[list[Edge]]]:
    """The steps of verticals by what they stand in: pieces of a page one below the other that none of them joins."""
    ends: list[tuple[float, float]] = []
    for start, end in sorted((edge.start, edge.end) for steps in lines for edge in steps):
        if ends and start <= ends[-1][1]:
            ends[-1] = (ends[-1][0], max(ends[-1][1], end))
        else:
            ends.append((start, end))
    return [[[edge for edge in steps if a <= edge.start < b] for steps in lines] for a, b in ends]


def _without_strayed(downs: Profiles, lines: Sequence[list[Edge]], look: Look) -> list[list[Edge]]:
    """The steps of verticals but for those on which a line strayed into one that is ruled farther."""
    kept: list[list[Edge]] = [[] for _ in lines]
    courses: dict[tuple[float, float], list[float]] = {}
    for k in sorted(range(len(lines)), key=lambda k: -len(lines[k])):
        for edge in lines[k]:
            inside = _inside((edge.start * look.unit, edge.end * look.unit), look.unit)
            place = float(downs[k].line.across[inside].mean()) / look.unit
            taken = courses.setdefault((edge.start, edge.end), [])
            if all(abs(place - other) > _SAME for other in taken):
                kept[k].append(edge)
                taken.append(place)
    return kept


def _reach(downs: Profiles, lines: Sequence[Sequence[Edge]], ink: Ink, look: Look) -> float:
    """The share of its ink that a vertical has where it is lightest, if all with paper beside but a few reach the rules
    at their ends. 0 where they may fall short.

    Lines that go on tell: the strokes of digits in some rows may have paper beside, too. The first row and the last do
    not: the table may be open there.
    """
    first = min((edge.start for steps in lines for edge in steps), default=0.0)
    last = max((edge.end for steps in lines for edge in steps), default=0.0)
    alone = [
        _least_ink(own, edge, ink, look)
        for own, steps in _going_on(downs, lines)
        for edge in steps
        if first < edge.start and edge.end < last and _is_alone(own, edge, look)
    ]
    least = float(np.percentile(alone, _SURELY)) if len(alone) >= _SURE_REACHING else 0.0
    return least if least >= _REACHES else 0.0


def _without_falling_short(downs: Profiles, lines: Sequence[Sequence[Edge]], ink: Ink, look: Look) -> list[list[Edge]]:
    """The steps of verticals that reach the rules at their ends, all but reach them where they have only paper beside,
    or go on where they have, or are lighter than print.

    No single step of a line with print at both sides is one.

    In rows that print fills its strokes are as dark, straight and long as walls, but for a little paper at their ends.
    """
    going_on = _going_on(downs, lines)
    longest = {id(own) for own, _ in going_on}
    alike = _short_alike(going_on, ink, look)
    whole = [
        [
            edge
            for edge in steps
            if (edge.start in alike and id(own) in longest)
            or _is_whole(own, edge, ink, look, goes_on=id(own) in longest)
        ]
        for own, steps in zip(downs, lines, strict=True)
    ]
    rows = len({edge.start for steps in whole for edge in steps})
    return [
        steps if len(steps) > 1 or rows < _FEWEST_STEPS else [edge for edge in steps if not _is_amid(own, edge, look)]
        for own, steps in zip(downs, whole, strict=True)
    ]


def _going_on(downs: Profiles, lines: Sequence[Sequence[Edge]]) -> list[tuple[Profile, Sequence[Edge]]]:
    """Lines with the steps of those that have as many as half of what the longest has."""
    most = max(map(len, lines), default=0)
    return [(own, steps) for own, steps in zip(downs, lines, strict=True) if steps and len(steps) >= _GOES_ON * most]


def _short_alike(lines: Sequence[tuple[Profile, Sequence[Edge]]], ink: Ink, look: Look) -> set[float]:
    """Where rows begin in which several verticals fall short of a rule, and none by more than a hair: they were drawn
    so.
    """
    least: dict[float, list[float]] = {}
    for own, steps in lines:
        for edge in steps:
            least.setdefault(edge.start, []).append(_least_ink(own, edge, ink, look))
    return {
        start for start, own in least.items() if len(own) >= _SURE_REACHING and _SHORT_ALIKE < min(own) <= _FALLS_SHORT
    }


def _is_whole(profile: Profile, edge: Edge, ink: Ink, look: Look, *, goes_on: bool) -> bool:
    alone = _is_alone(profile, edge, look)
    if _is_light(profile, edge, look) or (alone and (goes_on or look.reaching < _REACHES_SHARP)):
        return True
    return _least_ink(profile, edge, ink, look) > (_SHORT_ALONE if alone else _FALLS_SHORT)


def _is_alone(profile: Profile, edge: Edge, look: Look) -> bool:
    """Whether there is nothing but paper beside a step."""
    return profile.beside(_inside((edge.start * look.unit, edge.end * look.unit), look.unit)) <= _NOTHING_BESIDE


def _is_light(profile: Profile, edge: Edge, look: Look) -> bool:
    """Whether a step is far lighter than the table's rules."""
    inside = _inside((edge.start * look.unit, edge.end * look.unit), look.unit)
    return float(profile.on[inside].mean()) <= _LIT * look.usual


def _is_amid(profile: Profile, edge: Edge, look: Look) -> bool:
    """Whether there is print at both sides of a step."""
    inside = _inside((edge.start * look.unit, edge.end * look.unit), look.unit)
    return profile.on_lighter_side(inside) > _CLEAN


def _least_ink(profile: Profile, edge: Edge, ink: Ink, look: Look) -> float:
    """The ink of a step where it is lightest, from rule to rule, as a share of its own or a rule's usual ink."""
    start, end = round(edge.start * look.unit), round(edge.end * look.unit) + 1
    along = np.arange(max(0, start), min(end, ink.shape[1]))
    across, near = np.rint(profile.line.across).astype(int)[along], _near(look.unit)
    shifts = range(-near, near + 1)
    on = np.maximum.reduce([ink[np.clip(across + shift, 0, ink.shape[0] - 1), along] for shift in shifts])
    return float(on.min()) / max(_NO_INK, min(look.usual, float(np.median(on)))) if len(on) else 0.0


def _table_edges(downs: Profiles, steps: list[list[Edge]], table: Sequence[float], look: Look) -> list[Edge]:
    """The steps of the verticals of one table, mended; of two lines too close for a column those of the longer one."""
    seen = [_seen(profile, table, look, _PIECE_UP) for profile in downs]
    told = max(seen, default=0.0) >= _SEEN_UP and len(_spans(table, look.unit)) >= _MANY_STEPS
    sure = [
        share >= _SEEN_UP
        or (bool(own) and not (told and share < _SEEN_HARDLY and (len(own) == 1 or _falls_short(profile, table, look))))
        for own, profile, share in zip(steps, downs, seen, strict=True)
    ]
    places = [profile.line.at for profile, is_sure in zip(downs, sure, strict=True) if is_sure]
    lines = [
        _mend(profile, table, own, look)
        if is_sure
        else _place(profile, table, look)
        if _seen(profile, table, look, _PIECE) >= _SEEN_HARDLY and _is_regular(profile.line.at, places)
        else []
        for profile, own, is_sure in zip(downs, steps, sure, strict=True)
    ]
    return _apart(lines, _NARROWEST)


def _falls_short(profile: Profile, table: Sequence[float], look: Look) -> bool:
    """Whether a line that is dark in many steps is hardly ever drawn from rule to rule: strokes of aligned digits."""
    spans = _spans(table, look.unit)
    ruled = _ruled_steps(profile, spans, look)
    through = sum(all(_reached(profile, _inside(spans[k], look.unit), look)) for k in ruled)
    return len(ruled) >= _MANY_STEPS and through < _HARDLY_THROUGH * len(ruled)


def _tables_of(downs: Profiles, ys: Sequence[float], look: Look) -> list[list[float]]:
    """The crossing lines of each table, from top to bottom; none of the verticals reaches into what lies between two.

    Strokes of a heading may stand there, but no rule ends there.
    """
    pieces = [
        (k, span)
        for k, profile in enumerate(downs)
        for span in _ruled_spans(profile.filled(profile.drawn), look.usual, look.unit, _PIECE_UP)
        if _is_clean(profile, span, look.unit)
    ]
    spans = _spans(ys, look.unit)
    reached = [_reaching_lines(pieces, span, look) for span in spans]
    tables: list[list[float]] = [[ys[0]]]
    for k, (a, b) in enumerate(spans):
        lines, through = reached[k]
        sides = (reached[max(0, k - _BESIDE_ROW) : k], reached[k + 1 : k + 1 + _BESIDE_ROW])
        many = min(max((len(own) for own, _ in side), default=0) for side in sides) >= _MANY_LINES
        going_on = lines & set[int]().union(*(own for side in (sides[0][-1:], sides[1][:1]) for own, _ in side))
        if through or (len(going_on) >= _GO_ON if many else lines):
            tables[-1] += [a] * (tables[-1][-1] != a) + [b]
        else:
            tables.append([b])
    return [table for table in tables if len(table) > 1]


def _reaching_lines(
    pieces: Sequence[tuple[int, slice]], span: tuple[float, float], look: Look
) -> tuple[set[int], bool]:
    """(the lines with a piece in a step that reaches its upper or lower end, whether one reaches both)."""
    near = _END * look.unit
    own = [(k, p) for k, p in pieces if min(span[1], p.stop) - max(span[0], p.start) >= _PIECE * look.unit]
    ends = [(k, p.start <= span[0] + near, p.stop >= span[1] - near) for k, p in own]
    return {k for k, above, below in ends if above or below}, any(above and below for _, above, below in ends)


def _within(steps: Sequence[Edge], table: Sequence[float], look: Look) -> list[Edge]:
    return [edge for edge in steps if table[0] <= (edge.start + edge.end) / 2 * look.unit <= table[-1]]


def _apart(lines: Sequence[Sequence[Edge]], apart: float = _APART) -> list[Edge]:
    """The steps of verticals; of two lines that are too close for two rules those of the one with more of them.

    Two steps side by side that no column fits between are the edges of one thick rule.
    """
    kept: list[Edge] = []
    for steps in sorted(filter(None, lines), key=lambda steps: -sum(edge.end - edge.start for edge in steps)):
        if all(abs(edge.at - steps[0].at) > apart for edge in kept):
            kept += [edge for edge in steps if not any(_is_edge_of(edge, other) for other in kept)]
    return kept


def _without_strokes(profile: Profile, steps: Sequence[Edge], look: Look) -> list[Edge]:
    """The steps of a horizontal line without the strokes of characters: uneven, print beside them, no step next."""
    kept = []
    for k, edge in enumerate(steps):
        inside = _inside((edge.start * look.unit, edge.end * look.unit), look.unit)
        own = profile.on[inside]
        uneven = float(own.std()) > 2 * _EVEN * float(own.mean()) and profile.beside(inside) > _PAPER_BESIDE
        follows = k > 0 and steps[k - 1].end >= edge.start
        goes_on = k + 1 < len(steps) and steps[k + 1].start <= edge.end
        if follows or goes_on or not uneven:
            kept.append(edge)
    return kept


def _is_edge_of(edge: Edge, other: Edge) -> bool:
    shared = min(edge.end, other.end) - max(edge.start, other.start)
    return abs(edge.at - other.at) < _THICKEST and shared > _END


def _seen(profile: Profile, table: Sequence[float], look: Look, least: float) -> float:
    """Share of a table's height along which pieces of a vertical of `least` points are seen."""
    top, bottom = round(table[0]), round(table[-1])
    drawn = profile.filled(profile.drawn)
    own = [span for span in _ruled_spans(drawn, look.usual, look.unit, least) if _is_clean(drawn, span, look.unit)]
    return float(sum(max(0, min(bottom, span.stop) - max(top, span.start)) for span in own)) / max(1, bottom - top)


def _is_regular(place: float, places: Sequence[float]) -> bool:
    """Whether a line halves the column between two others into two that are as wide as the columns usually are."""
    left, right = (min((abs(place - x) for x in places if sign * (x - place) > 0), default=0.0) for sign in (-1, 1))
    widths = sorted(b - a for a, b in pairwise(sorted(places)))
    usual = widths[len(widths) // 2] if widths else 0.0
    return all(abs(own - usual) <= _AS_WIDE * usual for own in (left, right))


def _mend(profile: Profile, borders: Sequence[float], steps: list[Edge], look: Look) -> list[Edge]:
    """The steps of a line, with those that are torn; of a broken one all from the first to the last of which a part is
    left.

    A step between them of which nothing is left is one, too, unless print stands where it would be.
    """
    unit = look.unit
    spans = _spans(borders, unit)
    insides = [_inside(span, unit) for span in spans]
    ruled = _ruled_steps(profile, spans, look)
    if not look.broken:
        taken = {edge.start for edge in steps}
        torn = [k for k in ruled if spans[k][0] / unit not in taken and _is_torn(profile, insides[k], look)]
        return [*steps, *(_step(profile, spans[k], look) for k in torn)] if steps else []
    reaching = sum(any(_reached(profile, insides[k], look)) for k in ruled)
    if len(ruled) < min(_FEWEST_BROKEN, len(spans)) or (not steps and reaching < _REACHING_BROKEN * len(ruled)):
        return steps
    kept = (k for k in range(ruled[0], ruled[-1] + 1) if k in ruled or not _is_crossed(profile, insides[k], look))
    return [_step(profile, spans[k], look) for k in kept]


def _step(profile: Profile, span: tuple[float, float], look: Look) -> Edge:
    return Edge(False, profile.line.at / look.unit, span[0] / look.unit, span[1] / look.unit)


def _is_torn(profile: Profile, inside: slice, look: Look) -> bool:
    """Whether a step of a rule goes on from one of its ends, and the rest of it was lost: nothing is printed there.

    A 1 in the middle of cells below may stand where the rule would be.
    """
    near, length = round(_END * look.unit), max(1, round(_REACH * look.unit))
    within = slice(inside.start + near, max(inside.start + near, inside.stop - near))
    ends = profile.drawn[inside][:length], profile.drawn[inside][-length:]
    drawn = any(float(end.mean()) >= _least_dark(profile, look.usual) for end in ends)
    return drawn and not _is_crossed(profile, within, look)


def _place(profile: Profile, table: Sequence[float], look: Look) -> list[Edge]:
    """The steps of a line that a table needs: from the first of which a part is left on, where no print stands."""
    spans = _spans(table, look.unit)
    ruled = _ruled_steps(profile, spans, look)
    kept = (k for k in range(ruled[0] if ruled else len(spans), len(spans)))
    free = (k for k in kept if k in ruled or not _is_crossed(profile, _inside(spans[k], look.unit), look))
    return [_step(profile, spans[k], look) for k in free]


def _spans(borders: Sequence[float], unit: float) -> list[tuple[float, float]]:
    return [(a, b) for a, b in pairwise(borders) if b - a > 2 * _END * unit]


def _ruled_steps(profile: Profile, spans: Sequence[tuple[float, float]], look: Look) -> list[int]:
    """The numbers of the steps that are ruled, or of which a part is left."""
    return [
        k
        for k, inside in enumerate(_inside(span, look.unit) for span in spans)
        if _is_wall(profile, inside, look.usual) or _is_part_of_wall(profile, inside, look)
    ]


def _is_crossed(profile: Profile, inside: slice, look: Look) -> bool:
    """Whether print stands on the line: ink on it with ink beside it."""
    own = profile.drawn[inside]
    sides = np.maximum(profile.before[inside], profile.after[inside])
    least = _least_dark(profile, look.usual)
    return bool(((own > least) & (sides > _LIGHT_BESIDE * own)).any())


def _reached(profile: Profile, inside: slice, look: Look) -> list[bool]:
    """Whether a step is drawn up to the crossing line at its one end, and at its other.

    Of one of many dashes that stands alone the gap between its last one and that line counts as drawn, as others do.
    """
    length = max(1, round(_REACH * look.unit))
    tall = look.gap > _NARROW_GAP and inside.stop - inside.start >= _DASHES * look.gap * look.unit
    drawn = (profile.on if tall and profile.beside(inside) <= _NOTHING_BESIDE else profile.drawn)[inside]
    return [float(end.mean()) >= _HOLDS * float(drawn.mean()) for end in (drawn[:length], drawn[-length:])]


def _steps_of(
    profile: Profile, borders: Sequence[float], look: Look, least: float, *, tight: bool = False
) -> list[Edge]:
    """The ruled steps of a line between its crossing lines; none where they make less than `least` pixels.

    `tight`: print may stand right beside a step at both its sides.
    """
    unit = look.unit
    spans = [
        (a, b)
        for (a, b), inside in ((span, _inside(span, unit)) for span in _spans(borders, unit))
        if _is_wall(profile, inside, look.usual) or (tight and _is_plain(profile, inside, look))
    ]
    if sum(b - a for a, b in spans) < least:
        return []
    return [Edge(False, profile.line.at / unit, a / unit, b / unit) for a, b in spans]


def _inside(span: tuple[float, float], unit: float) -> slice:
    """A step without its ends, where it crosses other lines."""
    return slice(round(span[0] + _END * unit), round(span[1] - _END * unit))


def _is_wall(profile: Profile, inside: slice, usual: float) -> bool:
    """Whether the line is ruled from the one crossing line to the next."""
    own = profile.on[inside]
    least = _least_dark(profile, usual)
    if not len(own) or float(own.mean()) < least:
        return False
    return bool((own > least).mean() >= _COVERED) and profile.on_lighter_side(inside) <= _LIGHT_BESIDE


def _is_plain(profile: Profile, inside: slice, look: Look) -> bool:
    """Whether the line is drawn evenly up to an end, as dark as the table's rules, whatever stands beside it.

    Strokes of print do not reach so far and are uneven. Of faint rules, lighter than print, a seal may take a part.
    """
    own = profile.drawn[inside]
    dark = own > _PLAIN * look.usual
    left = _LEFT if look.usual <= _FAINT else _ALL_ALONG
    if not len(own) or float(dark.mean()) < left or not any(_reached(profile, inside, look)):
        return False
    return _is_like_rules(own[dark], look.usual)


def _is_like_rules(ink: Ink, usual: float) -> bool:
    """Whether ink along a line is even, and as dark as the table's rules."""
    level = float(ink.mean())
    return level <= _AS_DARK * usual and float(ink.std()) <= _AS_EVEN * level


def _is_part_of_wall(profile: Profile, inside: slice, look: Look) -> bool:
    """Whether a part of the step is ruled, with paper beside it; a step as short as a piece is no part of one."""
    dark = profile.on[inside] > _least_dark(profile, look.usual)
    if len(dark) < _PIECE * look.unit or dark.mean() < _COVERED_BROKEN:
        return False
    sides = min(profile.before[inside][dark].mean(), profile.after[inside][dark].mean())
    return bool(sides <= _LIGHT_BESIDE * profile.drawn[inside][dark].mean())


def _is_even(profile: Profile, span: slice, look: Look) -> bool:
    """Whether a step is a rule and not the strokes of text: evenly dark, with paper beside it, at one side at least.

    What a seal lays over a tall step makes it darker in places, never lighter; over such a height its own arc bends.
    """
    beside, lighter, own = profile.beside(span), profile.on_lighter_side(span), profile.on[span]
    spread = float(own.std()) / max(_NO_INK, float(own.mean()))
    if beside <= _PAPER_BESIDE:
        solid = float(np.percentile(own, 10)) >= _SOLID_SHARE * max(look.usual, float(np.median(own)))
        return beside <= _PAPER_BESIDE / 2 or spread <= _EVEN or (solid and len(own) >= _TALL * look.unit)
    return lighter <= _PAPER_BESIDE / 2 and spread <= 2 * _EVEN


def _bend(line: Line, ink: Ink, span: tuple[float, float], unit: float) -> float:
    """By how many pixels the thirds of a step lie apart across the line."""
    reach = max(2, round(_ASTRAY * unit))
    borders = np.linspace(span[0] + _END * unit, span[1] - _END * unit, 4).astype(int)
    places = []
    for first, last in pairwise(borders):
        at = round(float(line.across[first:last].mean())) if last > first else round(line.at)
        low = max(0, at - reach)
        profile = ink[low : at + reach + 1, first : max(last, first + 1)].mean(axis=1)
        peak = np.nonzero(profile >= 0.8 * profile.max())[0]
        places.append(low + float(peak.mean()))
    return max(places) - min(places)
