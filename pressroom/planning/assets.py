"""The files that a piece needs besides texts and layouts: its pictures, its logo and the print shop's profile."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from pressroom.content import Document, pictures_of
from pressroom.content.illustrations import read_illustration
from pressroom.content.pictures import PICTURES, picture_path, read_picture
from pressroom.diagnostics import Diagnostic, Span, Subject, diagnostic
from pressroom.language import ENGLISH, Language
from pressroom.layout.brand import BRAND_FILE
from pressroom.postpress.icc_profile import ProfileError, read_profile
from pressroom.project import Clinic, Logo, Read
from pressroom.workspace.workspace import Workspace

# A single letter or a number names a part of a drawing in every language.
_IS_WORD: Final = re.compile(r"[^\W\d_]{2}")
# A colour of the brand in a drawing, with the colour that a drawing program shows in its place.
_TOKEN: Final = re.compile(rb"var\(\s*--(colour-[a-z][a-z0-9-]*)\s*(?:,[^()]*)?\)")


def clinic_logo(workspace: Workspace, clinic: Clinic) -> Read[tuple[Logo, bytes] | None]:
    """The logo with its bytes, or None if there is none or it can't be printed."""
    logo, findings = Read(clinic.logo) if clinic.logo else workspace.brand_logo()
    if logo is None:
        return Read(None, findings)
    span = clinic.span if clinic.logo else workspace.brand_spans().value.get("logo", Span(BRAND_FILE))
    data, unreadable = workspace.files.data(logo.path)
    if data is None:
        message = f"the logo can't be read: {unreadable[0].message}"
        return Read(None, (diagnostic("image-missing", span, message, f"put an SVG or PNG at {logo.path}"),))
    picture = read_picture(data, logo.path)
    if isinstance(picture, str):
        message = f"the logo {logo.path} {picture}"
        return Read(None, (diagnostic("image-unsafe", span, message, "save it again as PNG or plain SVG"),))
    return Read((logo, picture.data))


def document_pictures(workspace: Workspace, document: Document, language: Language) -> Read[dict[str, bytes]]:
    """The bytes of a document's pictures, as printed in a language, by address relative to the document's folder."""
    images: dict[str, bytes] = {}
    findings: list[Diagnostic] = []
    brand = workspace.brand().value
    for block in (b for panel in document.panels for b in pictures_of(panel.blocks)):
        path, subject = picture_path(document.path, block.source), Subject("picture", block.source)
        data, unreadable = workspace.files.data(path, optional=True) if path else Read(None)
        if data is None:
            reason = unreadable[0].message if unreadable else ""
            findings.append(diagnostic("image-missing", block.span, *_absent(block.source, path, reason), subject))
            continue
        picture = read_picture(data, block.source)
        if isinstance(picture, str):
            message, hint = f"the picture {block.source!r} {picture}", "save it again as PNG, JPEG or plain SVG"
            findings.append(diagnostic("image-unsafe", block.span, message, hint, subject))
            continue
        coloured = in_brand_colours(picture.data, brand) if picture.pixels is None else picture.data
        if isinstance(coloured, str):
            hint = "write a colour that layouts/brand.toml has, or the colour itself as #rrggbb"
            message = f"the picture {block.source!r} is drawn in {coloured}, which the brand does not have"
            findings.append(diagnostic("image-unsafe", block.span, message, hint, subject))
            continue
        images[block.source] = coloured
        words = tuple(filter(_IS_WORD.search, picture.words))
        if words and language.tag != ENGLISH and read_illustration(picture.data) is None:
            findings.append(diagnostic("image-words", block.span, *_drawn_words(block.source, words), subject))
    return Read(images, tuple(findings))


def in_brand_colours(svg: bytes, brand: Mapping[str, str]) -> bytes | str:
    """A drawing with the brand's own colours in place of `var(--colour-NAME)`; or the one that the brand lacks."""
    used = dict.fromkeys(match[1].decode() for match in _TOKEN.finditer(svg))
    unknown = next((name for name in used if name not in brand), "")
    return f"var(--{unknown})" if unknown else _TOKEN.sub(lambda match: brand[match[1].decode()].encode(), svg)


def _absent(source: str, path: str, reason: str) -> tuple[str, str]:
    """What is wrong with a picture that can't be read, and what to do."""
    message, suffix = f"there is no picture {source!r}", PurePosixPath(source).suffix.lower()
    if "://" in source:
        return f"the picture {source!r} is on the web", "save it beside the document, and write its file name"
    if path:
        return f"{message}{': ' * bool(reason)}{reason}", "put a PNG, JPEG or SVG beside the document"
    if suffix in PICTURES:
        return f"{message} below the document's folder", "put it beside the document, or in a folder there"
    return f"{message} that can be printed: it is a {suffix or 'file without ending'}", "save it as PNG, JPEG or SVG"


def _drawn_words(source: str, words: tuple[str, ...]) -> tuple[str, str]:
    """That the words of a drawing are not translated, and what to do."""
    shown = ", ".join(f"“{word[:30]}”" for word in words[:3]) + (" …" if len(words) > 3 else "")
    message = f"the picture {source!r} has words drawn in it, which stay English: {shown}"
    return message, 'take them out of the drawing, and write them as its caption: ![text](file.svg "caption")'


def press_profile(workspace: Workspace) -> Read[bytes]:
    """The bytes of the print shop's colour profile, empty if the settings name none; an unusable one is an error."""
    path, problem = workspace.project.press_profile, ""
    data, findings = workspace.press_profile()
    try:
        if data is not None:
            read_profile(data)
    except ProfileError as error:
        problem = f"{path} {error}"
    if findings:
        problem = f"{path}: {findings[0].message}"
    if not path:
        message, hint = (
            "no output intent: the project names no profile of the print shop's",
            'set press-profile = "file.icc"',
        )
        return Read(b"", (diagnostic("press-profile", workspace.setting("press-profile"), message, hint),))
    if not problem:
        return Read(data or b"")
    hint = "ask the print shop for its output profile in CMYK (an .icc file), and name it as press-profile"
    return Read(b"", (diagnostic("press-profile-wrong", workspace.setting("press-profile"), problem, hint),))
