"""Strips into pages: what must stay together stays, table heads are repeated."""

from collections.abc import Iterator, Sequence

from reviewer_app.papers.strip import Strip, stack_height

SLACK = 0.05
"""Points a page may be overfull by, for sums of fractions."""


def fill(strips: Sequence[Strip], height: float) -> list[list[Strip]]:
    """Return the strips page by page; every page holds at least one strip, no page is empty.

    Strips kept together that are higher than a page are parted after all: nothing is lost.
    """
    pages: list[list[Strip]] = [[]]
    for chain in _chains(strips):
        whole = stack_height(_on_new_page(chain)) <= height + SLACK
        for part in [chain] if whole else [[strip] for strip in chain]:
            _place(pages, part, height)
    return [page for page in pages if page] or [[]]


def _chains(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    """Yield runs of strips that stay together."""
    chain: list[Strip] = []
    for strip in strips:
        chain.append(strip)
        if not strip.keep:
            yield chain
            chain = []
    if chain:
        yield chain


def _on_new_page(chain: Sequence[Strip]) -> list[Strip]:
    """Return what the strips become at the top of a page."""
    start = 0
    while start < len(chain) - 1 and chain[start].gap:
        start += 1
    first = chain[start]
    return [*first.head, *chain[start:]] if not first.gap else []


def _place(pages: list[list[Strip]], part: list[Strip], height: float) -> None:
    if part[0].breaks:
        pages.append([])
        return
    page = pages[-1]
    shown = part if page else _on_new_page(part)
    if stack_height(page) + stack_height(shown) <= height + SLACK or not page:
        page.extend(shown)
    elif not all(strip.gap for strip in part):
        pages.append([])
        _place(pages, part, height)
