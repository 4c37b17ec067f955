"""What words for none and for all say of another matter, time or part than the cells count accuses nobody."""

from __future__ import annotations

import pytest

from extract.errors import DataFileError
from extract.narrative import narrowed
from extract.narrative.lexicon import load_terms
from extract.narrative.narrowed import SCOPES_FILE
from extract.rules import load_rules
from tests.narrative.builders import codes_of, make_cells

CELLS = make_cells(
    {
        "disclosure.normative_documents.issued": 2,
        "disclosure.normative_documents.repealed": 1,
        "disclosure.licensing.decisions": 57,
        "disclosure.penalties.decisions": 8,
        "disclosure.fees.amount": 4.5,
        "requests.received.total": 16,
        "requests.received.natural_person": 11,
        "requests.received.business": 4,
        "requests.received.legal_service": 1,
        "requests.carried_in.total": 2,
        "requests.carried_in.natural_person": 2,
        "requests.granted.total": 9,
        "requests.partially_granted.total": 3,
        "requests.partially_granted.natural_person": 3,
        "requests.denied.third_party_rights.total": 2,
        "requests.not_processed.repeated.total": 1,
        "requests.handled.total": 16,
        "requests.carried_out.total": 2,
        "requests.carried_out.business": 2,
        "challenges.reconsideration.total": 3,
        "challenges.reconsideration.corrected": 1,
        "challenges.litigation_direct.total": 1,
        "challenges.litigation_direct.corrected": 1,
    }
)


@pytest.mark.parametrize(
    "text",
    [
        "以往没有败诉案件，今年首次出现。",
        "去年的申请均在当年办结、没有结转。",
        "10月底前收到的申请全部办结。",
        "应于年内答复的申请全部答复。",
        "受理申请16件，应答复的全部答复。",
        "今年新收的申请均已办结。",
        "至10月底，所有申请都已答复。",
        "9月底前收到申请12件。",
        "9月底前收到申请14件，第四季度收到申请2件。",
        "本年申请当年办结14件，上年结转办结2件。",
        "节假日无人申请。",
        "行政复议案件全部审结的是上年的，今年的还在审理。",
    ],
)
def test_another_time_accuses_nobody(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "市民热线工单全部办结，没有一件遗留到下年。",
        "督办件全部办结，没有遗留。",
        "财政预决算全部公开，没有不予公开的情形。",
        "行政处罚决定全部公示，没有不予公开的。",
        "承办人大建议6件，均已办结，无结转。",
        "重点任务全部完成，没有结转。",
        "整改台账清零，没有遗留。",
        "诉讼案件没有一件是企业提起的。",
        "培训对象没有企业。",
        "没有律所查询档案。",
        "没有一件规范性文件未经审核。",
        "复议纠正的案件没有再起诉的。",
        "上年没有遗留问题。",
        "工伤认定复议案件全部维持。",
        "没有废止的规范性文件11件均已上网。",
        "村务支出均按月公开，没有不予公开的。",
        "未收取超出目录的行政事业性收费。",
        "复议维持的案件均未提起诉讼。",
        "没有行政处罚听证案件。",
        "没有行政事业性收费欠缴。",
        "行政许可没有下放事项。",
        "行政诉讼没有新增类型。",
        "行政事业性收费项目没有新增。",
        "被纠正的案件没有涉及不予公开答复的。",
        "没有出现行政诉讼败诉后再被起诉的情况。",
        "许可57件，无人对许可结果提出行政复议。",
        "局机关没有作出行政处罚，8件处罚均由所属执法队作出。",
        "复议3件，被纠正的1件已重新答复，申请人未再复议。",
        "立案11起，作出处罚8件，5件跨年。",
        "复议3件、诉讼1件，3件给了材料，一件没有。",
    ],
)
def test_another_matter_accuses_nobody(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "部分企业不了解申请渠道，没有提出过申请。",
        "重复提交的一件没有再次处理。",
        "自然人的申请全部办完，没有结转。",
        "部分公开的3件申请均由个人提出。",
        "补正后的申请均已答复。",
        "涉及征地的申请均由村民提出。",
        "结转的申请都是企业提出的。",
        "其他组织的申请没有结转。",
        "同一申请人先后提出申请4件。",
        "征收类申请没有引发复议。",
        "申请人大都是个人。",
        "乡镇一级没有收到申请。",
        "街道（镇）一级未收到申请。",
        "申请全部以书面形式答复。",
        "统一全系统答复口径，收到的申请按期办理。",
        "企业提出的有1件结转。",
        "未引发复议的案件有13件。",
        "收到申请16件，其中社会组织1件。",
        "去年没有收到法律服务机构的申请，今年收到1件。",
        "去年未收到此类申请，今年收到2件。",
        "去年收到企业申请1件，今年收到4件。",
        "居民提出的2件查询类申请均已答复。",
        "涉及他人隐私的6件，区分处理后公开2件，不予公开4件。",
        "涉及第三方的申请有3件，经征求意见，2件同意后公开，1件不同意，未予公开。",
    ],
)
def test_a_part_accuses_nobody(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("收到的申请全部办结，没有一件遗留到下年。", "T005"),
        ("通过热线和信函收到的申请均已答复，没有不予公开的情形。", "T005"),
        ("没有发生行政复议案件。", "T005"),
        ("信息公开工作平稳，没有行政复议案件。", "T005"),
        ("没有作出行政处罚决定。", "T005"),
        ("没有收取行政事业性收费。", "T005"),
        ("申请均由个人提出。", "T005"),
        ("去年没有收到政府信息公开申请，今年收到7件。", "T001"),
    ],
)
def test_the_same_words_of_the_whole_are_still_held_against_it(text: str, code: str) -> None:
    assert codes_of("本节介绍依申请公开工作。", text, cells=CELLS) == [code]


