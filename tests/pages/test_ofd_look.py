"""What of an OFD page is seen: drawing parameters, clips, sizes, annotations, and what is drawn in a number's place."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from extract.forms import load_form
from extract.pipeline import extract_content
from extract.records import Field, State
from tests.pages.ofd_builder import SPACE, build_ofd, report_sheets, text_object
from tests.pages.test_ofd import PROSE, lines

CELL = re.compile(r'<ofd:TextObject ID="9" Boundary="(\S+) (\S+) \S+ \S+"[^>]*><ofd:TextCode[^>]*>7</ofd:TextCode>')
NUMBER = "requests.granted.natural_person"
PRINTED = dict.fromkeys(load_form("2021").field_ids, "0") | {NUMBER: "7"}


def with_resources(pages: list[list[str]], resources: str) -> bytes:
    text = f"<ofd:Res {SPACE}>{resources}</ofd:Res>"
    return build_ofd(pages, pictures={"77": b"x"}, replaced={"Doc_0/PublicRes.xml": text})


@pytest.mark.parametrize("params", ['ID="50"', 'ID="50" Relative="51"'])
def test_white_by_drawing_parameters_is_white(params: str) -> None:
    white = '<ofd:FillColor Value="255 255 255"/>'
    own, base = (white, "") if "Relative" not in params else ("", white)
    drawn = f'<ofd:DrawParam {params}>{own}</ofd:DrawParam><ofd:DrawParam ID="51">{base}</ofd:DrawParam>'
    page = [text_object(20, 30, PROSE), text_object(20, 60, "三", attributes='DrawParam="50"')]
    assert lines(with_resources([page], f"<ofd:DrawParams>{drawn}</ofd:DrawParams>")) == [PROSE]


def test_a_layer_whose_colour_is_white_shows_what_states_another() -> None:
    params = '<ofd:DrawParams><ofd:DrawParam ID="50"><ofd:FillColor Value="255"/></ofd:DrawParam></ofd:DrawParams>'
    black = text_object(20, 60, "四").replace("<ofd:TextCode", '<ofd:FillColor Value="0"/><ofd:TextCode')
    layer = f'</ofd:Layer><ofd:Layer ID="4" DrawParam="50">{text_object(20, 50, "三")}{black}'
    params_of = f"<ofd:Res {SPACE}>{params}</ofd:Res>"
    content = build_ofd(
        [[text_object(20, 30, PROSE), layer]], pictures={"77": b"x"}, replaced={"Doc_0/PublicRes.xml": params_of}
    )
    assert lines(content) == [PROSE, "四"]


@pytest.mark.parametrize(("width", "read"), [(0.1, []), (3.3, ["18"]), (20, ["1899"])])
def test_what_a_clip_cuts_off_is_not_read(width: float, read: list[str]) -> None:
    path = f"<ofd:AbbreviatedData>M 0 0 L {width} 0 L {width} 5 L 0 5 C</ofd:AbbreviatedData>"
    clip = f'<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 {width} 5">{path}</ofd:Path></ofd:Area></ofd:Clip>'
    cut = text_object(20, 60, "1899").replace("<ofd:TextCode", f"{clip}</ofd:Clips><ofd:TextCode")
    assert lines(build_ofd([[text_object(20, 30, PROSE), cut]])) == [PROSE, *read]


NO_CLIP = '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 0.1 0.1"><ofd:AbbreviatedData>M 0 0 L 0.1 0.1'
NO_CLIP += "</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"


@pytest.mark.parametrize(("attributes", "inside", "read"), [('Alpha="0"', "", []), ("", NO_CLIP, []), ("", "", ["三"])])
def test_what_is_drawn_by_reference_is_seen_as_the_reference_says(
    attributes: str, inside: str, read: list[str]
) -> None:
    unit = f'<ofd:CompositeGraphicUnit ID="60" Width="9" Height="5">{text_object(0, 3.2, "三")}'
    resources = f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    drawn = f'<ofd:CompositeObject ID="7" Boundary="20 60 9 5" ResourceID="60" {attributes}>{inside}'
    page = [text_object(20, 30, PROSE), f"{drawn}</ofd:CompositeObject>"]
    assert lines(with_resources([page], resources)) == [PROSE, *read]


@pytest.mark.parametrize(("colours", "read"), [(("255", "255"), []), (("255", "0"), ["三"])])
def test_text_shaded_in_the_colour_of_paper_is_not_read(colours: tuple[str, str], read: list[str]) -> None:
    segments = "".join(f'<ofd:Segment><ofd:Color Value="{colour}"/></ofd:Segment>' for colour in colours)
    fill = f"<ofd:FillColor><ofd:AxialShd>{segments}</ofd:AxialShd></ofd:FillColor><ofd:TextCode"
    own = text_object(20, 60, "三").replace("<ofd:TextCode", fill)
    assert lines(build_ofd([[text_object(20, 30, PROSE), own]])) == [PROSE, *read]


def test_characters_too_small_to_be_seen_are_not_read() -> None:
    page = [text_object(20, 30, PROSE), text_object(20, 60, "18"), text_object(24, 60, "99", size=0.05)]
    page.append(text_object(24, 60, "99", attributes='HScale="0.01"'))
    assert lines(build_ofd([page])) == [PROSE, "18"]


def noted(kind: str, attributes: str = "") -> bytes:
    """A page with an annotation of that kind."""
    page = [text_object(20, 30, PROSE)]
    appearance = text_object(0, 3.2, "补充说明")
    note = f'<ofd:Annot ID="90" Type="{kind}" {attributes}>'
    note += f'<ofd:Appearance Boundary="20 60 30 5">{appearance}</ofd:Appearance></ofd:Annot>'
    parts = {
        "Doc_0/Annots/Annotations.xml": f'<ofd:Annotations {SPACE}><ofd:Page PageID="10">'
        "<ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>",
        "Doc_0/Annots/Page_0/Annotation.xml": f"<ofd:PageAnnot {SPACE}>{note}</ofd:PageAnnot>",
    }
    with zipfile.ZipFile(io.BytesIO(build_ofd([page]))) as archive:
        document = archive.read("Doc_0/Document.xml").decode()
    parts["Doc_0/Document.xml"] = document.replace(
        "</ofd:Pages>", "</ofd:Pages><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
    )
    return build_ofd([page], replaced=parts)


@pytest.mark.parametrize(
    ("kind", "attributes", "read"),
    [
        ("Stamp", "", ["补充说明"]),
        ("Path", 'Visible="true"', ["补充说明"]),
        ("Stamp", 'Visible="false"', []),
        ("Watermark", "", []),
    ],
)
def test_what_annotations_print_is_read(kind: str, attributes: str, read: list[str]) -> None:
    assert lines(noted(kind, attributes)) == [PROSE, *read]


def drawn(replace: Callable[[str, str], str]) -> dict[str, Field]:
    """The fields of a report whose numbers 7 are drawn instead; `replace` makes the object from its place."""
    pages = [
        [replace(*match.groups()) if (match := CELL.match(own)) else own for own in page]
        for page in report_sheets(PRINTED).pages
    ]
    return dict(extract_content(build_ofd(pages, pictures={"77": b"x"}), file="a.ofd").fields)


def picture(x: str, y: str) -> str:
    return f'<ofd:ImageObject ID="6" Boundary="{x} {y} 3 4" ResourceID="77"/>'


def shape(x: str, y: str) -> str:
    outline = "<ofd:AbbreviatedData>M 0 0.5 L 1.6 0.5 L 0.6 3.2</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="7" Boundary="{x} {y} 2 4" LineWidth="0.3">{outline}</ofd:PathObject>'


@pytest.mark.parametrize("replace", [picture, shape])
def test_a_number_that_is_a_picture_or_a_shape_leaves_no_blank(replace: Callable[[str, str], str]) -> None:
    fields = drawn(replace)
    assert fields[NUMBER].state is State.ILLEGIBLE
    assert not fields[NUMBER].accepted
    assert fields["requests.granted.business"].accepted


@pytest.mark.parametrize(("colour", "read"), [("200 220 240", []), ("0 0 0", ["三"])])
def test_text_in_the_colour_of_its_ground_is_not_read(colour: str, read: list[str]) -> None:
    area = '<ofd:PathObject ID="8" Boundary="15 50 40 20" Fill="true" Stroke="false">'
    area += (
        '<ofd:FillColor Value="200 220 240"/><ofd:AbbreviatedData>M 0 0 L 40 0 L 40 20 L 0 20 C</ofd:AbbreviatedData>'
    )
    own = text_object(20, 60, "三").replace("<ofd:TextCode", f'<ofd:FillColor Value="{colour}"/><ofd:TextCode')
    assert lines(build_ofd([[text_object(20, 30, PROSE), f"{area}</ofd:PathObject>", own]])) == [PROSE, *read]


def test_a_number_whose_boundary_cuts_off_figures_is_not_known() -> None:
    def cut(x: str, y: str) -> str:
        whole = text_object(float(x), float(y) + 3.2, "789")
        return re.sub(r'(Boundary="\S+ \S+) \S+', r"\1 1.7", whole)

    assert drawn(cut)[NUMBER].state is State.ILLEGIBLE


def test_a_picture_over_a_number_leaves_it_unread() -> None:
    def over(x: str, y: str) -> str:
        return text_object(float(x), float(y) + 3.2, "7") + picture(x, y)

    fields = drawn(over)
    assert fields[NUMBER].state is State.ILLEGIBLE
