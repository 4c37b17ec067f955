"""What the prose can speak of: short names in the phrase banks → the cells they mean."""

from __future__ import annotations

from functools import cache

from training.synthesis.figures import outcome_ids

_TOTALS = {
    "received": "requests.received.total",
    "carried_in": "requests.carried_in.total",
    "carried_out": "requests.carried_out.total",
    "handled": "requests.handled.total",
    "granted": "requests.granted.total",
    "partial": "requests.partially_granted.total",
    "secret": "requests.denied.state_secret.total",
    "inquiry": "requests.denied.administrative_inquiry.total",
    "internal": "requests.denied.internal_affairs.total",
    "process": "requests.denied.process_information.total",
    "third_party": "requests.denied.third_party_rights.total",
    "files": "requests.denied.enforcement_files.total",
    "not_held": "requests.unavailable.not_held.total",
    "creation": "requests.unavailable.needs_creation.total",
    "unclear": "requests.unavailable.still_unclear.total",
    "petition": "requests.not_processed.petition.total",
    "repeated": "requests.not_processed.repeated.total",
    "recon": "challenges.reconsideration.total",
    "recon_upheld": "challenges.reconsideration.upheld",
    "recon_corrected": "challenges.reconsideration.corrected",
    "recon_other": "challenges.reconsideration.other",
    "recon_pending": "challenges.reconsideration.pending",
    "lit_direct": "challenges.litigation_direct.total",
    "lit_after": "challenges.litigation_after_reconsideration.total",
    "reg_issued": "disclosure.regulations.issued",
    "reg_force": "disclosure.regulations.in_force",
    "norm_issued": "disclosure.normative_documents.issued",
    "norm_repealed": "disclosure.normative_documents.repealed",
    "norm_force": "disclosure.normative_documents.in_force",
    "licences": "disclosure.licensing.decisions",
    "penalties": "disclosure.penalties.decisions",
    "coercion": "disclosure.coercion.decisions",
    "fees": "disclosure.fees.amount",
}
_KINDS = {
    "natural": "natural_person",
    "business": "business",
    "research": "research",
    "welfare": "public_welfare",
    "legal": "legal_service",
    "other_org": "other_organisation",
}


@cache
def targets() -> dict[str, tuple[str, ...]]:
    """Short name → the one cell, or the cells of the sum."""
    found: dict[str, tuple[str, ...]] = {name: (field,) for name, field in _TOTALS.items()}
    for name, kind in _KINDS.items():
        found[f"received_{name}"] = (f"requests.received.{kind}",)
        found[f"carried_out_{name}"] = (f"requests.carried_out.{kind}",)
    found["received_orgs"] = tuple(f"requests.received.{kind}" for kind in list(_KINDS.values())[1:])
    for name in ("denied", "unavailable", "not_processed", "other"):
        rows = (row for row in outcome_ids() if row.startswith(f"requests.{name}."))
        found[name] = tuple(f"{row}.total" for row in rows)
    found["open"] = (*found["granted"], *found["partial"])
    for result in ("upheld", "corrected", "other", "pending", "total"):
        kinds = ("litigation_direct", "litigation_after_reconsideration")
        found["lit" if result == "total" else f"lit_{result}"] = tuple(f"challenges.{kind}.{result}" for kind in kinds)
    return found