def test_no_execution_beside_other_coercion_denies_only_its_own_kind() -> None:
    cells = make_cells({"disclosure.coercion.decisions": 2})
    assert codes_of("采取强制措施2件，没有强制执行。", cells=cells) == []
    assert codes_of("全年没有行政强制。", cells=cells) == ["T005"]


def test_a_denial_reaches_no_further_than_its_own_things() -> None:
    cells = make_cells({"challenges.reconsideration.total": 2, "requests.unavailable.needs_creation.total": 1})
    assert codes_of("信息公开复议2件、诉讼为零。", cells=cells) == []
    assert codes_of("1件申请需要另行加工，告知无法提供，申请人未再提出。", cells=cells) == []
    assert codes_of("行政复议、行政诉讼均为零。", cells=cells) == ["T005"]


def test_a_number_of_half_a_year_that_other_cells_show_excuses_no_other() -> None:
    cells = make_cells({"requests.received.total": 15, "requests.handled.total": 15})
    assert codes_of("全年收到政府信息公开申请5件，上半年办结15件。", cells=cells) == ["T001"]


def test_what_is_still_within_its_term_at_the_years_end_is_carried_over() -> None:
    cells = make_cells({"requests.received.total": 15, "requests.carried_out.total": 3})
    assert codes_of("截至年底仍有8件申请在法定期限内办理。", cells=cells) == ["T001"]
    assert codes_of("收到申请15件，其中12件在法定期限内办结。", cells=cells) == []


def test_what_requests_are_about_is_not_what_their_kinds_are_counted_of() -> None:
    kinds = {"requests.received.natural_person": 11, "requests.received.business": 4}
    text = "收到申请15件，内容集中在采砂许可和移民补贴，其中企业提出4件、自然人提出{}件。"
    cells = make_cells({"requests.received.total": 15} | kinds)
    assert [codes_of(text.format(told), cells=cells) for told in (11, 17)] == [[], ["T001"]]


def test_new_requests_that_are_all_done_leave_no_more_than_came_over() -> None:
    cells = make_cells({"requests.received.total": 16, "requests.carried_in.total": 1, "requests.carried_out.total": 2})
    assert codes_of("今年新收的申请均已办结。", cells=cells) == ["T005"]


@pytest.mark.parametrize(
    "text",
    [
        "受理申请16件；加上上年结转的2件，均已办结。",
        "受理申请16件；连同上年结转2件，全部办结。",
        "我局答复的申请均未引发行政复议和行政诉讼。",
        "没有信息公开行政复议案件被受理。",
    ],
)
def test_of_the_whole_it_accuses(text: str) -> None:
    assert codes_of(text, cells=CELLS) == ["T005"]


def test_scopes_name_only_terms_that_there_are() -> None:
    terms = [term for own in load_terms().values() for term in own]
    known = {name for term in terms for name in (term.kind, f"{term.kind} {term.value}")}
    named = {
        name
        for scope in load_rules(SCOPES_FILE)["scope"]
        for key in ("names", "unnamed")
        for names in scope.get(key, {}).values()
        for name in names
    }
    assert named <= known


def test_a_scope_with_an_unknown_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"name": "mine", "says": ["all"], "words": {"piece": "{gone}"}}
    monkeypatch.setattr(narrowed, "load_rules", lambda name: {"expressions": {}, "scope": [entry]})
    with pytest.raises(DataFileError, match=r"^scopes\.toml: mine: there is no \{gone\}$"):
        narrowed._scopes.__wrapped__("all")


