"""Every piece of a list by one compiler of Typst, as PDF/UA-1: `python warm_typst.py LIST TEMPLATE FONTS`."""

import json
import sys
from pathlib import Path

import typst


def main() -> None:
    """Write a PDF for each pair of paths: the values of a piece, and its PDF."""
    pairs = json.loads(Path(sys.argv[1]).read_text())
    template, fonts = sys.argv[2:]
    # The template beside the values, whose pictures it reads.
    root = Path(pairs[0][0]).parents[1]
    main_file = root / "brochure.typ"
    main_file.write_text(Path(template).read_text())
    compiler = typst.Compiler(str(main_file), root=str(root), font_paths=[fonts], ignore_system_fonts=True)
    for values, pdf in pairs:
        inputs = {"folder": Path(values).parent.name}
        compiler.compile(output=pdf, format="pdf", sys_inputs=inputs, pdf_standards="ua-1")


if __name__ == "__main__":
    main()
