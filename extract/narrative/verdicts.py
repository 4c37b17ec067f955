"""Claims × cells → verdicts, and the T001 to T005 discrepancies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from extract.narrative.accounts import settle_accounts
from extract.narrative.analysis import analyse_sentences, is_damaged, is_whole, mended_print
from extract.narrative.changes import find_wrong_changes
from extract.narrative.company import keep_company
from extract.narrative.conflicts import find_conflicts
from extract.narrative.exchanged import accuse_exchanged
from extract.narrative.likely import (
    Asked,
    accuse_likely,
    bind_guess,
    doubt_lone,
    find_unknown,
    is_evident_slip,
    may_ask,
    may_be_guess,
    states_stock,
)
from extract.narrative.numbers import CLAIMS_FILE, form_units
from extract.narrative.otherwise import read_otherwise
from extract.narrative.own_shares import find_own_shares
from extract.narrative.percentages import judge_share
from extract.narrative.remainders import leave_remainders
from extract.narrative.restated import find_restated
from extract.narrative.rounding import in_unit_of_cells, is_rounded
from extract.narrative.shown import (
    Shown,
    all_kinds,
    bears_out,
    bind_anew,
    claim_fields,
    fits_value,
    is_accused,
    look_up,
)
from extract.narrative.strokes import leave_torn
from extract.narrative.targets import OUTCOME, Fields
from extract.narrative.wordings import find_missing, find_wordings
from extract.quick import replace
from extract.records import Cells, Claim, Discrepancy, Narrative, Qualifier, State, Verdict
from extract.rules import load_rules, rule_pattern

_OF_RECEIVED = "requests.received."
_RECEIVED = f"{_OF_RECEIVED}total"
_HANDLED = ("requests.handled.total",)
_LEAST_PARTS = 2
_LEAST_RIGHT = 2  # numbers of a sentence that bear its scope out


def check_claims(
    narrative: Narrative, cells: Cells, *, year: int | None, agency: str | None = None
) -> tuple[tuple[Claim, ...], tuple[Discrepancy, ...]]:
    """The claims with their verdicts, and the T codes, one per cause."""
    sure = _confirm_scopes(narrative, cells)
    judged = [judge_claim(claim, narrative.claims, cells) for claim in sure]
    kept = list(take_guesses(list(_drop_rivals(list(_bring_home(judged, cells)), cells)), cells))
    kept = list(_settle(kept, narrative, cells, year, agency))
    kept = list(read_otherwise(kept, narrative.sentences, cells, year))
    denied = _leave_strange([claim for claim in kept if _is_denied(claim, kept, cells)], narrative, year, agency)
    guessed = _leave_strange(list(_find_guessed(kept, cells)), narrative, year, agency)
    kept = list(accuse_likely(kept, _ask([*denied, *guessed], narrative, cells, year)))
    shown = {claim.id: look_up(claim_fields(claim), cells).sum for claim in kept if _speaks_against(claim, cells)}
    kept = list(accuse_exchanged(kept, narrative.sentences, shown))
    kept = list(leave_remainders(narrative.sentences, keep_company(kept, denied), cells))
    kept = list(read_otherwise(kept, narrative.sentences, cells, year))
    kept = list(leave_torn(kept, narrative.sentences, cells, year))
    claims = tuple(doubt_lone(kept, _ask_again(kept, narrative, cells, year)))
    found = [*_contradictions(claims, cells), *find_conflicts(claims)]
    found += find_restated(narrative.sentences, claims, year, agency)
    found += find_wrong_changes(narrative.sentences, claims, year)
    found += find_own_shares(narrative.sentences, claims)
    found += find_wordings(replace(narrative, claims=claims), cells, year, agency)
    found += find_missing(narrative.sentences, year)
    return claims, _once(found)


def _confirm_scopes(narrative: Narrative, cells: Cells) -> Iterator[Claim]:
    """The claims; what is said of 各部门 is sure only where the numbers before it are those of the table."""
    claims = narrative.claims
    texts = {sentence.id: sentence.text for sentence in narrative.sentences}
    for claim in claims:
        if claim.of_scope:
            beside = [other for other in claims if other.sentence == claim.sentence and other.note != "none"]
            bound = [own for own in beside if claim_fields(own) and not own.share_of and own.start < claim.start]
            right = [other for other in bound if other.value and bears_out(other, claim_fields(other), cells)]
            whole = max((other.value for other in right), default=0) >= _rules()["telling"]
            claim = replace(claim, certain=len(right) >= _LEAST_RIGHT and len(right) == len(bound) and whole)
        elif _is_listed_none(claim, claims, texts[claim.sentence], cells):
            claim = replace(claim, certain=True)
        yield claim


def _is_listed_none(claim: Claim, claims: Sequence[Claim], text: str, cells: Cells) -> bool:
    """准予医疗、消毒产品等行政许可6120件，作出处罚88件，无行政强制: whether there was none of a row of table 2 or 4.

    Whatever words stand in the list, its other numbers are all of such rows, the one before it among them.
    """
    narrowed = rule_pattern(CLAIMS_FILE, "beside", "narrows_none").match(text[claim.start :])
    if claim.certain or claim.note != "none" or narrowed:
        return False
    beside = [other for other in claims if other.sentence == claim.sentence and other.note != "none"]
    own = [other for other in beside if _is_of_same_list(claim, other)]
    right = [other for other in own if other.value and bears_out(other, claim_fields(other), cells)]
    telling = max((other.value for other in right), default=Decimal(0)) >= _rules()["telling"]
    before = [other for other in beside if other.start < claim.start][-1:]
    return bool(right) and before == right[-1:] == own[-1:] and (telling or len(right) >= _LEAST_RIGHT)


def _is_of_same_list(one: Claim, other: Claim) -> bool:
    """Whether both are of decisions of table 2, or of all challenges of a kind."""
    fields = (*claim_fields(one), *claim_fields(other))
    if not claim_fields(one) or not claim_fields(other):
        return False
    return all(field.endswith(".decisions") for field in fields) or all(
        field.startswith("challenges.") and field.endswith(".total") for field in fields
    )


def _settle(
    claims: Sequence[Claim], narrative: Narrative, cells: Cells, year: int | None, agency: str | None
) -> Iterator[Claim]:
    """The claims, settled by the accounts that they make; none is contradicted whose words are damaged."""
    settled = list(settle_accounts(claims, narrative.sentences, cells))
    accused = [new for old, new in zip(claims, settled, strict=True) if new is not old and _is_contradicted(new)]
    whole = {claim.id for claim in _leave_strange(accused, narrative, year, agency)}
    for old, new in zip(claims, settled, strict=True):
        yield new if not _is_contradicted(new) or new.id in whole else old


def _is_contradicted(claim: Claim) -> bool:
    return claim.verdict is Verdict.CONTRADICTED


def _bring_home(claims: list[Claim], cells: Cells) -> Iterator[Claim]:
    """The claims; those of a wider whole (全市公安机关) are the report's own where its table shows a long one.

    One that is a slip of the pen away from it is no chance, either, where nothing else differs.
    """
    least = _rules()["own_whole"]
    away = [claim for claim in claims if claim.note == "elsewhere" and claim_fields(claim)]
    home = {claim.sentence for claim in away if claim.verdict is Verdict.SUPPORTED and claim.value >= least}
    odd = [claim for claim in away if claim.verdict is not Verdict.SUPPORTED]
    home |= {
        claim.sentence
        for claim in odd
        if claim.value >= least
        and _is_long_slip(claim, cells)
        and [own.sentence for own in odd].count(claim.sentence) == 1
    }
    for claim in claims:
        yield replace(claim, note="") if claim.note == "elsewhere" and claim.sentence in home else claim


def _is_long_slip(claim: Claim, cells: Cells) -> bool:
    return is_evident_slip(claim.value, look_up(claim_fields(claim), cells).sum)


def take_guesses(claims: Sequence[Claim], cells: Cells) -> Iterator[Claim]:
    """The claims; those whose guessed cells show what they say speak of them, unless another number says so."""
    stated = {(claim.sentence, claim_fields(claim)) for claim in claims if claim.verdict is Verdict.SUPPORTED}
    for claim in claims:
        guess = bind_guess(claim)
        fits = guess is not claim and may_ask(claim) and judge_claim(guess, (), cells).verdict is Verdict.SUPPORTED
        told = (claim.sentence, claim_fields(guess)) in stated
        yield replace(guess, verdict=Verdict.SUPPORTED) if fits and not told else claim


def _find_guessed(claims: Sequence[Claim], cells: Cells) -> Iterator[Claim]:
    """With their guessed cells, the claims that are a slip of the pen away from these."""
    for claim in claims:
        guess = bind_guess(claim)
        known = guess is not claim and cells.keys() >= set(claim.guess)  # the form of 2019 has other cells
        near = known and may_be_guess(claim, cells)
        if near and _is_denied(guess, claims, cells):
            yield guess


def _drop_rivals(claims: list[Claim], cells: Cells) -> Iterator[Claim]:
    """The claims; of several numbers of one sentence for the same cells the one that fits is right, the others misread.

    Where none fits each may be a part (驳回1件、维持2件; 1件由县政府转来，1件由本人寄来), and a number bound to no
    cell may be the right one (全县430件，其中我局99件).
    """
    own: dict[tuple[str, Fields], list[Claim]] = {}
    for claim in claims:
        own.setdefault((claim.sentence, claim_fields(claim)), []).append(claim)
    for claim in claims:
        fields = claim_fields(claim)
        if claim.verdict is Verdict.CONTRADICTED and fields and not claim.share_of:
            same = own[claim.sentence, fields]
            several = len({other.value for other in same if other.note != "none"}) > 1
            if several or _stands_unbound(own.get((claim.sentence, ()), ()), fields, cells):
                claim = replace(claim, verdict=Verdict.UNVERIFIABLE, certain=False)
        yield claim


def _is_denied(claim: Claim, claims: Sequence[Claim], cells: Cells) -> bool:
    """Whether the claim would be contradicted if its words were sure, and nothing else of its sentence fits better."""
    if not _speaks_against(claim, cells):
        return False
    if claim.field and claim.field.startswith("disclosure.") and _is_of_row(claim, claims, cells):
        return False  # 规范性文件117件, of which nothing says whether they were issued or are in force
    return not has_rival(claim, claims, look_up(claim_fields(claim), cells).sum)


def _speaks_against(claim: Claim, cells: Cells) -> bool:
    """Whether the claim would be contradicted if its words were sure."""
    if claim.certain or claim.note or claim.verdict is not Verdict.UNVERIFIABLE or not claim_fields(claim):
        return False
    return judge_claim(replace(claim, certain=True), (), cells).verdict is Verdict.CONTRADICTED


def has_rival(claim: Claim, claims: Iterable[Claim], shown: Decimal) -> bool:
    """Whether another number of the sentence says what the cells show, and has no other cells that bear it out."""
    own, units = {*claim_fields(claim)}, form_units()
    beside = [other for other in claims if other.sentence == claim.sentence and other.unit in units]
    same = [other for other in beside if other.value == shown]
    return any(other.verdict is not Verdict.SUPPORTED or own & {*claim_fields(other)} for other in same)


def _is_of_row(claim: Claim, claims: Iterable[Claim], cells: Cells) -> bool:
    """Whether another cell of the row shows what the claim says, and no other number of its sentence speaks of that."""
    row = (claim.field or "").rpartition(".")[0]
    own = [other.field for other in claims if other.sentence == claim.sentence and other.verdict is Verdict.SUPPORTED]
    names = (name for name, cell in cells.items() if cell.value == claim.value and name.rpartition(".")[0] == row)
    return any(name not in own for name in names)


def _leave_strange(denied: Sequence[Claim], narrative: Narrative, year: int | None, agency: str | None) -> list[Claim]:
    """Those whose words, up to the end of their piece, are damaged no more: of others nobody knows what they count.

    In prose without damage an unusual character is the writer's own.
    """
    read = analyse_sentences(narrative.sentences, year) if denied else ()
    if not denied or not is_damaged(read):
        return list(denied)
    pairs = zip(narrative.sentences, read, strict=True)
    analyses = {sentence.id: analysis for sentence, analysis in pairs}
    return [claim for claim in denied if is_whole(analyses[claim.sentence], claim.start, agency)]


def _ask(denied: Sequence[Claim], narrative: Narrative, cells: Cells, year: int | None) -> list[Asked]:
    """What the model of likely bindings is asked."""
    asked = (claim for claim in denied if may_ask(claim) and not states_stock(claim, cells))
    return [look_beside(claim, narrative, cells, year) for claim in asked]


def _ask_again(claims: Sequence[Claim], narrative: Narrative, cells: Cells, year: int | None) -> list[Asked]:
    """What the model is asked about numbers that are contradicted after all; a 0 is of no other matter."""
    right = [claim for claim in claims if claim.verdict is Verdict.SUPPORTED and claim.qualifier is Qualifier.EXACT]
    asked = []
    for claim in claims:
        if is_accused(claim) and claim.value and not _is_exchanged(claim, claims, cells):
            own, fields = look_beside(claim, narrative, cells, year), set(claim_fields(claim))
            retold = any(set(claim_fields(other)) == fields and other.sentence != claim.sentence for other in right)
            denied = any(_denies(other, claim, fields) for other in right)
            shares = sum(1 for other in right if other.share_of and other.sentence == claim.sentence)
            borne_out = 0 if denied else own.borne_out + shares
            asked.append(replace(own, retold=retold or denied, borne_out=borne_out, beside_none=denied))
    return asked


def _is_exchanged(claim: Claim, claims: Sequence[Claim], cells: Cells) -> bool:
    """Whether another number of its sentence changed places with it."""
    shown = look_up(claim_fields(claim), cells).sum
    others = (other for other in claims if other.sentence == claim.sentence and is_accused(other))
    return any(other.value == shown and look_up(claim_fields(other), cells).sum == claim.value for other in others)


def _denies(other: Claim, claim: Claim, fields: set[str]) -> bool:
    """未发生行政复议，但办理教育行政复议答复4件: whether the sentence itself says that there is none in the cells."""
    return other.note == "none" and other.sentence == claim.sentence and fields <= set(claim_fields(other))


def look_beside(claim: Claim, narrative: Narrative, cells: Cells, year: int | None) -> Asked:
    """The claim with what its own cells show, whether others show what it says, and how its neighbours fare."""
    fields = claim_fields(claim)
    table, row = fields[0].split(".")[0], fields[0].rpartition(".")[0]
    same = [name for name, cell in cells.items() if cell.value == claim.value and name.split(".")[0] == table]
    part = any(name in fields or name.rpartition(".")[0] == row for name in same)
    beside = [other for other in narrative.claims if other.sentence == claim.sentence and other.start != claim.start]
    verdicts = [judge_claim(replace(other, certain=True), (), cells).verdict for other in beside if claim_fields(other)]
    right, wrong = verdicts.count(Verdict.SUPPORTED), verdicts.count(Verdict.CONTRADICTED)
    own, analysis = next(
        (own, analysis)
        for own, analysis in zip(narrative.sentences, analyse_sentences(narrative.sentences, year), strict=True)
        if own.id == claim.sentence
    )
    sentence, unknown = replace(own, text=mended_print(own, analysis)), find_unknown(analysis, claim)
    return Asked(
        claim, sentence, look_up(fields, cells).sum, bool(same), part, right, wrong, unknown, bool(claim.guess)
    )


def _stands_unbound(claims: Iterable[Claim], fields: Fields, cells: Cells) -> bool:
    """Whether one of the claims that no cell was found for says what the cells show; small numbers say so by chance.

    One whose own guess bears it out is no such claim: 全年收到4件，上半年办结14件.
    """
    rules, shown = load_rules(CLAIMS_FILE), look_up(fields, cells).sum
    units = rules["numbers"]["cell_units"]
    return shown >= rules["verdict"]["telling"] and any(
        claim.value == shown and claim.unit in units and claim.guess and not claim.share_of
        for claim in claims
        if claim.guess == fields or look_up(claim.guess, cells).sum != shown
    )


def judge_claim(claim: Claim, claims: tuple[Claim, ...], cells: Cells) -> Claim:
    """The claim with its verdict."""
    if claim.share_of:
        return judge_share(claim, claims, cells)
    fields = claim_fields(claim)
    if not fields or any(field not in cells for field in fields):
        return claim
    shown = look_up(fields, cells)
    same = in_unit_of_cells(claim, fields, cells)
    fits = fits_value(same, shown.sum) or is_rounded(same, shown.sum)
    if fits and (shown.whole or (shown.empty and (shown.sum or not claim.value))):
        return replace(claim, verdict=Verdict.SUPPORTED)
    if other := _wider_reading(claim, fields, cells):
        return bind_anew(claim, other, right=True)
    certain = claim.certain and not _may_differ(claim, fields, claims, cells)
    if certain and not fits and (shown.whole or _is_lost_challenge(claim, fields, cells) or _exceeds(shown, claim)):
        return replace(claim, verdict=Verdict.CONTRADICTED)
    return claim


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = load_rules(CLAIMS_FILE)["verdict"]
    return rules


def _wider_reading(claim: Claim, fields: Fields, cells: Cells) -> Fields:
    """The cells that loose words mean where they fit (公开12件 with those opened in part), else none.

    What was bound to one kind of applicant may be said of all.
    """
    if claim.note == "kind":
        whole = all_kinds(fields)
        return whole if bears_out(claim, whole, cells) else ()
    if claim.note != "loose" or not claim.value or claim.qualifier is not Qualifier.EXACT:
        return ()
    wider = (tuple(sum_) for entry in _rules()["wider"] if tuple(entry["says"]) == fields for sum_ in [entry["means"]])
    return next((sum_ for sum_ in wider if _combine(sum_, cells) == claim.value), ())


def _may_differ(claim: Claim, fields: Fields, claims: tuple[Claim, ...], cells: Cells) -> bool:
    """True where the words may honestly mean another number than the cell."""
    if claim.qualifier is not Qualifier.EXACT and not claim.value:
        return True
    if claim.note == "none" and claim.guess and bears_out(claim, claim.guess, cells):
        return True  # 收到申请10件，无结转: none came over
    if claim.note == "kind" and _may_leave_out_old(claim, fields, cells):
        return True
    if _is_summed_beside(claim, fields, claims, cells):
        return False
    for entry in _rules()["honest"]:
        if entry.get("with_old", False) and (claim.anew or _lists_new(claim, claims, cells)):
            continue
        if entry.get("unless_told") and _tells(claim, claims, entry["unless_told"], cells):
            continue
        if entry.get("beside") and not any(o.field == entry["beside"] and o.sentence == claim.sentence for o in claims):
            continue
        if entry.get("loose", False) and fields == (_RECEIVED,) and _lists_new(claim, claims, cells):
            continue
        if entry.get("unless_listed", False) and _lists_row(claim, claims):
            continue
        if tuple(entry["says"]) == fields and (claim.note == "loose" or not entry.get("loose", False)):
            others = (_combine(sum_, cells) for sum_ in entry["may_mean"])
            if any(other is not None and other == claim.value for other in others):
                return True
            due = _combine(entry["at_most"], cells) if "at_most" in entry else None
            most = due is not None and claim.value > due  # more than there were, whatever the words leave out
            if not most and any((cells[field].value or 0) > 0 for field in entry.get("if_any", ())):
                return True
    return False


def _is_summed_beside(claim: Claim, fields: Fields, claims: tuple[Claim, ...], cells: Cells) -> bool:
    """Whether its parts stand beside it, and make what the cells show: the words then mean no other number.

    收到15件，连同上年的1件，共15件; 答复6件，其中公开4件、不掌握3件.
    """
    beside = [other for other in claims if other.sentence == claim.sentence and not other.share_of and other.note == ""]
    if fields == _HANDLED:
        parts = [other for other in beside if any(map(OUTCOME.match, claim_fields(other)))]
    else:
        parts = [other for other in beside if other.field in fields]
        if {other.field for other in parts} != set(fields):
            return False
    return len(parts) >= _LEAST_PARTS and sum(other.value for other in parts) == look_up(fields, cells).sum


def _may_leave_out_old(claim: Claim, fields: Fields, cells: Cells) -> bool:
    """自然人申请9件，公开5件: whether fewer than were opened may be what became of the new ones alone."""
    old = {f"requests.carried_in.{field.rpartition('.')[2]}" for field in fields}
    carried = look_up(old, cells)
    return carried.sum > 0 and claim.value < look_up(fields, cells).sum


def _tells(claim: Claim, claims: tuple[Claim, ...], names: Iterable[str], cells: Cells) -> bool:
    """新收18件，上年结转1件，办结17件，结转1件: whether its sentence says the other numbers of the account right."""
    told = {other.field: other.value for other in claims if other.sentence == claim.sentence}
    return all(name in told and told[name] == cells[name].value for name in names)


def _lists_row(claim: Claim, claims: tuple[Claim, ...]) -> bool:
    """信访举报投诉类5件、重复申请1件: whether another number of the sentence is one of the same outcome's reasons."""
    outcome = (claim.field or "").rpartition(".")[0].rpartition(".")[0]
    beside = (other.field or "" for other in claims if other.sentence == claim.sentence and other.field != claim.field)
    return any(field.startswith(f"{outcome}.") for field in beside)