@pytest.mark.parametrize("text", ["没有新增行政许可事项。", "行政许可没有新设项目。"])
def test_lists_of_business_accuse_nobody(text: str) -> None:
    assert codes_of("依申请公开情况如下。", text, cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    ["当年立案行政处罚9件，结案7件。", "按一般程序作出行政处罚7件。"],
)
def test_a_count_of_some_of_a_cell_accuses_nobody(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "对核查难度大的5件申请召开协调会。",
        "对企业递交的1件申请，因未在期限内补正，不再处理。",
        "对描述不明确的3件，发函告知补正，补正后均已受理。",
        "行政复议案件中，涉及部分公开的1件、无法提供的1件。",
        "因其他行政行为被申请复议7件，其中被纠正4件。",
        "沿用往年出台的行政规范性文件5件。",
        "提请政府废止规范性文件6件。",
        "系统各单位共收到政府信息公开申请340件。",
        "按事项统计，全年作出答复29项。",
    ],
)
def test_a_count_of_other_things_than_the_cell_accuses_nobody(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "全年立案19件，结案12件，均作出处罚；尚有7件在办。",
        "上年未结诉讼5件，本年均已判决胜诉。",
        "全年应诉12件，其中行政许可类4件、行政处罚类3件，均依法出庭。",
        "我局被申请行政复议9件，信息公开3件、处罚6件。",
        "复议3件，其中责令重作1件，没有确认违法的。",
        "承接划入单位的在办申请5件。",
        "复议中1件被纠正；结转偏多，年末仍有7件未办结。",
        "3件行政复议2件审结。",
        "收到重复申请1件。此外再无申请。",
        "收到申请16件，均为企业委托，以个人名义提出。",
        "依申请公开案卷评查中，我局6件案卷均为优秀。",
        "不予公开2件均属第三方权益，其他不予公开情形没有。",
    ],
)
def test_cases_kinds_and_offices_of_their_own_accuse_nobody(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


@pytest.mark.parametrize("text", ["对收到的19件申请逐件登记。", "对办结的18件申请开展评查。"])
def test_what_was_done_with_all_of_them_counts_all(text: str) -> None:
    assert codes_of(text, cells=CELLS) == ["T001"]


@pytest.mark.parametrize(
    "text",
    [
        "17件申请中近一半作了部分公开。",
        "本年新增行政许可事项4项。",
        "对可能涉及商业秘密的3件申请，书面征求了第三方意见。",
        "受理行政复议31件，作为复议机关审结29件。",
        "收到要求更正信息的申请2件。",
        "答复不掌握的，5件附上了其他机关的电话。",
    ],
)
def test_what_was_done_on_the_way_accuses_nobody(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "排查邻里纠纷45件，化解43件，2件转入诉讼程序。",
        "行政处罚中，罚款6件，警告2件。",
        "涉及河道采砂的申请没有一件被复议。",
        "热线系统受理申请640件，答复632件，8件结转下年。",
        "没有人申请听证。",
        "建议提案办理12件。办理结果全部公开。",
        "许可申请受理63件，办结57件，结转下年6件。",
        "清理规范性文件7件，废止1件，保留6件。",
        "对不掌握的申请，有5件提供了查找线索。",
        "处罚文书公开8件，经当事人申请不予公开3件。",
        "对居民的4件申请，公开2件，部分公开1件。",
        "43家单位中，12家未收到申请。",
    ],
)
def test_what_is_told_of_other_things_or_of_a_part_accuses_nobody(text: str) -> None:
    assert codes_of(*text.split("。")[:-1], cells=CELLS) == []


@pytest.mark.parametrize(
    "text",
    [
        "应诉6件，其中行政许可4件、信息公开1件。",
        "行政复议没有因程序不当被撤销的。",
        "复议纠正的1件，已重新答复，其中1件予以公开。",
        "复议机关作出3份复议决定，无一件被确认违法。",
        "办结和在办的行政复议5件。",
        "没有乡镇被申请行政复议。",
        "没有发生同一申请既复议又诉讼的情况。",
        "尚未执行完毕的处罚案件3件。",
        "对食品生产企业作出行政处罚5件，信息归集到信用平台。",
        "对违法用地单位作出行政处罚5件，限期拆除2件。",
        "复议由5件降为3件，诉讼由4件降为1件，纠正由3件降为2件。",
        "8件处罚决定中，有2件被申请行政复议，2件被提起诉讼。",
        "57件许可均为变更类，没有一件被提起复议。",
        "不服县住建局答复，直接起诉2件。",
        "公开的信息被用作诉讼证据的有4件。",
        "行政许可办理情况：新设17件，变更40件。",
    ],
)
def test_what_became_of_some_challenges_accuses_nobody(text: str) -> None:
    assert codes_of(text, cells=CELLS) == []


