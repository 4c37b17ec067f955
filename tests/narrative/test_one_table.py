"""Lines of reports beside one table that adds up: what is told of it, and what is honest although it sounds alike."""

from __future__ import annotations

import pytest

from tests.narrative.builders import codes_of, make_cells

_APPLICANTS = {"natural_person": 34, "business": 4, "research": 1, "legal_service": 1, "total": 40}
_ROWS = {
    "requests.carried_in": {"natural_person": 2, "total": 2},
    "requests.granted": {"natural_person": 18, "business": 2, "total": 20},
    "requests.partially_granted": {"natural_person": 3, "total": 3},
    "requests.denied.third_party_rights": {"natural_person": 1, "business": 1, "total": 2},
    "requests.unavailable.not_held": {"natural_person": 10, "total": 10},
    "requests.not_processed.petition": {"natural_person": 3, "total": 3},
    "requests.not_processed.repeated": {"natural_person": 2, "total": 2},
    "requests.other.other": {"natural_person": 1, "total": 1},
    "requests.handled": {"natural_person": 36, "business": 3, "research": 1, "legal_service": 1, "total": 41},
    "requests.carried_out": {"business": 1, "total": 1},
    "disclosure.licensing": {"decisions": 6120},
    "disclosure.penalties": {"decisions": 88},
    "disclosure.coercion": {"decisions": 2},
    "disclosure.normative_documents": {"issued": 11, "repealed": 4, "in_force": 93},
    "challenges.reconsideration": {"upheld": 3, "corrected": 1, "total": 4},
    "challenges.litigation_direct": {"upheld": 2, "pending": 1, "total": 3},
    "challenges.litigation_after_reconsideration": {"upheld": 1, "total": 1},
}
_CELLS = make_cells(
    {
        f"{row}.{column}": value
        for row, columns in ({"requests.received": _APPLICANTS} | _ROWS).items()
        for column, value in columns.items()
    }
)
_ASKED = "收到政府信息公开申请40件。"


def codes(*texts: str) -> list[str]:
    return codes_of(*texts, cells=_CELLS)


@pytest.mark.parametrize(
    "text",
    [
        # of another year
        "上年度新收申请35件，本年度同比增长14.3%。",
        "与上一年度（新收35件）相比，新收数量略有上升。",
        "新收申请40件，为近三年最多（2022年17件、2023年35件），上年结转2件，共42件。",
        # of one outcome, one matter, one kind of applicant
        "不予公开的申请中，企业提出的有1件。",
        "在予以公开的答复中，自然人占18件。",
        "商品房类申请中，自然人提出3件。",
        "部分公开的申请均由个人提出，共3件。",
        "对企业提出的申请，予以公开2件，不予公开1件。",
        "涉及拆迁的申请里，自然人12件。",
        "企业提出的申请，公开2件、部分公开0件、不予公开1件。",
        # of a part of the year, of what came another way, of what changed
        "收到申请40件，上年结转2件，一季度无结转。",
        "收到申请38件，法院移送司法建议2件。",
        "与上年相比，新收申请多5件，办结多4件。",
        "各区、县（市）民政局另收到申请57件，由各地自行报告。",
        "因群众对一件答复不满意，发生行政复议4件。",
        # of those that were closed, decided otherwise, or went without
        "行政复议4件均已结案，行政诉讼3件已结案。",
        "行政处罚88件，其中未采取行政强制措施的86件。",
        "行政许可6120件，行政处罚88件，没有被纠正的行政强制。",
        "没有涉及行政许可、行政处罚的申请。",
        # of what was due, not of what was dealt with
        "依申请公开办理42件，含上年结转2件、本年新收40件，年末1件未办结。",
        "依申请公开办理42件，其中上年结转2件。",
        "收到申请40件，加上上年结转2件，其中法规科承办38件。",
        "收到申请40件，加上上年结转2件，共转交承办科室48件次。",
        # of last year's alone; what was not done twice; what was made known
        "上年2件的结转，今年都办结了；转出下年1件。",
        "同一申请人反复提出相同内容的2件，未重复答复。",
        "办理结果都得到了公开。",
        "许可6120件，处罚88件，约谈游船公司3次，未采取强制措施。",
        "检查答复文书100份，优秀61份，不合格3份。",
        "各类单位合计6件，单位里企业占了4件，律师事务所1件。",
    ],
)
def test_honest_lines_accuse_nobody(text: str) -> None:
    assert codes(_ASKED, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("新收申请40件，加上从上年转过来的2件，需要办理的一共是52件，到12月31日办结41件。", "T001"),
        ("全年新收申请40件，比上年多5件，加上年初结转的2件，承办量达到24件。", "T001"),
        ("我局新收申请40件（2023年为35件），其中自然人34件、企业4件、科研机构1件、法律服务机构3件。", "T001"),
        ("当年收件40件、往年余件3件，办了41件。", "T001"),
        ("新收申请40件，上年结转2件，已办结41件，3件正在办理中。", "T001"),
        ("不予公开的申请中，企业提出的有5件。", "T001"),
        ("公布环境行政处罚86件、行政强制2件和行政许可6120件的全部决定书。", "T001"),
        ("答复41件：公开20件、部分公开3件、第三方不公开2件、不掌握10件、信访3件、重复2件、其他3件。", "T001"),
        ("上年结转2件，也无结转下年的申请。", "T005"),
        ("无上年结转和结转下年的情况。", "T005"),
        ("收到申请40件，没有跨年的旧件。", "T005"),
        ("收到申请40件，年底没有剩件。", "T005"),
        ("上年结转申请2件，今年没有再往下一年转。", "T005"),
        ("准予医疗、放射、消毒产品等行政许可6120件，作出行政处罚88件，无行政强制。", "T005"),
        ("行政规范性文件废止4件，本年未制定新文件。", "T005"),
        ("没有企业和律所的申请。", "T005"),
        ("所有申请都得到了实体公开。", "T005"),
        ("所收申请均在2024年内答复。", "T005"),
        ("行政诉讼4件，均已结案。", "T005"),
        ("法院没有受理过状告我局的案件。", "T005"),
        ("在法律救济方面，复议、诉讼都是0。", "T005"),
    ],
)
def test_what_the_table_denies_is_told(text: str, code: str) -> None:
    assert codes(_ASKED, text) == [code]
