"""Packages of small APIs, built, installed and run."""
