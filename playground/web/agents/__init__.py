"""The catalogue for agents: a server of the Model Context Protocol over HTTP (`/mcp`) and stdio (`playground mcp`)."""
