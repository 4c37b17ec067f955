"""What a clause may say with a word for none or for all in words of its own: 一件未积压, 清一色是个人, 没当过被告.

A word for none, all or only and a concept that it may be said of are a candidate: what they would mean together, and
the cells that must then be alike. Whether the clause says so of the whole year and agency is for `meant.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from extract.narrative.all_words import AllWord
from extract.narrative.concepts import (
    APPLICANT_CONCEPTS,
    CHALLENGING,
    DECISIONS,
    DOCUMENTS,
    ENDS,
    GROUPS,
    ORGANISATIONS,
    OUTCOMES,
    Token,
    applicant_columns,
)
from extract.narrative.targets import APPLICANTS, FEE_FIELDS, Fields, challenge_fields, request_fields
from extract.narrative.windows import split_pieces
from extract.quick import record

FAMILIES = (
    "no request", "no applicant", "one applicant", "none came over", "none left", "all done", "done idiom",
    "no outcome", "one outcome", "no challenge", "one end", "no end", "all closed", "no document", "no decision",
    "no fee",
)  # fmt: skip
"""Kinds of meanings, which are told by the same signs."""
_ACTIONS = ("issued", "repealed", "in_force")
_ASKING = ("request", "applicant", "ask", "receive")
_STOCKS = ("left", "carry", "carried_out", "carried_in")
_KINDS = (*APPLICANT_CONCEPTS, "organisation")
_NO_OUTCOMES = ("handled", "undisclosed", "granted", "disclosed")
_FAR = 100  # more than the characters of a piece


@record
class Candidate:
    """What a word for none or all says together with another: `meaning` names it, `word` has its cells.

    `place` is the piece of the sentence with the word for none or all; the other, `key`, may stand in the one before.
    """

    meaning: str
    family: str
    word: AllWord
    quantifier: Token
    key: Token
    place: int


@record
class _Piece:
    """The words of a piece of a sentence and of the one before, and the challenges that are spoken of."""

    place: int
    own: Sequence[Token]
    before: Sequence[Token]
    groups: tuple[str, ...]


def find_candidates(text: str, tokens: Sequence[Token], groups: tuple[str, ...]) -> Iterator[Candidate]:
    """What the pieces of a plain text may say; `groups` are the kinds of challenges that the text before spoke of.

    Of one meaning in one piece, the words that stand closest together.
    """
    pieces = split_pieces(text)
    telling = [token for token in tokens if token.concepts != ("neutral",)]
    shared = [[token for token in telling if start <= token.start < end] for start, end in pieces]
    for place, own in enumerate(shared):
        groups = _named_groups(own) or groups
        piece = _Piece(place, own, shared[place - 1] if place else (), groups or ("challenges",))
        best: dict[str, tuple[int, Candidate]] = {}
        for candidate in _read_piece(piece):
            cost = _cost(candidate, pieces[place])
            if candidate.meaning not in best or cost < best[candidate.meaning][0]:
                best[candidate.meaning] = cost, candidate
        yield from (candidate for _, candidate in best.values())


def _named_groups(tokens: Sequence[Token]) -> tuple[str, ...]:
    named = (concept for token in tokens for concept in token.concepts)
    known = ("reconsideration" if name == "reviewer" else name for name in named if name in (*GROUPS, "reviewer"))
    return tuple(dict.fromkeys(known))


def _cost(candidate: Candidate, piece: tuple[int, int]) -> int:
    """How far the two words are from each other; much further where the one stands in the piece before."""
    first, last = sorted((candidate.quantifier, candidate.key), key=lambda token: token.start)
    return last.start - first.end + (_FAR if first.start < piece[0] else 0)


def _read_piece(piece: _Piece) -> Iterator[Candidate]:
    for token in piece.own:
        if token.is_of(("done_idiom",)):
            yield _none(piece, (token, token), "carried_out", "done idiom", request_fields(("carried_out",), ()))
        if token.is_of(("none",)):
            for key in (*piece.own, *piece.before):
                if key is not token or key.is_of(("left",)):
                    yield from _none_of(piece, token, key)
        if token.is_of(("all", "only")):
            yield from _all_of(piece, token)


def _none(piece: _Piece, tokens: tuple[Token, Token], name: str, family: str, fields: Fields) -> Candidate:
    """There is none of the cells."""
    first, last = sorted(tokens, key=lambda token: token.start)
    return Candidate(f"none {name}", family, AllWord(first.start, last.end, (), fields), *tokens, piece.place)


def _none_of(piece: _Piece, quantifier: Token, key: Token) -> Iterator[Candidate]:
    both = quantifier, key
    for concept in key.concepts:
        if concept in _ASKING or concept in _KINDS:
            yield from _no_requests(piece, both, concept)
        elif concept in _STOCKS:
            yield from _no_stock(piece, both, concept)
        elif concept in OUTCOMES or concept.startswith("row "):
            yield from _no_outcome(piece, both, concept.removeprefix("row ").replace("other_row", "other"))
        elif concept in CHALLENGING:
            name = "challenges" if concept == "challenge" else concept
            yield _none(piece, both, name, "no challenge", challenge_fields((name,), ()))
        elif concept in ENDS:
            result = concept.removesuffix("_result")
            yield _none(piece, both, result, "no end", challenge_fields(piece.groups, (result,)))
        elif concept in DOCUMENTS:
            yield from _no_documents(piece, both, concept)
        elif concept in DECISIONS:
            yield _none(piece, both, concept, "no decision", (f"disclosure.{concept}.decisions",))
        elif concept == "fees":
            yield _none(piece, both, "fees", "no fee", FEE_FIELDS)


def _no_requests(piece: _Piece, both: tuple[Token, Token], concept: str) -> Iterator[Candidate]:
    """未收到申请, 没有企业来提出, 没有接手去年的申请."""
    around = _around(piece, both[1])
    columns = applicant_columns(around)
    if concept == "request" and _is_last_years(both[1], around):
        yield _none(piece, both, "carried_in", "none came over", request_fields(("carried_in",), ()))
    if concept in _KINDS:
        own_kind = applicant_columns((both[1],))
        for kinds in dict.fromkeys((columns, columns if columns == ORGANISATIONS else own_kind)):
            if len(kinds) < len(APPLICANTS):
                yield _none(piece, both, _join(kinds), "no applicant", request_fields(("received",), kinds))
    elif len(columns) in (0, len(APPLICANTS)):
        yield _none(piece, both, "received", "no request", request_fields(("received",), ()))


def _around(piece: _Piece, key: Token) -> Sequence[Token]:
    """The words of the piece, with those of the piece before where the key stands there."""
    return piece.own if key in piece.own else (*piece.own, *piece.before)


def _is_last_years(request: Token, tokens: Sequence[Token]) -> bool:
    """没有接手去年的申请: whether last year's requests are spoken of, not that there were none last year."""
    return any(token.is_of(("last",)) and 0 <= request.start - token.end <= 1 for token in tokens)


