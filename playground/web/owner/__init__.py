"""The owner's view: what readers do, counted; see `docs/owner.md`."""
