"""Rolling months at many month ends."""

from narvaro.measurement.rolling.rolling import RollingRow, rolling

__all__ = ["RollingRow", "rolling"]
