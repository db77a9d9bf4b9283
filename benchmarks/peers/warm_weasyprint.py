"""Every page of a list in one process of WeasyPrint, as PDF/UA-1: `python warm_weasyprint.py LIST`."""

import json
import sys
from pathlib import Path

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration


def main() -> None:
    """Write a PDF for each pair of paths."""
    fonts = FontConfiguration()
    for page, pdf in json.loads(Path(sys.argv[1]).read_text()):
        HTML(filename=page).write_pdf(pdf, font_config=fonts, pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    main()
