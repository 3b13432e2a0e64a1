"""The pages: thin views over the packages below."""
