"""Devices that somebody logs in with, and the page of their sessions."""

SESSIONS = "/konto/innlogginger/"
