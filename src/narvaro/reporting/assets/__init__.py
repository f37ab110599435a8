"""Style sheets and typefaces."""

from narvaro.reporting.assets.reading import (
    font,
    fonts_folder,
    icon,
    print_chart_style,
    style_sheet,
)

__all__ = ["font", "fonts_folder", "icon", "print_chart_style", "style_sheet"]
