"""The site inside another application: below any path, with the description that the application itself makes."""