def _join(columns: Sequence[str]) -> str:
    return "organisations" if tuple(columns) == ORGANISATIONS else "+".join(columns)


def _no_stock(piece: _Piece, both: tuple[Token, Token], concept: str) -> Iterator[Candidate]:
    """没有积压; 上年没有遗留."""
    last = any(token.is_of(("last",)) for token in _around(piece, both[1]))
    if concept == "carried_in" or (concept != "carried_out" and last):
        yield _none(piece, both, "carried_in", "none came over", request_fields(("carried_in",), ()))
    else:
        yield _none(piece, both, "carried_out", "none left", request_fields(("carried_out",), ()))


def _no_outcome(piece: _Piece, both: tuple[Token, Token], row: str) -> Iterator[Candidate]:
    """没有不予公开的; of a reason only where the outcome is named, too: 涉密 may be said of anything."""
    outcome = row.partition(".")[0]
    named = outcome == row or any(token.is_of((outcome,)) for token in (*piece.own, *piece.before))
    if named and row not in _NO_OUTCOMES:
        yield _none(piece, both, row, "no outcome", request_fields((row,), ()))


def _no_documents(piece: _Piece, both: tuple[Token, Token], kind: str) -> Iterator[Candidate]:
    """没有制发规范性文件: what was not done with them is told by the verb next to the word for none."""
    verbs = [
        (abs(token.start - both[0].end), name) for token in piece.own for name in token.concepts if name in _ACTIONS
    ]
    for _, action in sorted(verbs)[:1]:
        yield _none(piece, both, f"{kind}.{action}", "no document", (f"disclosure.{kind}.{action}",))


