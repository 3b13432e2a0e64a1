"""Home, lists of providers, one provider, search: everything of the pages that lead to an operation."""
