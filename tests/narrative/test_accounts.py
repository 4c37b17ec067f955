"""Numbers that the table adds up: the one that spoils the account is wrong, whatever its words."""

from __future__ import annotations

import pytest

from tests.narrative.builders import check, codes_of, make_cells

CELLS = make_cells(
    {
        "requests.received.natural_person": 26, "requests.received.business": 9, "requests.received.legal_service": 3,
        "requests.received.total": 38, "requests.carried_in.natural_person": 4, "requests.carried_in.total": 4,
        "requests.handled.natural_person": 27, "requests.handled.business": 8, "requests.handled.legal_service": 3,
        "requests.handled.total": 38, "requests.carried_out.total": 4,
        "requests.granted.total": 21, "requests.partially_granted.total": 6, "requests.unavailable.not_held.total": 7,
        "requests.not_processed.repeated.total": 4,
        "challenges.reconsideration.upheld": 7, "challenges.reconsideration.pending": 2,
        "challenges.reconsideration.total": 9,
    }
)  # fmt: skip


def accused(*texts: str) -> list[tuple[str, tuple[str, ...]]]:
    """(number, cells) of every T001 on the texts."""
    return [(entry.note, entry.fields) for entry in check(*texts, cells=CELLS)[1] if entry.code == "T001"]


@pytest.mark.parametrize(
    ("text", "number", "field"),
    [
        (  # a part in words that nobody knows
            "全年办结申请38件，其中予以公开21件，摘出可给内容后交付的9件，卷宗另在他处的7件，来过一回又来的4件。",
            "9件",
            "requests.partially_granted.total",
        ),
        (  # loose words, which may mean another cell anywhere else
            "办结申请38件，同意公开22件，部分公开6件，本单位未掌握7件，重复申请4件。",
            "22件",
            "requests.granted.total",
        ),
        (  # the whole, before its parts
            "83份函件经由专窗和邮箱交到我局，交件的有自然人26名、企业9家、律师事务所3家。",
            "83份",
            "requests.received.total",
        ),
        (  # the whole, behind its parts
            "厂商经由专窗递来申请9件，自然人26件，律师事务所3件，共36件。",
            "36件",
            "requests.received.total",
        ),
        (  # came in and left over, dealt with and left over
            "年初结存的4件与全年登记的38件一并排期，39件交了卷，4件等外单位回话。",
            "39件",
            "requests.handled.total",
        ),
        (  # 34 alone might be those of 38 that were not left over from last year
            "收到信息公开申请38件，上年结转4件，两项合计42件，已答复34件，另有4件转入下年办理。",
            "34件",
            "requests.handled.total",
        ),
    ],
)
def test_the_number_that_alone_spoils_an_account_is_accused(text, number, field):
    assert accused(text) == [(number, (field,))]


@pytest.mark.parametrize(
    "text",
    [
        "全年办结申请38件，其中予以公开21件，摘出可给内容后交付的6件，卷宗另在他处的7件，来过一回又来的4件。",
        "行政复议9件，审结7件，7件支持本机关，尚有2件在审。",  # a part whose own part follows
        "全年收到申请38件，其中自然人26件，其中经由网络递交的15件。",  # a list in a list
        "收到申请38件，其中自然人26件，企业9件；窗口收件为主，共30件。",  # another list
        "收到申请38件，较2023年的171件明显减少，连同上年结转4件共42件，办结38件，4件转入下年。",
        "收到申请42件（含上年结转4件），办结38件，在办4件。",  # a number that is honest for another whole
        "全年办结申请38件，其中自然人27件、企业8件、律师3件。",  # those that were dealt with
        "行政复议9件，复议机关维持7件，作其他处理2件。",  # what is left of the results, in words of requests
        "全年共审结申请38件，其中予以公开21件、部分公开6件、未掌握7件、重复申请4件。",
        "要说来路，收到的申请，30件由县政府转来，8件由本人寄来。",
        "全年办结申请38件，按送达方式分，邮寄19件、自取11件、网上8件。",  # divided otherwise than in the form
    ],
)
def test_what_may_be_right_is_not_accused(text):
    assert accused(text) == []


def test_where_words_are_damaged_no_account_is_held_against_them():
    noise = "本报告依照政俯信息公开条例编制。"
    text = "全年办结申请38件，其中予以公开21件，摘出可给内溶后交付夻9件，卷宗另在他处的7件，来过一回又来的4件。"
    assert accused(noise, text) == []


DENIED = make_cells(
    {"requests.denied.third_party_rights.total": 4, "requests.denied.enforcement_files.total": 3,
     "challenges.reconsideration.corrected": 1, "challenges.reconsideration.upheld": 2,
     "challenges.reconsideration.total": 3}
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("经书面征求意见，由此决定不予公开4件，另有3件属执法案卷。", []),  # what the other part leaves of the whole
        ("行政复议案件2件，其中1件被复议机关纠正。", ["T001"]),  # the whole of a part
    ],
)
def test_what_other_parts_leave_of_a_whole_is_not_the_whole(text, codes):
    assert [entry.code for entry in check(text, cells=DENIED)[1]] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("5件申请，3件是居民个人的，还有3件是商会的。", ["T001"]),
        ("5件申请，3件是居民个人的，还有2件是商会的。", []),
        ("收到申请5件，其中个人3件，另收到投诉3件。", []),
        ("今年有3件答复被申请复议，复议机关赞同了3件，另一件要求重新答复。", ["T001"]),
        ("今年有3件答复被申请复议，复议机关赞同了2件，另一件要求重新答复。", []),
        ("收到申请5件，3件当面递交，其余2件由社区转来。", []),
        ("行政复议3件，维持2件，其他结果2件，未审结1件。", ["T001"]),
        ("行政复议3件，维持2件，其他结果1件。", []),
    ],
)
def test_a_list_that_is_closed_or_whose_part_is_named_beside_adds_up_to_its_whole(text: str, codes: list[str]) -> None:
    cells = make_cells(
        {
            "requests.received.natural_person": 3,
            "requests.received.other_organisation": 2,
            "requests.received.total": 5,
            "challenges.reconsideration.upheld": 2,
            "challenges.reconsideration.pending": 1,
            "challenges.reconsideration.total": 3,
        }
    )
    assert codes_of(text, cells=cells) == codes


def test_the_next_of_a_list_is_no_part_of_the_one_before() -> None:
    cells = make_cells({"requests.not_processed.petition.total": 14, "requests.not_processed.repeated.total": 2})
    assert codes_of("办理去向：另案移交1件；信访类14件；重复2件。", cells=cells) == []


def test_who_won_a_lawsuit_says_whether_the_answer_was_upheld() -> None:
    cells = make_cells(
        {
            "challenges.litigation_direct.total": 4,
            "challenges.litigation_direct.upheld": 3,
            "challenges.litigation_direct.corrected": 1,
        }
    )
    assert codes_of("行政诉讼4件，原告胜诉1件、败诉3件。", cells=cells) == []
    assert codes_of("行政诉讼4件，原告败诉3件。", cells=cells) == []
    assert codes_of("行政诉讼4件，原告胜诉2件。", cells=cells) == ["T001"]