def _lists_new(claim: Claim, claims: tuple[Claim, ...], cells: Cells) -> bool:
    """收到申请15件，自然人14件: whether the kinds of applicants beside it are those of all new requests."""
    of_kinds = (o for o in claims if o.sentence == claim.sentence and (o.field or "").startswith(_OF_RECEIVED))
    kinds = {own.field: own.value for own in of_kinds if own.field and own.field != _RECEIVED}
    new = all(cells[field].value == value for field, value in kinds.items())
    return new and bool(kinds) and sum(kinds.values()) == cells[_RECEIVED].value


def _combine(signed: Iterable[str], cells: Cells) -> Decimal | None:
    """The sum of signed cells ("-requests.received.total" is subtracted); None where one was not read."""
    total = Decimal(0)
    for name in signed:
        cell = cells.get(name.lstrip("-"))
        if cell is None or cell.value is None:
            return None
        total += -cell.value if name.startswith("-") else cell.value
    return total


def _exceeds(shown: Shown, claim: Claim) -> bool:
    """Whether the cells that were read make more than the text says: no cell that was not read can make it less."""
    exact = claim.qualifier is Qualifier.EXACT and claim.note in ("", "none")
    return exact and shown.sum > claim.value


def _is_lost_challenge(claim: Claim, fields: Fields, cells: Cells) -> bool:
    """True where table 4 was found, and no cell of the kind of challenge that the claim names shows anything."""
    if not claim.value or not all(field.startswith("challenges.") for field in fields):
        return False
    groups = {field.split(".")[1] for field in fields}
    own = [cell for name, cell in cells.items() if name.startswith("challenges.") and name.split(".")[1] in groups]
    found = any(cell.state is State.READ for name, cell in cells.items() if name.startswith("challenges."))
    return found and not any(cell.value for cell in own)


