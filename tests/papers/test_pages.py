"""Pages are filled in order, nothing is lost, what belongs together stays."""

from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.papers.pages import fill
from reviewer_app.papers.strip import Strip, gap

HEIGHT = 100.0
STRIPS = st.lists(
    st.builds(
        Strip,
        height=st.floats(1, 90),
        keep=st.booleans(),
        gap=st.just(value=False),
        heading=st.uuids().map(str),
    ),
    max_size=30,
)


@given(strips=STRIPS)
def test_every_strip_comes_once_in_order_and_fits(strips: list[Strip]) -> None:
    pages = fill(strips, HEIGHT)
    assert [strip for page in pages for strip in page] == strips
    for page in pages:
        assert sum(strip.height for strip in page) <= HEIGHT + 0.1


@given(strips=STRIPS)
def test_kept_strips_share_a_page_if_a_page_can_hold_them(strips: list[Strip]) -> None:
    pages = fill(strips, HEIGHT)
    home = {strip.heading: number for number, page in enumerate(pages) for strip in page}
    chain: list[Strip] = []
    for strip in strips:
        chain.append(strip)
        if not strip.keep:
            if sum(each.height for each in chain) <= HEIGHT:
                assert len({home[each.heading] for each in chain}) == 1
            chain = []


def test_gaps_vanish_at_the_top_of_a_page_and_at_its_end() -> None:
    block = Strip(60.0)
    pages = fill([*gap(20), block, *gap(30), *gap(30), block, *gap(90)], HEIGHT)
    assert pages == [[block, Strip(30, gap=True)], [block]]


def test_a_page_break_leaves_no_empty_page() -> None:
    block, stop = Strip(10.0), Strip(0.0, breaks=True)
    assert fill([block, stop, stop, block, stop], HEIGHT) == [[block], [block]]


def test_a_table_repeats_its_head_on_every_page() -> None:
    head = Strip(10.0, keep=True, group=1)
    row = Strip(30.0, group=1, head=(head,))
    pages = fill([head, *[row] * 7], HEIGHT)
    assert pages == [[head, row, row, row], [head, row, row, row], [head, row]]


def test_a_head_never_stands_without_a_row() -> None:
    head = Strip(10.0, keep=True, group=1)
    row = Strip(30.0, group=1, head=(head,))
    assert fill([Strip(65.0), head, row], HEIGHT) == [[Strip(65.0)], [head, row]]


def test_nothing_is_still_a_page() -> None:
    assert fill([], HEIGHT) == [[]]
