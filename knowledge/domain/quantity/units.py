"""Units: their kinds and dimensions, and how to find them after a number.

Conversions are known to nobody here on purpose: 90 minutes and 1.5 hours are two quantities of one dimension. That they
are the same time is for those to say who compare a text with its sources (`assistant.claims.quantities`).
"""

from __future__ import annotations

DURATIONS = (
    "millisecond",
    "microsecond",
    "nanosecond",
    "second",
    "minute",
    "hour",
    "day",
    "week",
    "month",
    "quarter",
    "year",
    "workday",
)

# canonical unit -> dimension; two units of one dimension can be told apart but not summed here.
DIMENSIONS: dict[str, str] = {
    **dict.fromkeys(DURATIONS, "time"),
    **dict.fromkeys(("km", "m", "cm", "mm", "μm", "nm", "mile", "inch", "foot"), "length"),
    **dict.fromkeys(("t", "kg", "g", "mg", "lb"), "mass"),
    **dict.fromkeys(("L", "mL", "m³"), "volume"),
    **dict.fromkeys(("m²", "km²", "ha", "mu", "ft²"), "area"),
    **dict.fromkeys(("B", "KB", "MB", "GB", "TB", "PB", "EB", "KiB", "MiB", "GiB", "TiB", "PiB"), "data"),
    **dict.fromkeys(("kbps", "Mbps", "Gbps", "Tbps", "KB/s", "MB/s", "GB/s"), "rate"),
    **dict.fromkeys(("W", "kW", "MW", "GW"), "power"),
    **dict.fromkeys(("Wh", "kWh", "MWh", "GWh", "TWh"), "energy"),
    **dict.fromkeys(("V", "kV"), "voltage"),
    **dict.fromkeys(("Hz", "kHz", "MHz", "GHz"), "frequency"),
    **dict.fromkeys(("°C", "°F"), "temperature"),
    **dict.fromkeys(("QPS", "TPS", "rpm", "fps"), "rate of events"),
    "dB": "level",
    "km/h": "speed",
}
