"""What differs between two versions of an API, each change judged from the side of its clients. Pure."""
