"""The web application that `serve` runs: live proof, review and sign, print desk, verify."""
