"""Who vouches for what: words and records go in, sign-offs, refusals and where each piece stands come out."""
