"""Runs tasks in other processes, on this machine or on the machines of a cluster."""
