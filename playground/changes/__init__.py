"""What differs between two versions of an API, each change judged for whoever calls it. Pure."""
