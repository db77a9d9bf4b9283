"""Pieces made: jobs go in, proofs, specimens, previews and the pages at the desk come out."""
