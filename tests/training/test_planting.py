from __future__ import annotations

from typing import Any

from training.planting import COPIES, plant_slips


def claim(text: str, value: float, **changes: object) -> dict[str, Any]:
    entry = {"text": text, "value": value, "unit": "件", "qualifier": "exact", "field": "requests.received.total"}
    return entry | {"sum_of": [], "verdict": "supported"} | changes


def passage(text: str, *claims: dict[str, Any], name: str = "one-001") -> dict[str, Any]:
    return {"id": name, "fields": {}, "sentences": [{"id": f"{name}-01", "text": text, "claims": list(claims)}]}


def plant(text: str, *claims: dict[str, Any]) -> list[dict[str, Any]]:
    """The sentences of the copies of many passages that say the same: whatever may be mistyped is, in one of them."""
    named = (passage(text, *claims, name=f"one-{nth:03d}") for nth in range(30))
    return [copy["sentences"][0] for own in named for copy in plant_slips(own)]


def test_a_mistyped_number_stands_in_the_sentence_and_contradicts_the_table():
    planted = plant("全年收到申请128件。", claim("128件", 128))
    assert planted
    for sentence in planted:
        (slip,) = sentence["claims"]
        assert sentence["text"] == f"全年收到申请{slip['value']}件。" != "全年收到申请128件。"
        assert slip["text"] == f"{slip['value']}件"
        assert slip["verdict"] == "contradicted"
        assert slip["value"] > 0


def test_numbers_of_other_business_in_words_rounded_and_wrong_ones_stay_as_they_are():
    assert not plant("全年推送信息128条。", claim("128条", 128, field=None))
    assert not plant("全年收到申请十八件。", claim("十八件", 18))
    assert not plant("全年收到申请120余件。", claim("120余件", 120, qualifier="at_least"))
    assert not plant("全年收到申请19件。", claim("19件", 19, verdict="contradicted"))
    assert not plant("收到8件，公开8件。", claim("8件", 8), claim("8件", 8))


def test_one_number_that_ends_another_is_not_taken_for_it():
    assert not plant("热线受理128件，收到申请28件。", claim("28件", 28))


def test_the_same_passage_gives_the_same_copies_and_stays_as_it_was():
    own = passage("全年收到申请128件，办结127件。", claim("128件", 128), claim("127件", 127))
    first, second = list(plant_slips(own)), list(plant_slips(own))
    assert first == second
    assert len(first) <= COPIES
    assert own["sentences"][0]["text"] == "全年收到申请128件，办结127件。"
