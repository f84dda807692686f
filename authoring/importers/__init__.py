"""A printed issue in, an issue in YAML out."""
