"""Runs tasks in other processes: on this machine now, on a cluster later."""
