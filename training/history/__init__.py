"""Reports of several years and units with planted cross-year errors, and how well `gouji compare` finds them."""
