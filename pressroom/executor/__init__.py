"""Runs tasks somewhere else: on this machine's cores now, on a cluster later."""