def _contradictions(claims: Iterable[Claim], cells: Cells) -> list[Discrepancy]:
    found = []
    for claim in claims:
        if claim.verdict is not Verdict.CONTRADICTED:
            continue
        fields = claim_fields(claim) or tuple(dict.fromkeys(sum(claim.share_of or ((), ()), ())))
        code = "T004" if claim.share_of else "T005" if claim.note == "none" else "T001"
        expected = None if claim.share_of else float(look_up(fields, cells).sum)
        stated: str | float = claim.text if code == "T005" else float(claim.value)
        own = (claim.id,)
        found.append(Discrepancy(code, fields, (claim.sentence,), expected, stated, claim.text, claims=own))
    return found


def _once(found: Iterable[Discrepancy]) -> tuple[Discrepancy, ...]:
    """One discrepancy per code, cells and sentences; a T005 and another T005 on one of the same cells are one cause."""
    kept: dict[tuple[str, tuple[str, ...]], list[Discrepancy]] = {}
    order: list[Discrepancy] = []
    for discrepancy in found:
        own = kept.setdefault((discrepancy.code, discrepancy.sentences), [])
        if not any(_same_cause(discrepancy, other) for other in own):
            own.append(discrepancy)
            order.append(discrepancy)
    return tuple(one for one in order if not any(_denies_all_of(other, one) for other in order))


def _denies_all_of(wording: Discrepancy, number: Discrepancy) -> bool:
    """13件申请全部予以公开: whether the number is that of the whole, and only the wording of all is wrong."""
    told = (wording.code, wording.note, number.code) == ("T005", "all", "T001")
    same = told and wording.sentences == number.sentences and set(number.fields) <= set(wording.fields)
    return same and number.found == wording.expected


def _same_cause(one: Discrepancy, other: Discrepancy) -> bool:
    if one.code != other.code:
        return False
    if one.code == "T005":
        return one.sentences == other.sentences and bool(set(one.fields) & set(other.fields))
    return (one.fields, one.sentences, one.found) == (other.fields, other.sentences, other.found)
