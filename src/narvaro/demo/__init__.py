"""An invented municipality with every awkward case in it, written as a delivery."""

from narvaro.demo.generate import generate
from narvaro.demo.manifest import Case, Figure, Manifest

__all__ = ["Case", "Figure", "Manifest", "generate"]
