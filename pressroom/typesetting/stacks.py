"""Lays blocks out by numbers: how tall each is, and where, if a paragraph has as many lines as it needs.

This is what CSS says of blocks in flow, margins that meet, and rows of flexible boxes, as far as layouts use it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from pressroom.typesetting.blocks import Block, Laid, Length, Lengths, Share, Unmodelled
from pressroom.typesetting.rows import Flexible, shared, wrapped


@dataclass(frozen=True, slots=True)
class Setter:
    """Lays blocks out with these lengths of their styles; with `as_seen`, texts have the lines they were seen with."""

    lengths: Mapping[int, Lengths]
    as_seen: bool = False

    def frame(self, block: Block) -> Laid:
        """The block of a frame, which has a width and a height of its own. Raises Unmodelled."""
        own = self.lengths[block.style]
        if own.width is None or own.height is None:
            raise Unmodelled("a frame without a width or a height")
        return self._in(block, _content(own, own.width))

    def lay(self, block: Block, room: float) -> Laid:
        """A block in a room of this width."""
        return self._in(block, self._width(block, room))

    def _width(self, block: Block, room: float) -> float:
        own = self.lengths[block.style]
        if block.kind == "picture":
            return self._picture(block, room)[0]
        wanted = _used(own.width, room)
        if wanted is None:
            sides = own.sides + sum(_used(own.margins[side], room) or 0.0 for side in (1, 3))
            wanted = self._aside(block, room - sides) if block.aside else room - sides
        else:
            wanted = _content(own, wanted)
        return _within(wanted, own, room)

    def _aside(self, block: Block, room: float) -> float:
        """The width of a placed block: between its insets, or as wide as what is in it."""
        left, right = (_used(inset, room) for inset in self.lengths[block.style].insets)
        if left is not None and right is not None:
            return room - left - right
        return min(self.most(block), max(self.least(block), room - (left or 0.0) - (right or 0.0)))

    def _in(self, block: Block, width: float) -> Laid:
        """A block whose content is so wide."""
        if block.kind == "row":
            return self._row(block, width)
        if block.kind == "picture":
            height = self._picture(block, width, is_known=True)[1]
            return self._whole(Laid(block, self.lengths[block.style], width, height))
        if block.kind == "text":
            return self._text(block, width)
        return self._boxes(block, width) if block.kind == "boxes" else self._stack(block, width)

    def _boxes(self, block: Block, width: float) -> Laid:
        own = self.lengths[block.style]
        children = [self.lay(child, width) for child in block.children]
        widths = [laid.width + self._around(laid.own, width) for laid in children]
        y = own.above
        for line in wrapped(widths, block.apart * own.font, width):
            for number in line:
                children[number].top = y + (children[number].own.margins[0] or 0.0)
            y += max(own.lead or 0.0, *(self._outer(children[at].block, children[at].height) for at in line))
        return self._whole(Laid(block, own, width, self._tall(own, y + own.below), children))

    def _text(self, block: Block, width: float) -> Laid:
        own, text = self.lengths[block.style], block.text
        if text is None or own.lead is None:
            raise Unmodelled("lines without a height")
        counts = (text.seen,) if self.as_seen or not text.parts else text.counts(width, own.font)
        scale = own.font / text.size if text.size else 1.0
        height = own.above + text.height(sum(counts), own.lead, own.font) + own.below
        over = text.widest * scale - width
        asides = [self.lay(child, width) for child in block.children]
        laid = Laid(block, own, width, self._tall(own, height), asides, lines=counts, over=max(0.0, over))
        return self._whole(laid)

    def _whole(self, laid: Laid) -> Laid:
        margins = laid.own.margins
        laid.tops, laid.bottoms = [margins[0] or 0.0], [margins[2] or 0.0]
        return laid

    def _tall(self, own: Lengths, height: float) -> float:
        """The height of a block with its border, if its content gives it this one."""
        around = own.above + own.below
        fixed = None if isinstance(own.height, Share) else own.height
        content = height - around if fixed is None else _content(own, fixed, around)
        least, most = own.least[1] or 0.0, own.most[1]
        most = inf if most is None or isinstance(most, Share) else most
        if own.is_whole:
            least, most = max(0.0, least - around), max(0.0, most - around)
        return max(min(content, most), 0.0 if isinstance(least, Share) else least) + around

    def _stack(self, block: Block, width: float) -> Laid:
        own = self.lengths[block.style]
        opens = not block.closed and own.above == 0
        top, bottom = own.margins[0] or 0.0, own.margins[2] or 0.0
        tops, meeting, y = [top], list[float](), own.above
        children, is_first, is_empty = list[Laid](), True, True
        for child in block.children:
            laid = self.lay(child, width)
            children.append(laid)
            if child.aside:
                laid.top = y + collapsed(meeting)
                continue
            is_empty = False
            if laid.through:
                meeting += laid.tops
                laid.top = y if opens and is_first else y + collapsed(meeting)
                meeting += laid.bottoms
                continue
            if opens and is_first:
                tops += meeting + laid.tops
                laid.top = y
            else:
                laid.top = y + collapsed(meeting + laid.tops)
            y, meeting, is_first = laid.top + laid.height, list(laid.bottoms), False
        is_fixed = own.height is not None and not isinstance(own.height, Share)
        through = is_empty and not (own.height or own.least[1] or own.above or own.below)
        if is_fixed:
            meeting = []
        if block.closed or own.below:
            y += collapsed(meeting)
            meeting = []
        height = self._tall(own, max(y, own.above) + own.below)
        return Laid(block, own, width, height, children, tops, [*meeting, bottom], through)

    def _picture(self, block: Block, room: float, *, is_known: bool = False) -> tuple[float, float]:
        """The width and height of a picture; with `is_known` its room is its width."""
        own = self.lengths[block.style]
        if isinstance(own.height, Share) or (own.height is None and not block.ratio):
            return room, block.seen[1]
        width = room if is_known else _used(own.width, room)
        if width is None:
            if own.height is None or not block.ratio:
                raise Unmodelled("a picture without a width")
            width = own.height * block.ratio
        width = _within(width, own, room)
        return width, self._tall(own, width / block.ratio if own.height is None else own.height)

    def _row(self, block: Block, width: float) -> Laid:
        own = self.lengths[block.style]
        items = [child for child in block.children if not child.aside]
        lines = self._lines(items, width, own.gap) if block.wraps else [items]
        laid, over, used = dict[Block, Laid](), 0.0, own.above
        for line in lines:
            widths, wide = self._shared(line, width, own.gap)
            laid |= {item: self._in(item, one) for item, one in zip(line, widths, strict=True)}
            outer = [self._outer(item, laid[item].height) for item in line]
            room = max(outer, default=0.0)
            if len(lines) == 1:
                room = self._tall(own, room + own.above + own.below) - own.above - own.below
            for item, one in zip(line, outer, strict=True):
                free = {"center": (room - one) / 2, "end": room - one}.get(item.align, 0.0)
                if item.align == "stretch" and self.lengths[item.style].height is None:
                    laid[item].height += room - one
                laid[item].top = used + free + (self.lengths[item.style].margins[0] or 0.0)
            over, used = max(over, wide), used + room
        children = [laid[child] if child in laid else self.lay(child, width) for child in block.children]
        return self._whole(Laid(block, own, width, self._tall(own, used + own.below), children, over=over))

    def _lines(self, items: Sequence[Block], width: float, gap: float) -> list[list[Block]]:
        """The items of a row that wraps: each line has as many as it has room for, each as wide as it must be."""
        widths = []
        for item in items:
            own = self.lengths[item.style]
            most = _used(own.most[0], width)
            base = min(self._base(item, width), inf if most is None else most)
            widths.append(max(self._floor(item, width), base) + self._around(own, width))
        return [[items[at] for at in line] for line in wrapped(widths, gap, width)]

    def _outer(self, item: Block, height: float) -> float:
        margins = self.lengths[item.style].margins
        return height + (margins[0] or 0.0) + (margins[2] or 0.0)

    def _shared(self, items: Sequence[Block], width: float, gap: float) -> tuple[list[float], float]:
        """How wide each item of a row is, and by how much all are wider than the row."""
        lengths = [self.lengths[item.style] for item in items]
        around = [self._around(one, width) for one in lengths]
        bases = [self._base(item, width) for item in items]
        least = [self._floor(item, width) for item in items]
        most = [_used(one.most[0], width) or inf for one in lengths]
        room = width - sum(around) - gap * max(0, len(items) - 1)
        limits = zip(bases, least, most, lengths, strict=True)
        target = shared([Flexible(base, low, high, own.grow, own.shrink) for base, low, high, own in limits], room)
        return target, max(0.0, sum(target) - room)

    def _around(self, own: Lengths, width: float) -> float:
        return own.sides + sum(_used(own.margins[side], width) or 0.0 for side in (1, 3))

    def _base(self, item: Block, width: float) -> float:
        own = self.lengths[item.style]
        wanted = _used(own.basis, width)
        if wanted is None:
            wanted = _used(own.width, width)
        return self.most(item) if wanted is None else _content(own, wanted)

    def _floor(self, item: Block, width: float) -> float:
        own = self.lengths[item.style]
        if own.least[0] is not None:
            return _used(own.least[0], width) or 0.0
        wanted, content = _used(own.width, width), self.least(item)
        return content if wanted is None else min(_content(own, wanted), content)

    def most(self, block: Block) -> float:
        """The width that a block's content has if nothing limits it."""
        return self._own_width(block, widest=True)

    def least(self, block: Block) -> float:
        """The smallest width at which no word is wider than its line."""
        return self._own_width(block, widest=False)

    def _own_width(self, block: Block, *, widest: bool) -> float:
        if block.text is not None:
            own = self.lengths[block.style]
            width = block.text.width if widest else block.text.widest
            return width * own.font / block.text.size if block.text.size else 0.0
        if block.kind == "picture":
            return self._picture(block, block.seen[2])[0]
        inside = [self._outer_width(child, widest=widest) for child in block.children if not child.aside]
        if block.kind == "row" and (widest or not block.wraps):
            return sum(inside) + self.lengths[block.style].gap * max(0, len(inside) - 1)
        return max(inside, default=0.0)

    def _outer_width(self, block: Block, *, widest: bool) -> float:
        own = self.lengths[block.style]
        if own.width is not None and not isinstance(own.width, Share):
            width = _content(own, own.width)
        else:
            width = self._own_width(block, widest=widest)
        most = own.most[0]
        if most is not None and not isinstance(most, Share):
            width = min(width, most)
        least = own.least[0]
        return max(width, 0.0 if least is None or isinstance(least, Share) else least) + self._around(own, 0.0)


def collapsed(margins: Sequence[float]) -> float:
    """What margins that meet come to: the largest, and the one furthest below zero."""
    return max((0.0, *margins)) + min((0.0, *margins))


def _used(length: Length, whole: float) -> float | None:
    return length * whole if isinstance(length, Share) else length


def _content(own: Lengths, wanted: float, around: float | None = None) -> float:
    return max(0.0, wanted - (own.sides if around is None else around)) if own.is_whole else wanted


def _within(width: float, own: Lengths, room: float) -> float:
    least, most = _used(own.least[0], room), _used(own.most[0], room)
    return max(min(width, inf if most is None else most), least or 0.0)
