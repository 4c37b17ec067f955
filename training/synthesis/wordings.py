"""Labels and section headings in other words than the template's."""

from __future__ import annotations

import random

from training.synthesis.draft import Draft
from training.synthesis.figures import form, request_rows

# row id or column id of table 3, or "head <id>" of table 2 → wordings that deviate
_LABELS: dict[str, dict[str, tuple[str, ...]]] = {
    "train": {
        "requests.denied.enforcement_files": ("7.属于行政执法案件", "7.属于执法案卷"),
        "requests.denied.administrative_inquiry": ("8.属于行政查询事宜",),
        "requests.carried_out": ("四、结转下年度继续处理", "四、结转下年继续办理数量"),
        "requests.received": ("一、本年新增政府信息公开申请数量", "一、本年收到政府信息公开申请数量"),
        "requests.unavailable.not_held": ("1.本机关未掌握相关政府信息",),
        "disclosure.normative_documents": ("规范性文件",),
        "disclosure.fees": ("行政事业收费",),
        "column public_welfare": ("社会组织", "公益组织"),
        "column legal_service": ("法律机构",),
        "head issued": ("本年制发数", "本年制定件数"),
    },
    "holdout": {
        "requests.handled": ("（七）合计",),
        "requests.denied.process_information": ("6.属于四类过程信息",),
        "requests.not_processed.repeated": ("2.重复提出申请",),
        "requests.carried_in": ("二、上年度结转政府信息公开申请件数",),
        "requests.unavailable.still_unclear": ("3.补正后内容仍不明确",),
        "disclosure.licensing": ("行政许可事项",),
        "disclosure.regulations": ("政府规章",),
        "column business": ("企业",),
        "column research": ("科研院所",),
        "head in_force": ("现行有效数",),
    },
}
_HEADINGS = {
    "train": {
        1: ("总体工作情况", "概述"),
        2: ("主动公开政府信息的情况",),
        3: ("收到和处理政府信息公开申请的情况", "依申请公开情况"),
        4: ("行政复议、行政诉讼情况", "政府信息公开行政复议和诉讼情况"),
        5: ("存在的问题及改进措施", "主要问题及改进情况"),
        6: ("其他事项", "需要报告的其他事项"),
    },
    "holdout": {
        1: ("年度工作概况", "总体概述"),
        2: ("政府信息主动公开情况",),
        3: ("政府信息公开申请收到及办理情况",),
        4: ("因政府信息公开引起的行政复议与行政诉讼情况",),
        5: ("工作中存在的主要问题与改进情况",),
        6: ("其他需要说明的事项",),
    },
}


def reword(draft: Draft, rng: random.Random) -> None:
    """One label in other words."""
    bank = _LABELS[draft.generator]
    key = rng.choice(list(bank))
    draft.labels[key] = rng.choice(bank[key])
    kind, _, name = key.rpartition(" ")
    if kind == "column":
        fields = [f"{row.id}.{name}" for row in request_rows()]
    elif kind == "head":
        fields = [f for f in draft.cells if f.startswith("disclosure.") and f.endswith(name)]
    else:
        fields = [f for f in draft.cells if f.startswith(f"{key}.")]
    draft.expect("L001", fields, text=draft.labels[key], about="wording of the label")


def head_sections(draft: Draft) -> None:
    """The six headings with their numbers, with deviations where S005 is planted."""
    rng = draft.rng
    draft.headings = {section.number: section.heading for section in form().sections}
    if rng.random() < 0.2:
        draft.headings[3] = "收到和处理政府信息公开申请"
        draft.allow("S005", about="a heading lacks 情况")
    if "S005" not in draft.plants:
        return
    draft.expect("S005", about="a heading is worded or placed otherwise")
    bank = _HEADINGS[draft.generator]
    kind = rng.choice(("words", "words", "order"))
    number = rng.randint(1, 6)
    if kind == "words" and f"section {number}" not in draft.left_out:
        draft.headings[number] = rng.choice(bank[number])
    elif not any(f"section {n}" in draft.left_out for n in (5, 6)):
        draft.order = (1, 2, 3, 4, 6, 5)
    else:
        draft.headings[2] = bank[2][0]
        if "section 2" in draft.left_out:
            draft.headings[3] = bank[3][0]
