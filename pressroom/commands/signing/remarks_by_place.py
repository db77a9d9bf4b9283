"""The remarks on a text by the place that they are about, for those who review it."""

from __future__ import annotations

from collections import defaultdict

from pressroom.commands.catalogs.remarks import Remark, english_remarks, gone_remarks, remarks_in
from pressroom.commands.signing.review_view import ReviewView
from pressroom.language import ENGLISH

GONE = "gone"


def remarks_by_place(view: ReviewView) -> dict[str, list[Remark]]:
    """The remarks by message (`m6`), by page (`wallet-card, page 1`), and those on texts that are `gone`."""
    found: defaultdict[str, list[Remark]] = defaultdict(list)
    case = view.review_case
    if case.language.tag == ENGLISH:
        numbers = {" ".join(message.message.msgid.split()): message.number for message in view.messages}
        for remark in english_remarks(case.workspace, case.document.name):
            place = f"m{numbers[remark.said]}" if remark.said in numbers else GONE
            found[remark.page or place].append(remark)
        return found
    for message in view.messages:
        for remark in remarks_in(message.comments):
            found[remark.page or f"m{message.number}"].append(remark)
    found[GONE] += [remark for _, remark in gone_remarks(case.workspace, case.document.name, case.language)]
    return found