def test_challenges_that_are_still_open_are_not_taken_for_closed_ones() -> None:
    assert codes_of("直接起诉的案件尚未审结1件。", cells=CELLS) == ["T001"]


def test_all_that_was_left_over_and_none_of_one_sort_of_people_accuse_nobody() -> None:
    assert codes_of("受理申请16件；上年结转2件，均已办结。", cells=CELLS) == []
    assert codes_of("没有中学向本局提出信息公开申请。", cells=CELLS) == []


OF_KINDS = make_cells(
    {
        "requests.received.total": 56,
        "requests.received.natural_person": 44,
        "requests.received.business": 12,
        "requests.granted.total": 22,
        "requests.granted.natural_person": 18,
        "requests.granted.business": 4,
        "requests.not_processed.repeated.total": 3,
        "requests.not_processed.repeated.natural_person": 3,
        "requests.unavailable.not_held.total": 26,
        "requests.unavailable.not_held.natural_person": 20,
        "requests.unavailable.not_held.business": 6,
        "requests.handled.total": 51,
        "requests.handled.natural_person": 41,
        "requests.handled.business": 10,
        "requests.carried_out.total": 5,
        "requests.carried_out.natural_person": 3,
        "requests.carried_out.business": 2,
        "challenges.reconsideration.total": 9,
        "challenges.reconsideration.upheld": 6,
        "challenges.reconsideration.corrected": 2,
        "challenges.reconsideration.pending": 1,
        "challenges.litigation_direct.total": 2,
        "challenges.litigation_direct.upheld": 1,
        "challenges.litigation_direct.pending": 1,
        "disclosure.penalties.decisions": 26,
        "disclosure.normative_documents.issued": 4,
        "disclosure.normative_documents.repealed": 2,
        "disclosure.normative_documents.in_force": 23,
    }
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("收到的自然人申请44件，答复41件，3件留到下年。", []),
        ("收到的自然人申请44件，答复31件，3件留到下年。", ["T001"]),
        ("企业提交申请12件，4件予以公开。", []),
        ("企业提交申请12件，9件予以公开。", ["T001"]),
        ("企业申请的12件公开4件、不掌握6件。", []),
        ("个人申请44件，其中41件已答复，3件正在办理。", []),
        ("自然人申请44件，公开22件。", []),  # of all kinds
        ("收到申请56件，其中个人44件、企业12件，公开29件。", ["T001"]),
        ("企业的申请没有结转下年的。", ["T005"]),
        ("去年没有企业申请，今年收到12件。", []),
        ("去年没有企业申请，今年收到16件。", ["T001"]),
    ],
)
def test_what_became_of_one_kinds_requests_is_held_against_the_cells_of_that_kind(text: str, codes: list[str]) -> None:
    assert codes_of("依申请公开情况如下。", text, cells=OF_KINDS) == codes


def test_a_number_that_is_the_wholes_is_not_accused_beside_the_wording_that_says_all() -> None:
    assert codes_of("51件申请全部予以公开。", cells=OF_KINDS) == ["T005"]


def test_a_stock_is_counted_behind_the_word_for_now() -> None:
    text = "行政规范性文件出台4件、作废2件，目前{}件有效。"
    assert [codes_of(text.format(told), cells=OF_KINDS) for told in (23, 71)] == [[], ["T001"]]


def test_one_of_those_that_are_counted_may_be_one_that_the_agency_has_not() -> None:
    text = "收到申请4件；两件公开，一件属案卷不公开，一件本局没有。"
    cells = {"requests.received.total": 4, "requests.granted.total": 2, "requests.denied.enforcement_files.total": 1}
    assert codes_of(text, cells=make_cells(cells | {"requests.unavailable.not_held.total": 1})) == []


def test_challenges_that_are_joined_share_what_is_told_of_them_behind() -> None:
    text = "行政复议、诉讼中没有一件被确认违法；{}件被责令重新答复。"
    assert [codes_of(text.format(told), cells=OF_KINDS) for told in (2, 5)] == [[], ["T001"]]


