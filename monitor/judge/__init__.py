"""Judging is pure: the facts of one account and a rulebook in, findings with evidence out."""
