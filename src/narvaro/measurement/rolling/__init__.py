"""Rolling months at many month ends."""

from narvaro.measurement.rolling.rolling import RollingRow, RollingSums, rolling, rolling_sums

__all__ = ["RollingRow", "RollingSums", "rolling", "rolling_sums"]