def _all_of(piece: _Piece, quantifier: Token) -> Iterator[Candidate]:
    behind = [token for token in piece.own if token.start >= quantifier.end]
    yield from _one_applicant(piece, quantifier, behind)
    done = next((token for token in behind if token.is_of(("done",))), None)
    if done and quantifier.is_of(("all",)):
        fields = request_fields(("carried_out",), ())
        yield _none(piece, (quantifier, done), "carried_out", "all done", fields)
    yield from _one_outcome(piece, quantifier, behind)
    yield from _one_end(piece, quantifier, behind)


def _one(
    piece: _Piece, tokens: tuple[Token, Token], name: str, family: str, pairs: Sequence[tuple[Fields, Fields]]
) -> Candidate:
    """The cells of the part are all there is of the whole, in one of the pairs."""
    first, last = sorted(tokens, key=lambda token: token.start)
    (part, whole), *others = pairs
    word = AllWord(first.start, last.end, part, whole, tuple(others))
    return Candidate(f"only {name}", family, word, *tokens, piece.place)


def _one_applicant(piece: _Piece, quantifier: Token, behind: Sequence[Token]) -> Iterator[Candidate]:
    """都由个人递交; 自然人占100%, where the kind stands before."""
    named = behind
    if quantifier.is_of(("share",)) and not applicant_columns(behind):
        named = [token for token in piece.own if token.start < quantifier.start]
    columns = applicant_columns(named)
    key = next((token for token in named if token.is_of(_KINDS)), None)
    if key and (len(columns) == 1 or columns == ORGANISATIONS):
        pairs = [(request_fields((row,), columns), request_fields((row,), ())) for row in ("received", "handled")]
        yield _one(piece, (quantifier, key), _join(columns), "one applicant", pairs)


def _one_outcome(piece: _Piece, quantifier: Token, behind: Sequence[Token]) -> Iterator[Candidate]:
    """收到的申请全部予以公开: one outcome of all that was asked."""
    if any(token.is_of(OUTCOMES) and token.start < quantifier.start for token in piece.own):
        return
    named = [(token, concept) for token in behind for concept in token.concepts if concept in OUTCOMES]
    rows = tuple(dict.fromkeys(concept.replace("other_row", "other") for _, concept in named))
    if len(rows) == 1:
        parts = [request_fields(rows, ())]
        if rows == ("granted",):
            parts.append(request_fields(("disclosed",), ()))
        wholes = [request_fields((row,), ()) for row in ("handled", "received")]
        yield _one(piece, (quantifier, named[0][0]), rows[0], "one outcome", list(product(parts, wholes)))


def _one_end(piece: _Piece, quantifier: Token, behind: Sequence[Token]) -> Iterator[Candidate]:
    """均获维持; 均已审结."""
    for token in behind:
        for concept in token.concepts:
            if concept in ("upheld", "corrected", "other_result"):
                result = concept.removesuffix("_result")
                part = challenge_fields(piece.groups, (result,))
                pairs = [(part, challenge_fields(piece.groups, ends)) for ends in ((), ("closed",))]
                yield _one(piece, (quantifier, token), result, "one end", pairs)
            elif concept == "closed" and quantifier.is_of(("all",)):
                fields = challenge_fields(piece.groups, ("pending",))
                yield _none(piece, (quantifier, token), "pending", "all closed", fields)