def test_of_one_kinds_requests_those_of_last_year_may_be_left_out() -> None:
    old = {"requests.carried_in.natural_person": 1, "requests.carried_in.total": 1}
    told = {"requests.received.natural_person": 9, "requests.granted.natural_person": 6, "requests.granted.total": 6}
    cells = make_cells({"requests.received.total": 9} | told | old)
    assert codes_of("自然人申请9件，公开5件。", cells=cells) == []
    assert codes_of("自然人申请9件，公开8件。", cells=cells) == ["T001"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我局历来重视依申请公开工作，收到的申请全部办结。", "T005"),
        ("一改过去拖延的做法，申请全部办结，没有结转下年。", "T005"),
        ("8月底前完成目录修订，所有申请均已办结。", "T005"),
        ("周末也安排人值班，申请没有一件遗留到下年。", "T005"),
        ("通过走访企业听取意见，全年没有企业提出申请。", "T005"),
        ("答复的申请全部予以公开，做到应公开尽公开。", "T005"),
        ("不服县水利局答复提起的行政复议13件。", "T001"),
        ("以青岚县水利局为被申请人的信息公开行政复议13件。", "T001"),
        ("以书面形式作出行政处罚62件。", "T001"),
        ("对规范性文件进行清理，废止2件，保留32件继续有效。", "T001"),
        ("申请人重复提出的申请有4件。", "T001"),
        ("对同一申请人提出的4件重复申请，依法不予重复处理。", "T001"),
        ("法院尚未作出裁判的信息公开诉讼3件，其余均已审结。", "T001"),
        ("局机关各科室均未收到申请。", "T005"),
        ("全年各股室均未收到政府信息公开申请。", "T005"),
    ],
)
def test_an_unusual_wording_is_no_sign_of_another_matter(text: str, code: str) -> None:
    assert codes_of("收到的申请均由专人办理。", text, cells=OF_KINDS) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "无法提供的26件中，3件被申请复议，2件被维持，1件被纠正。",
        "处罚决定26件，被复议3件、被诉1件，均维持。",
        "行政处罚26件，没有当事人申请复议或者起诉。",
        "县政府为被申请人的信息公开复议6件，我局参与答复。",
        "复议维持的6件中，3件又起诉到法院。",
        "1件复议、1件诉讼没有结果。",
        "重新答复的3件中，1件公开，2件仍不予公开。",
        "申请人对2件答复提出异议，经解释后撤回。",
        "申请并未全部公开，仍有部分依法不公开。",
        "没有提供的申请里，26件是不掌握。",
        "申请均由律师代为提交的5件，核验了委托手续。",
        "其中旧改类的23件，公开11件，部分公开2件。",
        "立案查处违法占地41起，结案30起，移送法院6起，尚有5起在办。",
        "当事人对26件处罚决定中的4件申请了复议，对1件提起了诉讼。",
        "对处罚不服的，复议5件、诉讼3件，结果均维持。",
        "三年前出台的规范性文件2件，明年修订。",
        "复议案件申请人中，企业2件、个人7件。",
        "规范性文件清理：纳入清理25件，继续执行18件，修改5件。",
        "到发稿时，跨年的5件已答复3件，余下2件仍在期限内。",
        "经当事人同意，公开处罚决定书20件，另有6件依法不公开。",
        "个人的44件申请中41件已答复、3件跨年。",
        "涉征地的31件：公开15件，不掌握6件。",
        "规划类申请17件，公开9件。",
        "3件答复被评为优秀，2件被要求补充依据。",
        "各科室没有单独收到申请，均由办公室统一受理。",
        "全年收到申请56件，涉及行政处罚12件、行政许可7件。",
        "从申请内容看，土地征收9件、规划许可3件。",
        "已办结的20件中，当年收到的17件，上年结转的3件。",
        "机关自身办理的为19件，其余由县局办理。",
        "另有7件因征求第三方意见，须到2025年答复。",
        "申请渠道有三条，全年组织7家医院互查栏目。",
        "企业的12件申请连同上年结转的1件，已分别登记。",
        "复议后起诉的15件已有结果、7件仍在审理。",
        "全年受理环保信访举报327件，办结率100%。",
        "无上年遗留问题。",
    ],
)
def test_a_part_or_another_matter_that_is_named_accuses_nobody(text: str) -> None:
    assert codes_of("收到的申请均由专人办理。", text, cells=OF_KINDS) == []


@pytest.mark.parametrize(
    "text",
    [
        "收到申请56件，内容广泛，全年行政处罚95件。",
        "收到申请65件（含当面）。",
        "办理申请的过程中，本局新收到的65件。",
        "接到群众投诉举报类不予处理9件。",
    ],
)
def test_words_that_only_look_like_a_part_excuse_no_number(text: str) -> None:
    penalties = "disclosure.penalties.decisions"
    cells = OF_KINDS | {penalties: make_cells({penalties: 20})[penalties]}
    assert codes_of(text, cells=cells) == ["T001"]
