"""The readers of what comes from outside. Their modules register them, see `target.py`; `all_targets` loads them."""
