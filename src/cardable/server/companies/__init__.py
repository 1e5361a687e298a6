"""An organization's customers and their subsidiaries."""
