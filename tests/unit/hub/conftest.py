"""The hub's fixtures."""

from tests.unit.hub.fixtures import clock, cluster, database_url, engine, hub, hub_url, quick, sqlite_engine

__all__ = ["clock", "cluster", "database_url", "engine", "hub", "hub_url", "quick", "sqlite_engine"]
