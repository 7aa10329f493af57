"""Tables with one row per customer (or prospect) and any columns, read as `facts.attributes`."""

from ltvcli.read.attributes.load import AttributesReading, Requested, load

__all__ = ["AttributesReading", "Requested", "load"]
