"""Issues in, a folder tree out that a person can read and git can hold; and from it lists, finds, proofs, reprints.

    tree      names and places: archive/2025/050
    lock      lock.yaml: what was printed, with what, and where every line and page broke
    engine    the versions and fonts that a lock records
    store     `archive add`: sets an issue and puts it in, whole or not at all
    series    the archive as what a further issue goes on from
    keeping   one process at a time
    verify    every file against its lock
    index     the full-text index, a cache: asked here, made in `indexing`
    reprint   an issue set again from its lock
    compare   what differs, by page and line

The door stays empty: `archive find` must answer before the models of an issue could be loaded.
"""
